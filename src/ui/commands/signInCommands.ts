import { l10n, workspace } from 'vscode';
import { idKey } from '../../core/armId';
import { settings, settingsSection } from '../ids';
import { saveSubscriptionFilter, subscriptionFilter } from '../subscriptionFilter';
import type { Services } from '../services';
import { tenantOf } from '../tree/nodes';
import { pickMany } from '../quickPick';
import type { Handler } from './handler';

/** Signs in with an account of VS Code, to the tenant of the row if there is one. */
export const signIn: Handler =
  (services) =>
  async (_, { row }) => {
    const accounts = await services.accounts.get();
    const tenant = row?.kind === 'failure' ? tenantOf(row) : undefined;
    if (await accounts.signIn(services.cloud(), tenant)) await reconnectWith('vscode', services);
  };

/** From now on uses what Azure CLI and the like are signed in to. */
export const signInWithAzureIdentity: Handler = (services) => () => reconnectWith('azureIdentity', services);

/** Reads everything again, with this way to sign in from now on. */
async function reconnectWith(way: string, { reconnect }: Services): Promise<void> {
  const own = workspace.getConfiguration(settingsSection);
  // Reconnects too, because the setting changes.
  if (own.get(settings.signIn) !== way) await own.update(settings.signIn, way, true);
  else reconnect();
}

/** Chooses whose servers the tree shows. All checked, or none, means all: also those that come later. */
export const selectSubscriptions: Handler =
  (services) =>
  async ({ ui }) => {
    const filter = subscriptionFilter();
    const items = async () => {
      const { subscriptions } = await services.azure.get();
      return (await subscriptions.list()).items.map(({ id, name, tenantId }) => ({
        label: name,
        description: id,
        picked: filter?.subscriptionIds.has(idKey(id)) ?? true,
        data: `${tenantId}/${id}`,
      }));
    };
    const { chosen, all } = await pickMany(ui, items, {
      placeHolder: l10n.t('Select the subscriptions to show'),
      loadingPlaceHolder: l10n.t('Loading subscriptions…'),
    });
    await saveSubscriptionFilter(chosen.length === all ? [] : chosen);
  };
