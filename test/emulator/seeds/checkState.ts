import { isRecord } from '../base/json';
import type { State } from '../base/state';
import { emptyState } from './emptyState';

type Collections = Omit<State, 'caller'>;

/** An item of each collection with the properties that it needs. Their values show the types. */
const items: { readonly [Name in keyof Collections]: Readonly<Record<string, unknown>> } = {
  tenants: { tenantId: '', displayName: '', defaultDomain: '', domains: [] },
  users: { name: '', homeTenantId: '', password: '', otp: '' },
  principals: { objectId: '', tenantId: '', displayName: '' },
  subscriptions: { subscriptionId: '', displayName: '', tenantId: '', state: '', managedByTenants: [] },
  resourceGroups: { id: '', name: '', location: '' },
  roleDefinitions: { id: '', roleName: '', description: '', actions: [], notActions: [], dataActions: [] },
  roleAssignments: { name: '', scope: '', principalId: '', roleId: '' },
  denyAssignments: { name: '', displayName: '', scope: '', actions: [], notActions: [], excluded: [] },
  policyAssignments: { name: '', displayName: '', scope: '', definition: {}, deniedTypes: [] },
  locks: { scope: '', name: '', level: '', notes: '' },
  userAssignedIdentities: { id: '', location: '', tenantId: '', principalId: '', clientId: '' },
  servers: sqlResource(),
  managedInstances: { ...sqlResource(), subnetId: '' },
  instanceFailoverGroups: { name: '', primary: '', secondary: '' },
  failoverGroups: { name: '', primary: '', secondaries: [], databases: [] },
  replicationLinks: { name: '', primary: '', secondary: '', database: '' },
  vaults: {
    ...{ kind: '', id: '', name: '', location: '', tenantId: '', uri: '', deleted: false, sku: '' },
    ...{
      softDelete: true,
      purgeProtection: true,
      rbac: true,
      accessPolicies: [],
      localRoles: [],
      network: {},
      keys: [],
    },
  },
  longTermRetentionBackups: {
    ...{ name: '', group: '', location: '', server: '', serverCreateTime: '', database: '' },
    ...{ backupTime: '', backupExpirationTime: '' },
  },
  activityLog: { time: '', action: '', resourceId: '', caller: '', status: '', correlationId: '' },
  deletedServers: { server: {}, deletionTime: '' },
};

function sqlResource() {
  const texts = { id: '', name: '', location: '', tenantId: '', state: '', identityType: '' };
  return { ...texts, userAssignedIdentities: [], tags: {}, keys: [], protector: {}, databases: [] };
}

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'list';
  return isRecord(value) ? 'object' : typeof value;
};

/** What is wrong with an item of a collection. */
function* problemsOfItem(path: string, item: unknown, example: Readonly<Record<string, unknown>>): Generator<string> {
  if (!isRecord(item)) {
    yield `${path} is not an object`;
    return;
  }
  for (const [name, value] of Object.entries(example)) {
    if (item[name] === undefined) yield `${path}.${name} is missing`;
    else if (typeOf(item[name]) !== typeOf(value)) yield `${path}.${name} is not a ${typeOf(value)}`;
  }
}

function* problems(state: Readonly<Record<string, unknown>>): Generator<string> {
  const known = Object.keys(emptyState());
  for (const name of Object.keys(state)) if (!known.includes(name)) yield `${name} is unknown`;
  for (const [name, example] of Object.entries(items)) {
    const list = state[name] ?? [];
    if (!Array.isArray(list)) yield `${name} is not a list`;
    else for (const [index, item] of list.entries()) yield* problemsOfItem(`${name}[${index}]`, item, example);
  }
  const principals = (Array.isArray(state.principals) ? state.principals : []) as readonly { objectId: unknown }[];
  if (!principals.some(({ objectId }) => objectId === state.caller)) {
    yield 'caller is not the object ID of a principal';
  }
}

/** The state in JSON, which can omit collections. Throws an error that names the first mistake. */
export function checkState(value: unknown): State {
  if (!isRecord(value)) throw new Error('The state is not an object');
  const [problem] = problems(value);
  if (problem !== undefined) throw new Error(`Wrong state: ${problem}`);
  return { ...emptyState(), ...value };
}
