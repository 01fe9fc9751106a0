import * as l10n from '@vscode/l10n';
import { hasCode } from '../../core/errors/errorCode';
import { parseServerKeyName } from '../../core/keys/serverKeyName';
import type { ListedProtector } from '../../core/model';
import type { Inventory } from '../inventory';
import { commandIds, contextValues, type CommandId } from '../ids';
import {
  diagnosesOf,
  isProtector,
  resourceIdOf,
  tenantOf,
  type FailureNode,
  type GroupNode,
  type Node,
  type ServerKeyNode,
  type ServerNode,
} from './nodes';

/** The visible parts of a row, as plain data. */
export interface Description {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Absent if it is resolved on hover. */
  readonly tooltip?: string;
  /** A codicon. */
  readonly icon: string;
  readonly contextValue: string;
  readonly children: 'none' | 'collapsed' | 'expanded';
  /** The command that a click runs. */
  readonly command?: CommandId;
}

const separator = ' · ';

/** @param now the time at which to compute ages */
export function describe(node: Node, now = new Date()): Description {
  switch (node.kind) {
    case 'group':
      return describeGroup(node);
    case 'server':
      return describeServer(node);
    case 'serverKey':
      return describeServerKey(node, now);
    case 'failure':
      return describeFailure(node);
  }
}

/** The whole row as one sentence, for screen readers. */
export function accessibleLabel({ label, description }: Description): string {
  return [label, ...description.split(separator)].filter(Boolean).join(', ');
}

function describeGroup({ by, id, name, subscription, servers, expanded }: GroupNode): Description {
  const isSubscription = by === 'subscription';
  const inSubscription = l10n.t('Subscription "{0}", {1}', subscription.name, subscription.id);
  return {
    id,
    label: name,
    description: [isSubscription ? '' : subscription.name, countServers(servers.length)]
      .filter(Boolean)
      .join(separator),
    tooltip: isSubscription ? inSubscription : [l10n.t('Resource group "{0}"', name), inSubscription].join('\n'),
    icon: isSubscription ? 'azure' : 'symbol-namespace',
    contextValue: [contextValues.group, isSubscription && contextValues.subscription].filter(Boolean).join(' '),
    children: servers.length === 0 ? 'none' : expanded ? 'expanded' : 'collapsed',
  };
}

/** What the settings say about the view. */
interface ViewSettings {
  /** Those that are ignored because a workspace sets them. */
  readonly ignored: readonly string[];
  readonly isReadOnly: boolean;
}

/** The line above the rows. The inventory is missing if it could not be read. */
export function describeView(inventory: Inventory | undefined, { ignored, isReadOnly }: ViewSettings): string {
  const time = inventory?.asOf.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return [
    isReadOnly && l10n.t('read-only'),
    ignored.length > 0 && l10n.t('workspace settings ignored: {0}', ignored.join(', ')),
    inventory && countServers(inventory.servers.length),
    inventory?.filtered && l10n.t('filtered'),
    time !== undefined && l10n.t('as of {0}', time),
  ]
    .filter(Boolean)
    .join(separator);
}

function countServers(count: number): string {
  return count === 0 ? l10n.t('no servers') : count === 1 ? l10n.t('1 server') : l10n.t('{0} servers', count);
}

function describeServer({ server, protector }: ServerNode): Description {
  const { name, resourceGroup, location, listedProtector, synapseWorkspace } = server;
  const uri =
    typeof protector === 'object' ? protector.uri : listedProtector?.type === 'customerManaged' && listedProtector.uri;
  return {
    id: server.id,
    label: name,
    description: [synapseWorkspace && l10n.t('Synapse workspace'), ...stateOf(protector ?? listedProtector), location]
      .filter(Boolean)
      .join(separator),
    tooltip: [
      l10n.t('SQL server "{0}"', name),
      l10n.t('Resource group: {0}', resourceGroup),
      synapseWorkspace && l10n.t('Managed by the Synapse workspace "{0}"', synapseWorkspace),
      uri && l10n.t('TDE protector: {0}', uri),
    ]
      .filter(Boolean)
      .join('\n'),
    icon: 'server',
    contextValue: contextValues.server,
    children: 'collapsed',
  };
}

function stateOf(protector: ServerNode['protector'] | ListedProtector): readonly string[] {
  if (protector === undefined) return [];
  if (protector === 'unreadable') return [l10n.t('TDE protector not readable')];
  return [
    protector.type === 'serviceManaged' ? l10n.t('service-managed') : l10n.t('customer-managed'),
    'autoRotation' in protector && protector.autoRotation ? l10n.t('rotates automatically') : '',
  ];
}

function describeServerKey(node: ServerKeyNode, now: Date): Description {
  const { key } = node;
  const current = isProtector(node);
  const name = parseServerKeyName(key.name);
  const use = current ? l10n.t('TDE protector') : current === false ? l10n.t('available') : '';
  const isCustomerManaged = key.type === 'customerManaged';
  return {
    id: key.id,
    label: name ? `${name.vault} / ${name.key}` : isCustomerManaged ? key.name : l10n.t('Service-managed key'),
    description: [use, name && versionOf(name.version), key.created && age(key.created, now)]
      .filter(Boolean)
      .join(separator),
    icon: current ? 'shield' : 'key',
    contextValue: [contextValues.serverKey, isCustomerManaged && contextValues.customerManaged]
      .filter(Boolean)
      .join(' '),
    children: 'none',
  };
}

function versionOf(version: string | undefined): string {
  return version ? `${version.slice(0, 4)}…${version.slice(-4)}` : l10n.t('always the latest version');
}

function age(created: Date, now: Date): string {
  const days = Math.floor((now.getTime() - created.getTime()) / (24 * 60 * 60 * 1000));
  if (days < 1) return l10n.t('created today');
  return days === 1 ? l10n.t('created 1 day ago') : l10n.t('created {0} days ago', days);
}

/** The label of a failure, by failed operation. Names the tenant if the operation concerns one. */
const failedReads: Readonly<Record<string, (tenant: string | undefined) => string>> = {
  'list tenants': (tenant) =>
    tenant ? l10n.t('Can\'t list the tenants of "{0}"', tenant) : l10n.t("Can't list the tenants"),
  'list subscriptions': (tenant) =>
    tenant ? l10n.t('Can\'t list the subscriptions of "{0}"', tenant) : l10n.t("Can't list the subscriptions"),
  'list SQL servers': (tenant) =>
    tenant ? l10n.t('Can\'t list the SQL servers of "{0}"', tenant) : l10n.t("Can't list the SQL servers"),
  'list server keys': () => l10n.t("Can't list the server keys"),
  'read TDE protector': () => l10n.t("Can't read the TDE protector"),
};

function describeFailure(node: FailureNode): Description {
  const { parent, tenant, diagnosis, others } = node;
  const operation = diagnosis.operation?.name ?? '';
  const of = parent ? resourceIdOf(parent) : [tenant?.account?.id, tenant?.id].join('/');
  const all = diagnosesOf(node);
  const facts = [...all.map(({ what }) => what), diagnosis.cause, ...all.flatMap(({ steps }) => steps)];
  const row = {
    id: `${of ?? ''}/failure/${operation}`,
    tooltip: [...new Set(facts)].join('\n'),
    children: 'none',
  } as const;
  if (diagnosis.asksForSignIn) {
    return {
      ...row,
      label: l10n.t('Sign in to "{0}"', tenantOf(node)?.name ?? ''),
      description: hasCode(diagnosis, 'StepUpRequired') ? diagnosis.title : (tenant?.account?.label ?? ''),
      icon: 'sign-in',
      contextValue: contextValues.signIn,
      command: commandIds.signIn,
    };
  }
  const label = failedReads[operation]?.(tenant?.name) ?? diagnosis.title;
  return {
    ...row,
    label: others.length > 0 ? l10n.t("Can't read the server keys and the TDE protector") : label,
    description: diagnosis.what,
    icon: 'warning',
    contextValue: contextValues.failure,
  };
}
