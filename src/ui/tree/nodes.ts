import { databaseId, idKey } from '../../core/armId';
import type { Diagnosis } from '../../core/errors/diagnose';
import { keyUse, type KeyUse } from '../../core/keys/keyUse';
import type {
  DatabaseKey,
  DatabaseState,
  ServerKey,
  SqlServer,
  Subscription,
  TdeProtector,
  Tenant,
} from '../../core/model';
import type { StateWords } from '../../core/serverState/describeState';
import type { Grouping } from '../ids';
import type { Inventory } from '../inventory';
import type { Description } from './description';

/** The parent of servers: a subscription or a resource group. */
export interface GroupNode {
  readonly kind: 'group';
  readonly by: Grouping;
  /** ARM ID. */
  readonly id: string;
  readonly name: string;
  readonly subscription: Subscription;
  readonly servers: readonly ServerNode[];
  readonly expanded: boolean;
}

export interface ServerNode {
  readonly kind: 'server';
  readonly parent: GroupNode;
  readonly server: SqlServer;
  /** Undefined until the TDE protector has been read. */
  protector: TdeProtector | 'unreadable' | undefined;
  /** What is known about the server's state; undefined until something has been read. */
  state?: StateWords;
}

export interface ServerKeyNode {
  readonly kind: 'serverKey';
  readonly parent: ServerNode;
  readonly key: ServerKey;
  /** All keys of the server. */
  readonly among: readonly ServerKey[];
}

/** A database with its own TDE protector. */
export interface DatabaseNode {
  readonly kind: 'database';
  readonly parent: ServerNode;
  readonly database: DatabaseState;
  readonly row: Description;
}

export interface DatabaseKeyNode {
  readonly kind: 'databaseKey';
  readonly parent: DatabaseNode;
  readonly key: DatabaseKey;
  readonly row: Description;
}

/** A row that shows why the keys of a server or database, or the subscriptions and servers of a tenant, could not be read. */
export interface FailureNode {
  readonly kind: 'failure';
  /** What to read again on a retry; everything if absent. */
  readonly parent?: ServerNode | DatabaseNode;
  readonly tenant?: Tenant;
  readonly diagnosis: Diagnosis;
  /** Other failures with the same code, which share the row. */
  readonly others: readonly Diagnosis[];
  /** When the rows beside it were read, if they are those of an earlier read. */
  readonly keptFrom?: Date;
}

/** A row about what the view doesn't show: one for all, and below it one for each subscription and tenant. */
export interface UnshownNode {
  readonly kind: 'unshown';
  readonly parent?: UnshownNode;
  readonly id: string;
  readonly label: string;
  /** In a few words. */
  readonly reasons: readonly string[];
  readonly facts: readonly string[];
  /** A codicon. */
  readonly icon: string;
  readonly children: readonly UnshownNode[];
}

export type Node = GroupNode | ServerNode | ServerKeyNode | DatabaseNode | DatabaseKeyNode | FailureNode | UnshownNode;

/** With more servers than this, groups are collapsed at first. */
const expandUpTo = 50;

/** The groups of an inventory with their servers. A subscription without servers is a group too, unless listing servers failed. */
export function inventoryNodes(inventory: Inventory, by: Grouping): readonly GroupNode[] {
  const { subscriptions, servers, failures } = inventory;
  const expanded = servers.length <= expandUpTo;
  const groups = new Map<string, GroupNode & { servers: ServerNode[] }>();
  const add = (id: string, name: string, subscription: Subscription) => {
    const group = groups.get(idKey(id)) ?? { kind: 'group', by, id, name, subscription, servers: [], expanded };
    groups.set(idKey(id), group);
    return group;
  };
  const byId = new Map(subscriptions.map((subscription) => [idKey(subscription.id), subscription]));
  const allListed = failures.every(({ error }) => error.operation?.name !== 'list SQL servers');
  if (by === 'subscription' && allListed) {
    for (const subscription of subscriptions) {
      add(`/subscriptions/${subscription.id}`, subscription.name, subscription);
    }
  }
  for (const server of servers) {
    const { subscriptionId, resourceGroup } = server;
    const subscription = byId.get(idKey(subscriptionId));
    if (!subscription) continue;
    const own = `/subscriptions/${subscription.id}`;
    const parent =
      by === 'subscription'
        ? add(own, subscription.name, subscription)
        : add(`${own}/resourceGroups/${resourceGroup}`, resourceGroup, subscription);
    parent.servers.push({ kind: 'server', parent, server, protector: undefined });
  }
  return [...groups.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** The keys of a server: the TDE protector first, then from new to old, the service-managed key last. */
export function serverKeyNodes(parent: ServerNode, keys: readonly ServerKey[]): readonly ServerKeyNode[] {
  const weight = (node: ServerKeyNode): number => (isProtector(node) ? 2 : node.key.type === 'customerManaged' ? 1 : 0);
  const age = ({ key }: ServerKeyNode): number => key.created?.getTime() ?? 0;
  return keys
    .map((key): ServerKeyNode => ({ kind: 'serverKey', parent, key, among: keys }))
    .sort((a, b) => weight(b) - weight(a) || age(b) - age(a));
}

/** The failure rows of a server. If all failures have the same code, they share one row. */
export function failureNodes(
  parent: ServerNode,
  diagnoses: readonly Diagnosis[],
  keptFrom?: Date,
): readonly FailureNode[] {
  const [diagnosis, ...others] = diagnoses;
  const row = { kind: 'failure', parent, ...(keptFrom && { keptFrom }) } as const;
  return diagnosis && others.every(({ code }) => code === diagnosis.code)
    ? [{ ...row, diagnosis, others }]
    : diagnoses.map((each) => ({ ...row, diagnosis: each, others: [] }));
}

/** Rows to sign in to more tenants come last. */
export function withProblemsFirst(groups: readonly GroupNode[], failures: readonly FailureNode[]): Node[] {
  const asks = ({ diagnosis }: FailureNode): boolean => diagnosis.asksForSignIn;
  return [...failures.filter((row) => !asks(row)), ...groups, ...failures.filter(asks)];
}

/** All failures that share a row. */
export const diagnosesOf = ({ diagnosis, others }: FailureNode): readonly Diagnosis[] => [diagnosis, ...others];

/** What a key is to its server; undefined if the TDE protector is unknown. */
export function useOf({ key, among, parent: { protector } }: ServerKeyNode): KeyUse | undefined {
  return typeof protector === 'object' ? keyUse(key, protector, among) : undefined;
}

/** Whether a key is the TDE protector. */
export const isProtector = (node: ServerKeyNode): boolean => useOf(node) === 'protector';

/** Whether somebody should look at a server, as far as its state is known. */
export const needsAttention = ({ state }: ServerNode): boolean => severityOf(state) !== undefined;

export function severityOf(state: StateWords | undefined): 'error' | 'warning' | undefined {
  if (!state) return undefined;
  return state.errors.length > 0 ? 'error' : state.warnings.length > 0 ? 'warning' : undefined;
}

/** The ARM ID of the resource in a row, if it is about one. */
export function resourceIdOf(node: Node): string | undefined {
  switch (node.kind) {
    case 'group':
      return node.id;
    case 'server':
      return node.server.id;
    case 'serverKey':
      return node.key.id;
    case 'database':
      return databaseId(node.parent.server, node.database.name);
    case 'databaseKey':
    case 'failure':
    case 'unshown':
      return undefined;
  }
}

/** The row of the server that a row shows, or something of it. */
export function serverRowOf(node: Node): ServerNode | undefined {
  switch (node.kind) {
    case 'server':
      return node;
    case 'serverKey':
    case 'database':
      return node.parent;
    case 'databaseKey':
      return node.parent.parent;
    case 'group':
    case 'failure':
    case 'unshown':
      return undefined;
  }
}

/** The tenant of a failure. Below a server it is the tenant of the subscription, and the account is unknown. */
export function tenantOf({ tenant, parent }: FailureNode): Tenant | undefined {
  const subscription = parent && serverRowOf(parent)?.parent.subscription;
  return tenant ?? (subscription && { id: subscription.tenantId, name: subscription.name });
}
