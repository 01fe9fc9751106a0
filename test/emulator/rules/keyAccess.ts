import { matchesAction, rolesAt } from '../arm/access';
import { same } from '../base/ids';
import type { AccessPolicy, State, Vault } from '../base/state';

/** The operations of TDE on a key, as data actions of Azure RBAC. */
const dataActions = ['read', 'wrap/action', 'unwrap/action'].map((verb) => `Microsoft.KeyVault/vaults/keys/${verb}`);
/** The same operations, as permissions of an access policy. */
const permissions = ['get', 'wrapkey', 'unwrapkey'];
/** Managed HSM Crypto Service Encryption User and Managed HSM Crypto User. */
const localKeyRoles = ['33413926-3206-4cdd-b39a-83574fe37a17', '21dbd100-6940-42c2-9190-5d6cb909625b'];

/** A principal that uses a key. Only permissions granted up to `grantedBy`, in Unix milliseconds, are in effect. */
export interface KeyUse {
  state: State;
  vault: Vault;
  key: string;
  principalId: string;
  grantedBy: number;
}

function byRoles({ state, vault, key, principalId, grantedBy }: KeyUse): boolean {
  const roles = rolesAt(state, principalId, `${vault.id}/keys/${key}`, grantedBy);
  const granted = roles.flatMap((role) => role.dataActions);
  return dataActions.every((action) => granted.some((pattern) => matchesAction(pattern, action)));
}

const grantedKeys = ({ permissions: { keys }, since = {} }: AccessPolicy, grantedBy: number): string[] =>
  keys.map((permission) => permission.toLowerCase()).filter((permission) => (since[permission] ?? 0) <= grantedBy);

function byPolicies({ vault, principalId, grantedBy }: KeyUse): boolean {
  const granted = vault.accessPolicies
    .filter(({ objectId, applicationId }) => same(objectId, principalId) && applicationId === undefined)
    .flatMap((policy) => grantedKeys(policy, grantedBy));
  return granted.includes('all') || permissions.every((permission) => granted.includes(permission));
}

/** The HSM itself assigns local roles, so they take effect immediately. */
const byLocalRoles = ({ vault, key, principalId }: KeyUse): boolean =>
  vault.localRoles.some(
    (role) =>
      same(role.principalId, principalId) &&
      localKeyRoles.includes(role.roleId) &&
      ['/', '/keys', `/keys/${key}`].some((scope) => same(scope, role.scope)),
  );

/** True if the principal has the permissions that TDE needs: get, wrap, and unwrap. */
export function mayUseKey(use: KeyUse): boolean {
  if (use.vault.kind === 'managedHsm') return byLocalRoles(use);
  return use.vault.rbac ? byRoles(use) : byPolicies(use);
}
