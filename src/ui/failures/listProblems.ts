import { commands, l10n } from 'vscode';
import type { Diagnosis } from '../../core/errors/diagnose';
import type { Tenant } from '../../core/model';
import type { TenantFailure } from '../../core/ports';
import { commandIds, type CommandId } from '../ids';
import { emptyView, type Inventory } from '../inventory';
import { actionItem, askAgainAfter, retryItem, type Item } from '../quickPick';
import type { Services } from '../services';
import { logFailure } from './report';

/** The items of a quick pick. If they can't be read, rows with the reason and what helps. */
export async function orProblem<T>(
  services: Services,
  label: string,
  read: () => Promise<Item<T>[]>,
): Promise<Item<T>[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    const diagnosis = logFailure(services, error);
    const signIn = diagnosis.signInHelps ? [signInAnew()] : [];
    return [reasonItem(services, label, diagnosis), ...signIn, retryItem()];
  }
}

/** Rows for the tenants that could not be read: the reason of each, which opens the log; Sign In where it helps; and Retry. */
export function failureItems(
  services: Services,
  failures: readonly TenantFailure[],
  labelOf: (tenant: string) => string,
): Item<never>[] {
  if (failures.length === 0) return [];
  const items = failures.map(({ tenant, error }) => {
    const diagnosis = logFailure(services, error);
    return diagnosis.asksForSignIn && tenant.account
      ? signInItem(services, tenant, diagnosis)
      : reasonItem(services, labelOf(tenant.name), diagnosis);
  });
  return [...items, retryItem()];
}

function reasonItem(services: Services, label: string, { what }: Diagnosis): Item<never> {
  const showLog = (): void => {
    services.log.show(true);
  };
  return actionItem('warning', label, showLog, what);
}

function signInItem(services: Services, tenant: Tenant, { what }: Diagnosis): Item<never> {
  const signIn = async () => {
    const accounts = await services.accounts.get();
    if (await accounts.signIn(services.cloud(), tenant)) services.reconnect();
  };
  const label = l10n.t('Sign in to "{0}"…', tenant.name);
  return actionItem('sign-in', label, () => askAgainAfter(signIn), what);
}

/** Why there is no server to choose from, and what helps. */
export function noServerItems(services: Services, inventory: Inventory): Item<never>[] {
  const reason = emptyView(inventory);
  const failed = () =>
    failureItems(services, inventory.failures, (tenant) =>
      tenant ? l10n.t('Can\'t list the SQL servers of "{0}"', tenant) : l10n.t("Can't list the SQL servers"),
    );
  switch (reason) {
    case undefined:
      return failed();
    case 'notSignedIn':
    case 'noCredential':
      return [...failed(), signInAnew(), useMachine()];
    case 'noSubscription':
      return [info(l10n.t('No subscriptions found for this account')), signInAnew(), retryItem()];
    case 'allFiltered':
      return [info(l10n.t('The subscription filter hides everything')), selectSubscriptions()];
    case 'noServer':
      return [
        info(l10n.t('No SQL servers in {0} subscriptions that this account can read', inventory.subscriptions.length)),
        ...(inventory.filter ? [selectSubscriptions()] : [signInAnew()]),
        retryItem(),
      ];
  }
}

const info = (label: string): Item<never> => actionItem('info', label, () => undefined);
const run = (icon: string, label: string, id: CommandId): Item<never> =>
  actionItem(icon, label, () => askAgainAfter(() => commands.executeCommand(id)));
const signInAnew = () => run('sign-in', l10n.t('Sign In…'), commandIds.signIn);
const useMachine = () => run('terminal', l10n.t('Use Credentials on This Machine'), commandIds.signInWithAzureIdentity);
const selectSubscriptions = () => run('filter', l10n.t('Select Subscriptions…'), commandIds.selectSubscriptions);
