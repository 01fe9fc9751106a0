import type { IAzureQuickPickItem } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { idKey } from '../../core/armId';
import type { SqlServer, Subscription } from '../../core/model';
import type { Inventory } from '../inventory';

/** All servers of an inventory to choose from. */
export function serverPicks({ servers, subscriptions }: Inventory): IAzureQuickPickItem<SqlServer>[] {
  const nameOf = subscriptionNames(subscriptions);
  return servers.map((server) => ({
    label: server.name,
    description: [server.synapseWorkspace && l10n.t('Synapse workspace'), server.location].filter(Boolean).join(' · '),
    detail: l10n.t('{0}, resource group {1}', nameOf(server.subscriptionId), server.resourceGroup),
    data: server,
  }));
}

/** Returns a function that looks up the name of a subscription by its ID, and returns an unknown ID unchanged. */
export function subscriptionNames(subscriptions: readonly Subscription[]): (id: string) => string {
  const names = new Map(subscriptions.map(({ id, name }) => [idKey(id), name]));
  return (id) => names.get(idKey(id)) ?? id;
}
