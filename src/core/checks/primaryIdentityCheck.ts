import * as l10n from '@vscode/l10n';
import type { Cloud } from '../clouds';
import type { Finding } from '../errors/finding';
import { parseKeyIdentifier } from '../keys/keyIdentifier';
import type { ServerDetails, SqlServer, UserAssignedIdentity } from '../model';
import type { KeyIdentifier } from '../vaultModel';
import type { Azure } from '../ports';
import { notChecked } from './check';
import { tryRead } from './facts';
import { accessCheck } from './accessCheck';

/** Where to look for the vault of the TDE protector. */
interface Where {
  readonly cloud: Cloud;
  readonly subscriptionIds: readonly string[];
}

/**
 * The problems with a new primary identity of a server: without permissions on the key of the TDE protector, its databases become
 * inaccessible. There are none if the TDE protector is service-managed.
 */
export async function checkPrimaryIdentity(
  azure: Azure,
  server: SqlServer,
  identity: UserAssignedIdentity,
  { cloud, subscriptionIds }: Where,
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const protector = await tryRead(azure.tdeProtectors.get(server, signal), signal);
  const fact = l10n.t('access of "{0}" to the TDE protector of "{1}"', identity.name, server.name);
  if (protector.error) return [notChecked(fact, protector.error, [])];
  if (protector.value.type === 'serviceManaged') return [];
  const parsed = parseKeyIdentifier(protector.value.uri ?? '', cloud);
  const findings = parsed.ok
    ? await accessOf(azure, asItWouldBe(server, identity), parsed.key, subscriptionIds, signal)
    : [];
  return findings.length > 0
    ? findings.filter(({ outcome }) => outcome !== 'pass')
    : [
        {
          outcome: 'unknown',
          text: l10n.t('Could not be checked: {0}', fact),
          detail: l10n.t("Its vault isn't in a subscription that your account can see."),
          codes: [],
        },
      ];
}

async function accessOf(
  { keyVaults, access }: Azure,
  server: ServerDetails,
  key: KeyIdentifier,
  subscriptionIds: readonly string[],
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const vault = await tryRead(keyVaults.find(key.host, subscriptionIds, signal), signal);
  const principalId = server.identity.userAssigned[0]?.principalId;
  if (!vault.value || principalId === undefined) return [];
  const scope = `${vault.value.id}/keys/${key.name}`;
  const [settings, roles] = await Promise.all([
    tryRead(keyVaults.getSettings(vault.value, signal), signal),
    vault.value.kind === 'vault' ? tryRead(access.listRoles(principalId, scope, signal), signal) : undefined,
  ]);
  return accessCheck({ key }, { user: { value: server }, vault, settings, roles });
}

/** The server with only its new primary identity, which decides about its access. */
const asItWouldBe = (server: SqlServer, { id, principalId }: UserAssignedIdentity): ServerDetails => ({
  ...server,
  state: 'Ready',
  identity: { userAssigned: [{ id, ...(principalId !== undefined && { principalId }) }], primaryUserAssigned: id },
});
