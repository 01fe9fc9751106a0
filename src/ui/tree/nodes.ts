import * as l10n from '@vscode/l10n';
import type { Diagnosis } from '../../core/diagnosis/diagnose';
import type { ServerKey, SqlServer, Subscription, TdeProtector } from '../../core/model';
import { parseServerKeyName } from '../../core/serverKeyName';
import { contextValues } from '../ids';
import type { Inventory } from '../inventory';

export interface SubscriptionNode {
  readonly kind: 'subscription';
  readonly subscription: Subscription;
  readonly servers: readonly ServerNode[];
  readonly expanded: boolean;
}

export interface ServerNode {
  readonly kind: 'server';
  readonly parent: SubscriptionNode;
  readonly server: SqlServer;
  /** Known from the moment the server's keys have been read, unless it could not be read. */
  protector: TdeProtector | undefined;
}

export interface ServerKeyNode {
  readonly kind: 'serverKey';
  readonly parent: ServerNode;
  readonly key: ServerKey;
}

/** What could not be loaded, in the place where it would stand. `parent` is what a retry loads again. */
export interface FailureNode {
  readonly kind: 'failure';
  readonly parent?: ServerNode;
  readonly diagnosis: Diagnosis;
}

export type Node = SubscriptionNode | ServerNode | ServerKeyNode | FailureNode;

/** The nodes of an inventory, with the servers below their subscriptions. */
export function inventoryNodes({ subscriptions, servers }: Inventory): readonly SubscriptionNode[] {
  return subscriptions.map((subscription) => {
    const nodes: ServerNode[] = [];
    const expanded = servers.length <= expandUpTo;
    const parent: SubscriptionNode = { kind: 'subscription', subscription, servers: nodes, expanded };
    const own = servers.filter(({ subscriptionId }) => subscriptionId === subscription.id);
    nodes.push(...own.map((server): ServerNode => ({ kind: 'server', parent, server, protector: undefined })));
    return parent;
  });
}

/** With more servers than this, subscriptions start collapsed. */
const expandUpTo = 50;

/** A server's keys in the order of their weight: the TDE protector, the others from new to old, the service-managed key. */
export function serverKeyNodes(parent: ServerNode, keys: readonly ServerKey[]): readonly ServerKeyNode[] {
  const weight = (node: ServerKeyNode): number => (isProtector(node) ? 2 : node.key.type === 'customerManaged' ? 1 : 0);
  const age = ({ key }: ServerKeyNode): number => key.created?.getTime() ?? 0;
  return keys
    .map((key): ServerKeyNode => ({ kind: 'serverKey', parent, key }))
    .sort((a, b) => weight(b) - weight(a) || age(b) - age(a));
}

/** Undefined when the protector is not known. Names differ by no case, as the Key Vault identifiers they are made of. */
function isProtector({ key, parent: { protector } }: ServerKeyNode): boolean | undefined {
  return protector ? protector.serverKeyName.toLowerCase() === key.name.toLowerCase() : undefined;
}

/** What the user sees of a node, as plain data. */
export interface Description {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** A codicon. */
  readonly icon: string;
  readonly contextValue: string;
  readonly children: 'none' | 'collapsed' | 'expanded';
}

const separator = ' · ';

export function describe(node: Node): Description {
  switch (node.kind) {
    case 'subscription':
      return describeSubscription(node);
    case 'server':
      return describeServer(node);
    case 'serverKey':
      return describeServerKey(node);
    case 'failure':
      return describeFailure(node);
  }
}

/** The whole row as one sentence, for screen readers. */
export function accessibleLabel({ label, description }: Description): string {
  return [label, ...description.split(separator)].filter(Boolean).join(', ');
}

function describeSubscription({ subscription, servers, expanded }: SubscriptionNode): Description {
  return {
    id: subscription.id,
    label: subscription.name,
    description: countServers(servers.length),
    tooltip: l10n.t('Subscription {0}', subscription.id),
    icon: 'azure',
    contextValue: contextValues.subscription,
    children: servers.length === 0 ? 'none' : expanded ? 'expanded' : 'collapsed',
  };
}

export function countServers(count: number): string {
  return count === 0 ? l10n.t('no servers') : count === 1 ? l10n.t('1 server') : l10n.t('{0} servers', count);
}

function describeServer({ server, protector }: ServerNode): Description {
  const state = protector && [
    protector.type === 'serviceManaged' ? l10n.t('service-managed') : l10n.t('customer-managed'),
    protector.autoRotation ? l10n.t('rotates automatically') : '',
  ];
  return {
    id: server.id,
    label: server.name,
    description: [...(state ?? []), server.location].filter(Boolean).join(separator),
    tooltip: [l10n.t('SQL server "{0}"', server.name), l10n.t('Resource group: {0}', server.resourceGroup)].join('\n'),
    icon: 'server',
    contextValue: contextValues.server,
    children: 'collapsed',
  };
}

function describeServerKey(node: ServerKeyNode): Description {
  const { key } = node;
  const current = isProtector(node);
  const name = parseServerKeyName(key.name);
  const version = name?.version && `${name.version.slice(0, 4)}…${name.version.slice(-4)}`;
  const use = current ? l10n.t('TDE protector') : current === false ? l10n.t('available') : '';
  const details = [
    l10n.t('Server key: {0}', key.name),
    key.uri && l10n.t('Key identifier: {0}', key.uri),
    key.thumbprint && l10n.t('Thumbprint: {0}', key.thumbprint),
    key.created && l10n.t('Created: {0}', key.created.toISOString().slice(0, 10)),
  ];
  return {
    id: key.id,
    label: name ? `${name.vault} / ${name.key}` : l10n.t('Service-managed key'),
    description: [use, version].filter(Boolean).join(separator),
    tooltip: details.filter(Boolean).join('\n'),
    icon: current ? 'shield' : 'key',
    contextValue: contextValues.serverKey,
    children: 'none',
  };
}

/** What is missing in the tree, by the operation that failed. */
const failedReads: Readonly<Record<string, () => string>> = {
  'list subscriptions': () => l10n.t("Can't list the subscriptions"),
  'list SQL servers': () => l10n.t("Can't list the SQL servers"),
  'list server keys': () => l10n.t("Can't list the server keys"),
  'read TDE protector': () => l10n.t("Can't read the TDE protector"),
};

function describeFailure({ parent, diagnosis }: FailureNode): Description {
  return {
    id: `${parent ? describe(parent).id : ''}/failure/${diagnosis.operation?.name ?? ''}`,
    label: failedReads[diagnosis.operation?.name ?? '']?.() ?? diagnosis.title,
    description: diagnosis.what,
    tooltip: [diagnosis.what, diagnosis.cause, ...diagnosis.remedies].join('\n'),
    icon: 'warning',
    contextValue: contextValues.failure,
    children: 'none',
  };
}
