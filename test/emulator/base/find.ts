import type { KeyVersion, Principal, Server, State, Subscription, Tenant, User, Vault, VaultKey } from './state';

/** ARM ids, names, hosts and GUIDs are compared ignoring case. */
export const same = (a: string, b: string): boolean =>
  a.length === b.length && (a === b || a.toLowerCase() === b.toLowerCase());

/** Is `id` the scope itself or something beneath it? "/" is the tenant's root. */
export const isWithin = (scope: string, id: string): boolean =>
  scope === '/' || same(scope, id) || same(`${scope}/`, id.slice(0, scope.length + 1));

/** /subscriptions/SUB/resourceGroups/GROUP/…; empty for what lies above. */
export const subscriptionOf = (id: string): string => id.split('/', 3)[2] ?? '';
export const resourceGroupOf = (id: string): string => id.split('/', 5)[4] ?? '';
export const groupId = (id: string): string => id.split('/').slice(0, 5).join('/');

/** By its id or by any of its domains. */
export const findTenant = (state: State, idOrDomain: string): Tenant | undefined =>
  state.tenants.find(({ tenantId, domains }) => [tenantId, ...domains].some((name) => same(name, idOrDomain)));

export const findUser = (state: State, name: string): User | undefined => state.users.find((u) => same(u.name, name));

/** The entries of a user in the directories of all tenants. */
export const principalsOfUser = (state: State, name: string): Principal[] =>
  state.principals.filter(({ user }) => user !== undefined && same(user, name));

export const findPrincipalOfUser = (state: State, name: string, tenantId: string): Principal | undefined =>
  principalsOfUser(state, name).find((p) => same(p.tenantId, tenantId));

export const findSubscription = (state: State, id: string): Subscription | undefined =>
  state.subscriptions.find((s) => same(s.subscriptionId, id));

export const findServer = (state: State, id: string): Server | undefined => state.servers.find((s) => same(s.id, id));

export const findVault = (state: State, id: string): Vault | undefined =>
  state.vaults.find((v) => !v.deleted && same(v.id, id));

export const findVaultKey = (vault: Vault, name: string): VaultKey | undefined =>
  vault.keys.find((k) => same(k.name, name));

export const newestVersion = (key: VaultKey): KeyVersion | undefined => key.versions.at(-1);

/** The service rotates to the newest version that is switched on. */
export const newestEnabledVersion = (key: VaultKey): KeyVersion | undefined => key.versions.findLast((v) => v.enabled);
