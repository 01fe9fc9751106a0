import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n, ThemeIcon } from 'vscode';
import { isArmError } from '../../core/armError';
import { tryRead } from '../../core/checks/facts';
import { hasCode } from '../../core/errors/errorCode';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { KeyVault } from '../../core/vaultModel';
import {
  haveSameThumbprint,
  standbyCommand,
  standbyDocument,
  standbyKeyOf,
  standbyVaults,
  type Standby,
  type StandbyVault,
} from '../../core/serverState/standbyKey';
import { allSubscriptions } from '../allSubscriptions';
import { orProblem } from '../failures/listProblems';
import { copyText, notify } from '../messages';
import { readWithProgress } from '../progress';
import { actionItem, pick, type Item } from '../quickPick';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import type { ServerKeyNode } from '../tree/nodes';
import { createFor } from './createServerKey';
import type { Handler } from './handler';
import { askForLogicalKey } from './targets';

/**
 * Gives a server the same key in a second vault. The user copies the key with a command, because its backup must not pass through the
 * extension, which never accesses vaults; the extension checks, creates the server key, and compares.
 */
export const addStandbyKey: Handler = (services) => async (context, args) => {
  const row = await askForLogicalKey(services, context, args, l10n.t('Add Standby Key'));
  const standby = await askForStandby(services, context, row);
  if (!standby || !(await waitForCopy(services, standby))) return;
  const { server } = standby;
  const key = standbyKeyOf(standby);
  await createFor(services, context, { servers: [server], asProtector: 'never' }, key);
  const keys = await (await services.azure.get()).serverKeys.list(server);
  const isSame = haveSameThumbprint(keys, formatKeyIdentifier(standby.key), formatKeyIdentifier(key));
  if (isSame === undefined) return;
  const text = isSame
    ? l10n.t('"{0}" has a standby key in "{1}": both server keys have the same thumbprint.', server.name, key.vault)
    : l10n.t('The server key in "{0}" is another key: its thumbprint differs. Delete that server key.', key.vault);
  void notify(isSame ? 'info' : 'error', text);
};

/** Asks for the second vault. @returns undefined if a standby key is not possible */
async function askForStandby(
  services: Services,
  context: IActionContext,
  { key, parent: { server } }: ServerKeyNode,
): Promise<Standby | undefined> {
  const parsed = parseKeyIdentifier(key.uri ?? '', services.cloud());
  if (!parsed.ok) {
    void notify('info', l10n.t("The service-managed key has no standby: it isn't in one of your vaults."));
    return undefined;
  }
  const read = await readWithProgress(services, l10n.t('Reading the vault of the key…'), async ({ signal }) => {
    const [azure, { subscriptions }] = await Promise.all([services.azure.get(), allSubscriptions(services, signal)]);
    const ids = subscriptions.map(({ id }) => id);
    const [source, protector] = await Promise.all([
      azure.keyVaults.find(parsed.key.host, ids, signal),
      azure.tdeProtectors.get(server, signal),
    ]);
    return { ids, source, protector };
  });
  if (!read) return undefined;
  const { ids, source, protector } = read;
  if (source?.kind !== 'vault') {
    const unseen = l10n.t('The vault "{0}" isn\'t visible to your account.', parsed.key.vault);
    void notify('warning', source ? ofHsm() : unseen);
    return undefined;
  }
  return { server, key: parsed.key, target: await pickTarget(services, context, source, ids), protector };
}

async function pickTarget(
  services: Services,
  context: IActionContext,
  source: KeyVault,
  subscriptionIds: readonly string[],
): Promise<KeyVault> {
  const items = (signal: AbortSignal): Promise<Item<KeyVault>[]> =>
    orProblem<KeyVault>(services, l10n.t("Can't list the key vaults"), async () => {
      const { keyVaults, regions } = await services.azure.get();
      const [vaults, geographies] = await Promise.all([
        keyVaults.list(subscriptionIds, signal),
        tryRead(regions.listGeographies(source.subscriptionId, signal), signal),
      ]);
      return standbyVaults(source, vaults.items, geographies).map(vaultItem);
    });
  return pick<KeyVault>(context.ui, items, {
    title: l10n.t('Add Standby Key'),
    placeHolder: l10n.t('Select the second vault, in the same subscription and geography as "{0}"', source.name),
    loadingPlaceHolder: l10n.t('Loading key vaults…'),
    noPicksMessage: l10n.t('There is no other key vault'),
  });
}

const ofHsm = (): string =>
  l10n.t('The key is in a managed HSM, which copies its keys to other regions itself: use its replication.');

/** A vault with a problem can't be chosen. */
function vaultItem({ vault, problem, note }: StandbyVault): Item<KeyVault> {
  if (problem !== undefined) return actionItem('circle-slash', vault.name, () => undefined, problem);
  return {
    label: vault.name,
    iconPath: new ThemeIcon('archive'),
    description: [vault.location, note].filter(Boolean).join(' · '),
    detail: l10n.t('resource group {0}', vault.resourceGroup),
    group: '',
    data: vault,
  };
}

/** Shows how to copy the key, and waits until the second vault has it. @returns false if the user gives up, or a copy is impossible */
async function waitForCopy(services: Services, standby: Standby): Promise<boolean> {
  const { target, key } = standby;
  let state = await copyState(services, standby);
  if (state === 'missing')
    await showMarkdown(l10n.t('Standby key of {0}', standby.server.name), standbyDocument(standby));
  let text = l10n.t('Run the command to copy the key "{0}" to "{1}", then choose Continue.', key.name, target.name);
  while (state === 'missing') {
    const isContinued = await notify<boolean>(
      'info',
      text,
      { title: l10n.t('Continue'), run: () => true },
      { title: l10n.t('Copy Command'), run: () => copyText(standbyCommand(standby)).then(() => false) },
    );
    if (isContinued === undefined) return false;
    if (isContinued) {
      state = await copyState(services, standby);
      text = l10n.t(
        '"{0}" doesn\'t have the key "{1}" yet. Run the command, then choose Continue.',
        target.name,
        key.name,
      );
    }
  }
  if (state === 'otherKey') {
    void notify(
      'warning',
      l10n.t(
        '"{0}" has another key with the name "{1}". Azure doesn\'t restore a backup over it. Choose another vault, or rotate to a key with a new name.',
        target.name,
        key.name,
      ),
    );
  }
  return state === 'there';
}

/** Whether the second vault has the version of the key, another key with its name, or none. */
async function copyState(
  services: Services,
  { target, key }: Standby,
): Promise<'there' | 'otherKey' | 'missing' | undefined> {
  const { keyVaults } = await services.azure.get();
  const title = l10n.t('Looking for the key "{0}" in "{1}"…', key.name, target.name);
  return readWithProgress(services, title, async ({ signal }) => {
    const has = (version?: string): Promise<boolean> =>
      keyVaults.getKey(target, key.name, version, signal).then(
        () => true,
        (error: unknown) => {
          if (isArmError(error) && hasCode(error, 'KeyNotFound', 'ResourceNotFound')) return false;
          throw error;
        },
      );
    if (await has(key.version)) return 'there';
    return (await has()) ? 'otherKey' : 'missing';
  });
}
