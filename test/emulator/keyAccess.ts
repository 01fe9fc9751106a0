import { matchesAction, rolesAt } from './arm/access';
import { same } from './finders';
import type { State, Vault } from './state';

/** What TDE does with a key, as actions of role-based access … */
const dataActions = ['read', 'wrap/action', 'unwrap/action'].map((verb) => `Microsoft.KeyVault/vaults/keys/${verb}`);
/** … and as permissions of an access policy. */
const permissions = ['get', 'wrapkey', 'unwrapkey'];
/** Managed HSM Crypto Service Encryption User and Managed HSM Crypto User. */
const localKeyRoles = ['33413926-3206-4cdd-b39a-83574fe37a17', '21dbd100-6940-42c2-9190-5d6cb909625b'];

function byRoles(state: State, vault: Vault, key: string, principalId: string): boolean {
  const granted = rolesAt(state, principalId, `${vault.id}/keys/${key}`).flatMap((role) => role.dataActions);
  return dataActions.every((action) => granted.some((pattern) => matchesAction(pattern, action)));
}

function byPolicies(vault: Vault, principalId: string): boolean {
  const granted = vault.accessPolicies
    .filter((policy) => same(policy.objectId, principalId))
    .flatMap((policy) => policy.permissions.keys.map((permission) => permission.toLowerCase()));
  return granted.includes('all') || permissions.every((permission) => granted.includes(permission));
}

const byLocalRoles = (vault: Vault, key: string, principalId: string): boolean =>
  vault.localRoles.some(
    (role) =>
      same(role.principalId, principalId) &&
      localKeyRoles.includes(role.roleId) &&
      ['/', '/keys', `/keys/${key}`].some((scope) => same(scope, role.scope)),
  );

/** May the identity get the key, wrap and unwrap with it? */
export function mayUseKey(state: State, vault: Vault, key: string, principalId: string): boolean {
  if (vault.kind === 'managedHsm') return byLocalRoles(vault, key, principalId);
  return vault.rbac ? byRoles(state, vault, key, principalId) : byPolicies(vault, principalId);
}
