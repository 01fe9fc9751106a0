import { l10n, ThemeIcon } from 'vscode';
import { idKey, sameId } from '../../core/armId';
import type { SqlServer, Subscription } from '../../core/model';
import type { KeyVault } from '../../core/vaultModel';
import { allSubscriptions } from '../allSubscriptions';
import { failureItems, orProblem } from '../failures/listProblems';
import type { Services } from '../services';
import { actionItem, pick, retryItem, type Item } from '../quickPick';
import { required, targetsText, type CreateServerKeyAnswers, type Question } from './answers';
import { subscriptionNames } from './serverPicks';

/** True even before the source is known: most users browse, so the step count of the first question includes these questions. */
export const browsing = ({ source, keys, newKey }: CreateServerKeyAnswers): boolean =>
  source !== 'paste' && source !== 'likely' && keys === undefined && newKey === undefined;

export const pickVault = (services: Services): Question => ({
  id: 'vault',
  needed: (answers) => browsing(answers) && answers.vault === undefined,
  async ask(ui, answers, { earlier }) {
    const servers = required(answers.servers);
    const label = (tenant: string) =>
      tenant ? l10n.t('Can\'t list the key vaults of "{0}"', tenant) : l10n.t("Can't list the key vaults");
    const items = (signal: AbortSignal) =>
      orProblem<KeyVault>(services, label(''), async () => {
        const { subscriptions, failures: unread } = await allSubscriptions(services, signal);
        const { keyVaults } = await services.azure.get();
        const ids = subscriptions.map(({ id }) => id);
        const { items: vaults, failures } = await keyVaults.list(ids, signal);
        const problems = failureItems(services, [...unread, ...failures], label);
        return [
          ...vaultPicks(vaults, subscriptions, servers, recentVaults(services)),
          ...(vaults.length > 0 || problems.length > 0 ? problems : noVaultItems(subscriptions.length)),
        ];
      });
    const options = {
      placeHolder: l10n.t('Select the key vault or managed HSM for {0}', targetsText(answers)),
      loadingPlaceHolder: l10n.t('Loading key vaults…'),
    };
    answers.vault = await pick<KeyVault>(ui, items, options, ({ id }) => sameId(id, earlier.vault?.id));
  },
});

/** Recently used vaults first, then those in the servers' subscriptions, then the others by subscription. */
function vaultPicks(
  vaults: readonly KeyVault[],
  subscriptions: readonly Subscription[],
  servers: readonly SqlServer[],
  recent: readonly string[],
): Item<KeyVault>[] {
  const own = new Set(servers.map(({ subscriptionId }) => idKey(subscriptionId)));
  const names = subscriptionNames(subscriptions);
  const nameOf = ({ subscriptionId }: KeyVault) => names(subscriptionId);
  const recency = ({ id }: KeyVault) => recent.findIndex((other) => sameId(other, id));
  const isOwn = ({ subscriptionId }: KeyVault) => own.has(idKey(subscriptionId));
  const rank = (vault: KeyVault) => (recency(vault) >= 0 ? recency(vault) : recent.length + (isOwn(vault) ? 0 : 1));
  const heading = (vault: KeyVault) =>
    recency(vault) >= 0
      ? l10n.t('recently used')
      : isOwn(vault)
        ? l10n.t('subscription of the server: {0}', nameOf(vault))
        : l10n.t('subscription: {0}', nameOf(vault));
  return [...vaults]
    .sort((a, b) => rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b)))
    .map((vault) => ({
      label: vault.name,
      iconPath: new ThemeIcon(vault.kind === 'managedHsm' ? 'server-environment' : 'archive'),
      description: describeVault(vault, servers),
      detail: l10n.t('{0}, resource group {1}', nameOf(vault), vault.resourceGroup),
      group: heading(vault),
      data: vault,
    }));
}

const describeVault = (vault: KeyVault, servers: readonly SqlServer[]): string =>
  [
    vault.location,
    servers.some((server) => isElsewhere(vault, server)) ? l10n.t('in another tenant') : '',
    vault.kind === 'managedHsm' ? l10n.t('managed HSM') : '',
    vault.purgeProtection ? '' : l10n.t('purge protection is off, but TDE requires it'),
  ]
    .filter(Boolean)
    .join(' · ');

/** Says how many subscriptions have no vault that the account can read, and offers to read again. */
const noVaultItems = (subscriptions: number): Item<never>[] => [
  actionItem(
    'info',
    l10n.t('No key vaults or managed HSMs in {0} subscriptions that this account can read', subscriptions),
    () => undefined,
    l10n.t('Go back and paste a key identifier, which works without access to the vault'),
  ),
  retryItem(),
];
/** Whether a vault is known to be in another tenant than a server. */
const isElsewhere = (vault: KeyVault, server: SqlServer): boolean =>
  vault.tenantId !== undefined && server.tenantId !== undefined && !sameId(vault.tenantId, server.tenantId);

/** Maximum vaults to remember. */
const most = 5;

/** The IDs of the vaults used in the configured cloud, the most recent first. */
function recentVaults({ memory, cloud }: Services): readonly string[] {
  return memory.get<readonly string[]>(keyOf(cloud().name), []);
}

/** Puts a vault at the start of the recently used ones. */
export async function rememberVault(services: Services, id: string): Promise<void> {
  const others = recentVaults(services).filter((other) => !sameId(other, id));
  await services.memory.update(keyOf(services.cloud().name), [id, ...others].slice(0, most));
}

const keyOf = (cloud: string): string => `recentVaults.${cloud}`;
