import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import { listed } from '../text';
import type { Check } from './check';

/**
 * Is the vault in another region than a server that geo-replication links? That is no problem: the vault may be in any region. Sources:
 * "Geo-replication and Transparent Data Encryption Key Management in Azure SQL Database", Azure SQL blog, October 2025, and "TDE with
 * database level customer-managed keys", Geo-replication and high availability. Error 45384, which asks for the same region, is older.
 */
export const regionCheck: Check = ({ server: { name, location } }, { vault, partners }) => {
  const home = vault.value;
  const known = (partners.value ?? []).filter(
    (one, i, all) => all.findIndex((other) => sameId(other.name, one.name)) === i,
  );
  if (!home || known.length === 0) return [];
  const abroad = [{ name, location }, ...known].flatMap((server) =>
    server.location === undefined || isSameRegion(server.location, home.location)
      ? []
      : l10n.t('"{0}" ({1})', server.name, server.location),
  );
  if (abroad.length === 0) return [];
  return [
    {
      outcome: 'pass',
      text: l10n.t(
        'The vault "{0}" ({1}) may be in another region than these geo-replicated servers: {2}',
        home.name,
        home.location,
        listed(abroad),
      ),
      basis: 'documented',
      codes: [],
    },
  ];
};

/** A region has a name ("westeurope") and a display name ("West Europe"). */
const isSameRegion = (one: string, other: string): boolean => nameOf(one) === nameOf(other);

const nameOf = (region: string): string => region.replace(/\s/g, '').toLowerCase();
