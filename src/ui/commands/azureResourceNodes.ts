import { UserCancelledError } from '@microsoft/vscode-azext-utils';
import { commands, l10n } from 'vscode';
import { idKey, parseArmId, sameId } from '../../core/armId';
import type { SqlServer } from '../../core/model';
import { selectedSubscriptions } from '../configuration';
import { commandIds } from '../ids';
import { notify } from '../messages';
import type { Services } from '../services';
import { subscriptionFilter } from '../subscriptionFilter';

/**
 * The ARM ID of a server in a view of the Azure Resources extension, which wraps the nodes of all extensions: `resource` is
 * the resource as Resource Manager returns it, and `id` is "/accounts/…/tenants/…" followed by the ARM ID.
 */
export function serverIdOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const { id, resource } = node as { id?: unknown; resource?: { id?: unknown } };
  const pattern = /\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Sql\/servers\/[^/]+/i;
  const idIn = (value: unknown) => (typeof value === 'string' ? pattern.exec(value)?.[0] : undefined);
  return idIn(resource?.id) ?? idIn(id);
}

/**
 * The servers with these ARM IDs. Reads the inventory again for an unknown ID, because another view may show newer servers.
 * If the server is still missing, shows a message that says why and ends the command.
 */
export async function serversById(services: Services, ids: readonly string[]): Promise<readonly SqlServer[]> {
  const find = async () => {
    const { servers } = await services.inventory.get();
    return ids.map((id) => servers.find((server) => sameId(server.id, id)));
  };
  let found = await find();
  if (found.includes(undefined)) {
    services.tree.refresh();
    found = await find();
  }
  const missing = ids.find((_, index) => !found[index]);
  if (missing !== undefined) {
    tellNotShown(missing);
    throw new UserCancelledError('serverNotShown');
  }
  return found.filter((server) => server !== undefined);
}

function tellNotShown(id: string): void {
  const { subscriptionId, name } = parseArmId(id);
  const filter = subscriptionFilter(selectedSubscriptions());
  const [message, title, command] =
    filter && !filter.subscriptions.has(idKey(subscriptionId))
      ? [
          l10n.t('The subscription filter hides the server "{0}".', name),
          l10n.t('Select Subscriptions…'),
          commandIds.selectSubscriptions,
        ]
      : [l10n.t('The server "{0}" wasn\'t found for this account.', name), l10n.t('Sign In…'), commandIds.signIn];
  void notify('warning', message, { title, run: () => commands.executeCommand(command) });
}
