import * as l10n from '@vscode/l10n';
import { isInstanceId } from '../../core/armId';
import type { SqlServer } from '../../core/model';
import type { Inventory } from '../inventory';
import { contextValues } from '../ids';
import { describeFailure } from './describeFailure';
import { describeServer, describeServerKey } from './describeServer';
import { inOneLine, timeOf, tooltipOf, type Description } from './description';
import type { GroupNode, Node, UnshownNode } from './nodes';

export function describe(node: Node): Description {
  switch (node.kind) {
    case 'group':
      return describeGroup(node);
    case 'server':
      return describeServer(node);
    case 'serverKey':
      return describeServerKey(node);
    case 'database':
    case 'databaseKey':
      return node.row;
    case 'failure':
      return describeFailure(node);
    case 'unshown':
      return describeUnshown(node);
  }
}

function describeGroup({ by, id, name, subscription, servers, expanded }: GroupNode): Description {
  const { tenantId, tenant } = subscription;
  const isSubscription = by === 'subscription';
  const description = inOneLine(
    !isSubscription && subscription.name,
    countServers(servers.map(({ server }) => server)),
  );
  return {
    id,
    label: name,
    description,
    tooltip: tooltipOf(name, description, [
      !isSubscription && l10n.t('Resource group "{0}"', name),
      l10n.t('Subscription "{0}", {1}', subscription.name, subscription.id),
      tenant?.name ? l10n.t('Tenant "{0}", {1}', tenant.name, tenantId) : l10n.t('Tenant {0}', tenantId),
      tenant?.account && l10n.t('Account: {0}', tenant.account.label),
    ]),
    icon: isSubscription ? 'azure' : 'symbol-namespace',
    contextValue: [contextValues.group, isSubscription && contextValues.subscription].filter(Boolean).join(' '),
    children: servers.length === 0 ? 'none' : expanded ? 'expanded' : 'collapsed',
  };
}

function describeUnshown({ id, parent, label, reasons, facts, icon, children }: UnshownNode): Description {
  const description = inOneLine(...reasons);
  return {
    id,
    label,
    description,
    tooltip: tooltipOf(label, description, facts),
    icon,
    contextValue: parent ? `${contextValues.unshown} ${contextValues.unshownOne}` : contextValues.unshown,
    children: children.length > 0 ? 'collapsed' : 'none',
  };
}

/** What the line says apart from what was listed. */
interface ViewSettings {
  /** Those that are ignored because a workspace sets them. */
  readonly ignored: readonly string[];
  readonly isReadOnly: boolean;
  /** How many servers need attention, as far as their state is known. */
  readonly attention: number;
}

/**
 * The line above the rows. The inventory is missing if it could not be read.
 * @param refreshFailed why rows of an earlier read are shown
 */
export function describeView(
  inventory: Inventory | undefined,
  { ignored, isReadOnly, attention }: ViewSettings,
  refreshFailed?: string,
): string {
  return inOneLine(
    isReadOnly && l10n.t('read-only'),
    ignored.length > 0 && l10n.t('workspace settings ignored: {0}', ignored.join(', ')),
    inventory && isKnown(inventory) && countServers(inventory.servers),
    attention === 1 ? l10n.t('1 needs attention') : attention > 1 && l10n.t('{0} need attention', attention),
    inventory?.filter && l10n.t('filtered'),
    inventory && l10n.t('as of {0}', timeOf(inventory.asOf)),
    refreshFailed !== undefined && l10n.t('refresh failed: {0}', refreshFailed),
  );
}

/** Whether the number of servers is known. After a failure, none may mean that none could be read. */
const isKnown = ({ servers, failures }: Inventory): boolean => servers.length > 0 || failures.length === 0;

function countServers(servers: readonly SqlServer[]): string {
  const instances = servers.filter(({ id }) => isInstanceId(id)).length;
  const others = servers.length - instances;
  const none = instances === 0 && l10n.t('no servers');
  return inOneLine(
    others === 0 ? none : others === 1 ? l10n.t('1 server') : l10n.t('{0} servers', others),
    instances === 1 ? l10n.t('1 managed instance') : instances > 1 && l10n.t('{0} managed instances', instances),
  );
}
