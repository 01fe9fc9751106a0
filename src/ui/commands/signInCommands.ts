import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n, workspace } from 'vscode';
import { idKey } from '../../core/armId';
import { settings, settingsSection } from '../ids';
import type { Services } from '../services';
import { saveSubscriptionFilter, subscriptionFilter } from '../subscriptionFilter';
import { tenantOf } from '../tree/nodes';
import { pickMany } from '../quickPick';
import { nodeOf, type Args } from './targets';

/** Signs in with an account of VS Code, to the tenant of the row if there is one, and reads everything again. */
export const signIn = (services: Services) => async (_: IActionContext, args: Args) => {
  const node = nodeOf(args);
  const accounts = await services.accounts.get();
  if (!(await accounts.signIn(node?.kind === 'failure' ? tenantOf(node) : undefined))) return;
  await saveSignIn('vscode');
  services.azure.forget();
  services.tree.refresh();
};

/** From now on uses what Azure CLI and the like are signed in to. */
export const signInWithAzureIdentity = (services: Services) => async () => {
  await saveSignIn('azureIdentity');
  services.azure.forget();
  services.tree.refresh();
};

async function saveSignIn(way: string): Promise<void> {
  const own = workspace.getConfiguration(settingsSection);
  if (own.get(settings.signIn) !== way) await own.update(settings.signIn, way, true);
}

/** Chooses whose servers the tree shows. All checked, or none, means all: also those that come later. */
export const selectSubscriptions =
  (services: Services) =>
  async ({ ui }: IActionContext) => {
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
