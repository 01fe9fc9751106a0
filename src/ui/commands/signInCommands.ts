import { l10n } from 'vscode';
import { saveSelectedSubscriptions, saveSignInMethod, selectedSubscriptions } from '../configuration';
import type { SignInMethod } from '../ids';
import { pickMany } from '../quickPick';
import type { Services } from '../services';
import { subscriptionFilter } from '../subscriptionFilter';
import { subscriptionChoice, subscriptionItems } from '../subscriptionQuestion';
import { tenantOf } from '../tree/nodes';
import type { Handler } from './handler';

/** Signs in with an account of VS Code. On the row of a failure, signs in to its tenant. */
export const signIn: Handler =
  (services) =>
  async (_, { row }) => {
    const accounts = await services.accounts.get();
    const tenant = row?.kind === 'failure' ? tenantOf(row) : undefined;
    if (await accounts.signIn(services.cloud(), tenant)) await reconnectWith('vscode', services);
  };

/** Switches to the credentials of Azure CLI and similar tools. */
export const signInWithAzureIdentity: Handler = (services) => () => reconnectWith('azureIdentity', services);

/** Changes the sign-in method and reads everything again. */
async function reconnectWith(method: SignInMethod, { reconnect }: Services): Promise<void> {
  // Changing the setting reconnects.
  if (!(await saveSignInMethod(method))) reconnect();
}

/** Asks for the subscriptions to show. If all or none are checked, all are shown, including future ones. */
export const selectSubscriptions: Handler =
  (services) =>
  async ({ ui }) => {
    const before = selectedSubscriptions();
    const filter = subscriptionFilter(before);
    let complete = true;
    const load = async () => {
      const { subscriptions } = await services.azure.get();
      const found = await subscriptions.list();
      const [failure] = found.failures;
      // Without any subscription, the reason is the answer.
      if (failure && found.items.length === 0) throw failure.error;
      complete = found.failures.length === 0;
      return subscriptionItems(found, filter);
    };
    const { chosen, offered } = await pickMany(ui, load, {
      placeHolder: l10n.t('Select the subscriptions to show; none shows all'),
      loadingPlaceHolder: l10n.t('Loading subscriptions…'),
      noPicksMessage: l10n.t('No subscriptions found for this account'),
    });
    await saveSelectedSubscriptions(subscriptionChoice({ before, offered, complete, checked: chosen }));
  };
