import type { IActionContext } from '@microsoft/vscode-azext-utils';
import pMap from 'p-map';
import { l10n, ThemeIcon } from 'vscode';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import { usersOf } from '../../core/keys/keyUsers';
import { readVaultUse } from '../../core/retirement/readVaultUse';
import type { KeyOrVault } from '../../core/retirement/vaultUse';
import { nameOf, vaultUseDocument } from '../../core/retirement/vaultUseDocument';
import { allSubscriptions } from '../allSubscriptions';
import { orProblem } from '../failures/listProblems';
import { readWithProgress } from '../progress';
import { pick, type Item } from '../quickPick';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import type { Node } from '../tree/nodes';
import type { CommandServices, Handler } from './handler';

/** How many servers are read at once. */
const concurrency = 8;

/** Shows which servers use a key or a vault, and which would lose access after a change of the vault. Changes nothing. */
export const showKeyUsers: Handler = (services) => async (context, args) => {
  const of = await askForKeyOrVault(services, context, args.row);
  const title = l10n.t('Reading which servers use {0}…', nameOf(of));
  const document = await readWithProgress(services, title, ({ signal }) => readDocument(services, of, signal));
  if (document !== undefined) await showMarkdown(l10n.t('Users of {0}', nameOf(of).replaceAll('/', '_')), document);
};

async function readDocument(services: Services, of: KeyOrVault, signal: AbortSignal): Promise<string> {
  const [azure, { subscriptions }] = await Promise.all([services.azure.get(), allSubscriptions(services, signal)]);
  const subscriptionIds = subscriptions.map(({ id }) => id);
  const { items: servers } = await azure.sqlServers.list(subscriptionIds, signal);
  const request = { of, cloud: services.cloud(), servers, subscriptionIds };
  const use = await readVaultUse(azure, request, (items, map) => pMap(items, map, { concurrency }), signal);
  return vaultUseDocument(use, new Date());
}

/** The key of a row or its vault; without a row, any key or vault that is in use, or any other vault. */
async function askForKeyOrVault(
  services: CommandServices,
  context: IActionContext,
  row: Node | undefined,
): Promise<KeyOrVault> {
  const parsed = row?.kind === 'serverKey' ? parseKeyIdentifier(row.key.uri ?? '', services.cloud()) : undefined;
  const items = parsed?.ok
    ? () => Promise.resolve([keyItem(parsed.key.host, parsed.key.name), vaultItem(parsed.key.host)])
    : (signal: AbortSignal) =>
        orProblem<KeyOrVault>(services, l10n.t("Can't list keys and vaults"), () => allItems(services, signal));
  return pick<KeyOrVault>(context.ui, items, {
    title: l10n.t('Which Servers Use This Key or Vault'),
    placeHolder: l10n.t('Select the key or the vault that you want to change'),
    loadingPlaceHolder: l10n.t('Loading keys and vaults…'),
  });
}

async function allItems(services: CommandServices, signal: AbortSignal): Promise<Item<KeyOrVault>[]> {
  const [{ servers }, azure, { subscriptions }] = await Promise.all([
    services.inventory.get(),
    services.azure.get(),
    allSubscriptions(services, signal),
  ]);
  const used = usersOf(servers, services.tree.keysRead).map(({ id, key }) => {
    const [host = ''] = id.split('/');
    return key === undefined ? vaultItem(host) : keyItem(host, key);
  });
  const vaults = await azure.keyVaults.list(
    subscriptions.map(({ id }) => id),
    signal,
  );
  const others = vaults.items.map(({ uri }) => vaultItem(uri.replace('https://', '')));
  return [...new Map([...used, ...others].map((item) => [item.label.toLowerCase(), item])).values()];
}

const keyItem = (host: string, keyName: string): Item<KeyOrVault> => ({
  label: nameOf({ host, keyName }),
  iconPath: new ThemeIcon('key'),
  description: l10n.t('with all versions'),
  data: { host, keyName },
});

const vaultItem = (host: string): Item<KeyOrVault> => ({
  label: host,
  iconPath: new ThemeIcon('archive'),
  description: l10n.t('with all keys'),
  data: { host },
});
