import type { IAzureQuickPickItem } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { idKey, isInstanceId } from '../../core/armId';
import type { SqlServer, Subscription } from '../../core/model';
import { noServerItems, orProblem } from '../failures/listProblems';
import { readInventory, type Inventory } from '../inventory';
import { actionItem, askAgainAfter, type Item } from '../quickPick';
import type { Services } from '../services';

/**
 * Loads the servers to choose from. If there are none, loads rows with the reason and what helps. If the subscription filter
 * may hide a server, a row searches all subscriptions.
 */
export function serverItems(services: Services): (signal: AbortSignal) => Promise<Item<SqlServer>[]> {
  let searchesAll = false;
  const searchAll = () =>
    actionItem('search', l10n.t('Search all subscriptions, including those that the filter hides…'), () =>
      askAgainAfter(() => (searchesAll = true)),
    );
  return (signal) =>
    orProblem<SqlServer>(services, l10n.t("Can't list the SQL servers"), async () => {
      const inventory = searchesAll
        ? await readInventory(await services.azure.get(), undefined, signal)
        : await services.inventory.get();
      const picks = serverPicks(inventory);
      return [
        ...(picks.length > 0 ? picks : noServerItems(services, inventory)),
        ...(inventory.filter ? [searchAll()] : []),
      ];
    });
}

/** All servers of an inventory to choose from. */
export function serverPicks({ servers, subscriptions }: Inventory): IAzureQuickPickItem<SqlServer>[] {
  const nameOf = subscriptionNames(subscriptions);
  return servers.map((server) => ({
    label: server.name,
    description: [
      isInstanceId(server.id) && l10n.t('managed instance'),
      server.synapseWorkspace && l10n.t('Synapse workspace'),
      server.location,
    ]
      .filter(Boolean)
      .join(' · '),
    detail: l10n.t('{0}, resource group {1}', nameOf(server.subscriptionId), server.resourceGroup),
    data: server,
  }));
}

/** Returns a function that looks up the name of a subscription by its ID, and returns an unknown ID unchanged. */
export function subscriptionNames(subscriptions: readonly Subscription[]): (id: string) => string {
  const names = new Map(subscriptions.map(({ id, name }) => [idKey(id), name]));
  return (id) => names.get(idKey(id)) ?? id;
}
