import { l10n, workspace } from 'vscode';
import { idKey } from '../../core/armId';
import { settings, settingsSection } from '../ids';
import { saveSubscriptionFilter, subscriptionFilter } from '../subscriptionFilter';
import { tenantOf } from '../tree/nodes';
import { pickMany } from '../quickPick';
import type { Handler } from './handler';

/** Signs in with an account of VS Code, to the tenant of the row if there is one, and reads everything again. */
export const signIn: Handler =
  (services) =>
  async (_, { row }) => {
    const accounts = await services.accounts.get();
    if (!(await accounts.signIn(row?.kind === 'failure' ? tenantOf(row) : undefined))) return;
    await saveSignIn('vscode');
    services.reconnect();
  };

/** From now on uses what Azure CLI and the like are signed in to. */
export const signInWithAzureIdentity: Handler = (services) => async () => {
  await saveSignIn('azureIdentity');
  services.reconnect();
};

async function saveSignIn(way: string): Promise<void> {
  const own = workspace.getConfiguration(settingsSection);
  if (own.get(settings.signIn) !== way) await own.update(settings.signIn, way, true);
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
