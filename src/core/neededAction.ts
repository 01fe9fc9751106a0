/**
 * What happens without an action:
 * - change: Azure refuses the change
 * - follow: Azure makes the change, but the extension may not learn the result
 * - show: the command doesn't find or show the resource, and changes nothing
 * - check: a check says that it couldn't be made
 */
type Need = 'change' | 'follow' | 'show' | 'check';

/** Where a role with the action must be assigned, or above. Azure runs operations in the resource group of the server. */
type Place = 'subscription' | 'server' | 'serverGroup' | 'replica' | 'replicaGroup' | 'vault' | 'vaultGroup';

/** An action of Azure Resource Manager that an account needs. Those of key vaults exist for managed HSMs, too. */
export interface NeededAction {
  readonly action: string;
  readonly need: Need;
  readonly at: Place;
  /** Only for this kind of vault. */
  readonly only?: 'managedHsm';
}

/** Makes an action needed. */
export const needed =
  (need: Need, at: Place) =>
  (action: string): NeededAction => ({ action, need, at });

/** Actions of Azure SQL. */
export const sql = (...names: readonly string[]) => names.map((name) => `Microsoft.Sql/${name}`);
/** Actions of key vaults. */
export const vaults = (...names: readonly string[]) => names.map((name) => `Microsoft.KeyVault/vaults/${name}`);
/** Reads of access to resources. */
export const authorization = (...names: readonly string[]) =>
  names.map((name) => `Microsoft.Authorization/${name}/read`);

/** Each action once for each place. The first need is the greatest. */
export function distinct(...groups: readonly (readonly NeededAction[])[]): readonly NeededAction[] {
  const found = new Map<string, NeededAction>();
  for (const one of groups.flat()) {
    const key = `${one.at} ${one.action}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

/** The read of the account's permissions before a change. */
export const rights = (at: Place) => authorization('permissions').map(needed('check', at));

/** The facts about a key, its vault, and the permissions of the identity that uses it. */
export const keyChecks = [
  ...vaults('read', 'keys/read', 'keys/versions/read'),
  ...authorization('roleAssignments', 'roleDefinitions'),
].map(needed('check', 'vault'));
