import type { IAzureQuickPickItem } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import type { SqlServer } from '../../core/model';
import type { Inventory } from '../inventory';

/** All servers of an inventory to choose from. */
export function serverPicks({ servers, subscriptions }: Inventory): IAzureQuickPickItem<SqlServer>[] {
  const names = new Map(subscriptions.map(({ id, name }) => [id, name]));
  return servers.map((server) => ({
    label: server.name,
    description: server.location,
    detail: l10n.t(
      '{0}, resource group {1}',
      names.get(server.subscriptionId) ?? server.subscriptionId,
      server.resourceGroup,
    ),
    data: server,
  }));
}
