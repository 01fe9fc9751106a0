import { isInstance, same } from './ids';
import type {
  KeyVersion,
  ManagedInstance,
  Principal,
  Server,
  ServerKey,
  SqlResource,
  State,
  Subscription,
  Tenant,
  User,
  Vault,
  VaultKey,
} from './state';

/** Finds a tenant by its ID or by any of its domains. */
export const findTenant = (state: State, idOrDomain: string): Tenant | undefined =>
  state.tenants.find(({ tenantId, domains }) => [tenantId, ...domains].some((name) => same(name, idOrDomain)));

export const findUser = (state: State, name: string): User | undefined => state.users.find((u) => same(u.name, name));

export const findPrincipal = (state: State, objectId: string | undefined): Principal | undefined =>
  objectId === undefined ? undefined : state.principals.find((p) => same(p.objectId, objectId));

/** The same lookup for many servers: indexes a large directory at its first use. */
export function principalFinder({ principals }: State): (objectId: string | undefined) => Principal | undefined {
  let byId: Map<string, Principal> | undefined;
  return (objectId) => {
    byId ??= new Map(principals.map((principal) => [principal.objectId.toLowerCase(), principal]));
    return objectId === undefined ? undefined : byId.get(objectId.toLowerCase());
  };
}

export const findApplication = (state: State, appId: string): Principal | undefined =>
  state.principals.find((p) => same(p.appId ?? '', appId));

/** The entries of a user in the directories of all tenants. */
export const principalsOfUser = (state: State, name: string): Principal[] =>
  state.principals.filter(({ user }) => user !== undefined && same(user, name));

export const findPrincipalOfUser = (state: State, name: string, tenantId: string): Principal | undefined =>
  principalsOfUser(state, name).find((p) => same(p.tenantId, tenantId));

export const findSubscription = (state: State, id: string): Subscription | undefined =>
  state.subscriptions.find((s) => same(s.subscriptionId, id));

export const findServer = (state: State, id: string): Server | undefined => state.servers.find((s) => same(s.id, id));

export const findInstance = (state: State, id: string): ManagedInstance | undefined =>
  state.managedInstances.find((i) => same(i.id, id));

/** Finds a server or a managed instance. */
export const findSqlResource = (state: State, id: string): SqlResource | undefined =>
  isInstance({ id }) ? findInstance(state, id) : findServer(state, id);

/** The server key that is the TDE protector; undefined for the service-managed key. */
export const protectorKeyOf = ({ keys, protector }: SqlResource): ServerKey | undefined =>
  keys.find((key) => same(key.name, protector.serverKeyName));

/** Finds a key vault or managed HSM by its ID, except soft-deleted ones. */
export const findVault = (state: State, id: string): Vault | undefined =>
  state.vaults.find((v) => !v.deleted && same(v.id, id));

/** Finds a key vault or managed HSM by host name, soft-deleted ones included. */
export const findVaultByHost = (state: State, host: string): Vault | undefined =>
  state.vaults.find((v) => same(v.uri, `https://${host}`));

export const findVaultKey = (vault: Vault | undefined, name: string): VaultKey | undefined =>
  vault?.keys.find((k) => same(k.name, name));

export const newestVersion = (key: VaultKey): KeyVersion | undefined => key.versions.at(-1);

/** The version that Azure SQL uses for a versionless key identifier, and that automatic rotation switches to. */
export const newestEnabledVersion = (key: VaultKey | undefined): KeyVersion | undefined =>
  key?.versions.findLast((v) => v.enabled);
