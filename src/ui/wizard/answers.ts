import type { IAzureQuickPickItem, IAzureQuickPickOptions, IAzureUserInput } from '@microsoft/vscode-azext-utils';
import type { KeyIdentifier } from '../../core/keyIdentifier';
import type { KeyVault, SqlServer, Subscription, VaultKey } from '../../core/model';
import type { Prompt } from './runWizard';

/** What the wizard has to know before it can create a server key. */
export interface CreateServerKeyAnswers {
  server?: SqlServer;
  source?: 'browse' | 'paste';
  subscription?: Subscription;
  vault?: KeyVault;
  vaultKey?: VaultKey;
  key?: KeyIdentifier;
  confirmed?: true;
}

export type Question = Prompt<CreateServerKeyAnswers>;

/** Asks for one of several, which may still have to be loaded; resolves to the data of the one chosen. Leaving ends the loading. */
export async function pick<T>(
  ui: IAzureUserInput,
  load: (signal: AbortSignal) => Promise<IAzureQuickPickItem<T>[]>,
  options: IAzureQuickPickOptions,
): Promise<T> {
  const left = new AbortController();
  const items = load(left.signal);
  // Without suppressPersistence azext-utils moves what was picked last time to the top, away from its order.
  const common = { suppressPersistence: true, matchOnDescription: true, matchOnDetail: true };
  try {
    return (await ui.showQuickPick(items, { ...common, ...options })).data;
  } finally {
    left.abort();
    await Promise.allSettled([items]);
  }
}

/** An answer that the questions before have given. */
export function given<T>(answer: T | undefined): T {
  if (answer === undefined) {
    throw new Error('The wizard asked a question before the one it depends on.');
  }
  return answer;
}
