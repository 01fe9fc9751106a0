import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import type { ErrorCode } from '../errors/errorCatalogue';
import { listed } from '../text';
import type { Check } from './check';

const codes: readonly ErrorCode[] = ['45384'];

/**
 * Is the vault in the region of every server that geo-replication links? Sources: error 45384, which asks for it; "Azure SQL Database:
 * TDE and geo-replication with two vaults", Azure database support blog, 2026, which doesn't.
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
      outcome: 'warn',
      text: l10n.t(
        'The vault "{0}" ({1}) isn\'t in the region of these geo-replicated servers: {2}',
        home.name,
        home.location,
        listed(abroad),
      ),
      detail: l10n.t(
        "Microsoft's current documentation allows this, but error 45384 of Azure SQL asks for a vault in the region of each server.",
      ),
      basis: 'seen',
      codes,
    },
  ];
};

/** A region has a name ("westeurope") and a display name ("West Europe"). */
const isSameRegion = (one: string, other: string): boolean => nameOf(one) === nameOf(other);

const nameOf = (region: string): string => region.replace(/\s/g, '').toLowerCase();
