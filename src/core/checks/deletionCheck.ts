import * as l10n from '@vscode/l10n';
import type { Finding } from '../errors/finding';
import { isProtectorKey, isSameKey } from '../keys/sameKey';
import type { GeoPartner, ServerKey, SqlServer, TdeProtector } from '../model';
import type { Azure } from '../ports';
import { notChecked } from './check';
import { tryRead, type Reading } from './facts';
import { findPartner } from './findPartner';

/** A geo-replication partner, and its TDE protector if the accounts can see the partner. */
export interface PartnerProtector extends GeoPartner {
  readonly protector?: Reading<TdeProtector>;
}

/** The TDE protectors of the partners of a server. Looks for partners without an ID in these subscriptions. */
export async function readPartnerProtectors(
  { sqlServers, tdeProtectors }: Azure,
  server: SqlServer,
  subscriptionIds: readonly string[],
  signal: AbortSignal,
): Promise<Reading<readonly PartnerProtector[]>> {
  const read = async (partner: GeoPartner): Promise<PartnerProtector> => {
    const at = await findPartner({ sqlServers }, partner, subscriptionIds, signal);
    return at ? { ...partner, protector: await tryRead(tdeProtectors.get(at, signal), signal) } : partner;
  };
  return tryRead(
    sqlServers.listGeoPartners(server, signal).then((partners) => Promise.all(partners.map(read))),
    signal,
  );
}

/** Why a server key can't be deleted; undefined if no reason is known. Source: REST reference "Server Keys - Delete". */
export function deletionCheck(server: SqlServer, key: ServerKey, protector: TdeProtector): Finding | undefined {
  if (key.type === 'serviceManaged') {
    return {
      outcome: 'fail',
      text: l10n.t(
        'The service-managed key of "{0}" can\'t be deleted. Azure keeps it so that the server can always switch back to it.',
        server.name,
      ),
      codes: ['InvalidUpsertKeyType'],
    };
  }
  return isProtectorKey(key, protector)
    ? {
        outcome: 'fail',
        text: l10n.t(
          'This server key can\'t be deleted because it is the TDE protector of "{0}", whose databases need it. Set another server key as the TDE protector first.',
          server.name,
        ),
        codes: ['AzureKeyVaultKeyInUse'],
      }
    : undefined;
}

/** The reasons not to delete a server key whose server has geo-replication partners. */
export function partnerFindings(key: ServerKey, partners: Reading<readonly PartnerProtector[]>): readonly Finding[] {
  if (partners.error) return [notChecked(l10n.t('whether a partner uses this key'), partners.error, [])];
  return partners.value.flatMap(({ name, role, protector }): readonly Finding[] => {
    const fact = l10n.t('whether the partner "{0}" uses this key', name);
    if (protector?.error) return [notChecked(fact, protector.error, [])];
    if (!protector) return [unseen(fact)];
    const isUsed = protector.value.type !== 'serviceManaged' && isSameKey(key, protector.value);
    return isUsed ? [usedBy(name, role)] : [];
  });
}

const unseen = (fact: string): Finding => ({
  outcome: 'unknown',
  text: l10n.t('Could not be checked: {0}', fact),
  detail: l10n.t("The replica isn't in a subscription that your account can see."),
  codes: [],
});

function usedBy(name: string, role: GeoPartner['role']): Finding {
  return role === 'primary'
    ? {
        outcome: 'fail',
        text: l10n.t(
          'This server key can\'t be deleted because its key is the TDE protector of the primary "{0}". Set another TDE protector there first.',
          name,
        ),
        codes: ['AzureKeyVaultKeyUsedOnGeoPrimary'],
      }
    : {
        outcome: 'warn',
        text: l10n.t('Its key is the TDE protector of the replica "{0}"', name),
        detail: l10n.t('After a failover, this server needs the key for the databases of the replica.'),
        codes: [],
      };
}
