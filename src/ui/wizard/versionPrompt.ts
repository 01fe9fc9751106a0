import { l10n, ThemeIcon } from 'vscode';
import type { Cloud } from '../../core/clouds';
import { keyIn, latestVersion, versionOf, type ChosenKey } from '../../core/keys/keyChoice';
import { formatKeyIdentifier } from '../../core/keys/keyIdentifier';
import { keySuitability } from '../../core/keys/keySuitability';
import type { KeyVault, VaultKey } from '../../core/vaultModel';
import type { Services } from '../services';
import { pick, type Item } from '../quickPick';
import { needsVersion, required, type Question } from './answers';
import { browsing } from './vaultPrompt';
import { vaultKeyPicks } from './vaultKeyPicks';

export const pickVersion = ({ azure, cloud }: Services): Question => ({
  id: 'version',
  needed: (answers) => browsing(answers) && (answers.keyChoice === undefined || answers.keyChoice.kind === 'one'),
  async ask(ui, answers, { earlier }) {
    const vault = required(answers.vault);
    const { keyChoice } = answers;
    const name = keyChoice?.kind === 'one' ? keyChoice.key.name : '';
    const items = async (signal: AbortSignal): Promise<Item<ChosenKey>[]> => {
      const { keyVaults } = await azure.get();
      const versions = await keyVaults.listVersions(vault, name, signal);
      const picks = versionPicks(versions, vault, name, cloud());
      return needsVersion(answers) ? picks.filter(({ data }) => data?.id.version !== undefined) : picks;
    };
    const options = {
      placeHolder: l10n.t('Select the version of "{0}", newest first', name),
      loadingPlaceHolder: l10n.t('Loading versions…'),
    };
    const before = earlier.keys?.[0] && formatKeyIdentifier(earlier.keys[0].id);
    const avoided = earlier.avoided && formatKeyIdentifier(earlier.avoided);
    const wasChosen = (uri: string) => uri === before && uri !== avoided;
    answers.keys = [await pick<ChosenKey>(ui, items, options, ({ id }) => wasChosen(formatKeyIdentifier(id)))];
  },
});

/** "Always the latest version" comes first only if TDE can use the latest version. */
function versionPicks(versions: readonly VaultKey[], vault: KeyVault, name: string, cloud: Cloud): Item<ChosenKey>[] {
  const pinned = vaultKeyPicks(versions, versionOf, cloud).map((item) => ({
    ...item,
    data: { id: keyIn(vault, name, versionOf(item.data)), facts: item.data },
  }));
  const latest = latestVersion(versions);
  const { suitable, reasons } = latest
    ? keySuitability(latest, new Date(), cloud)
    : { suitable: false, reasons: [l10n.t('the key has no version')] };
  const versionless = {
    label: l10n.t('Always the latest version'),
    iconPath: new ThemeIcon(suitable ? 'sync' : 'circle-slash'),
    description: latest ? l10n.t('currently {0}', versionOf(latest).slice(0, 4) + '…') : '',
    detail: suitable
      ? l10n.t('Without a version; the summary explains the consequences')
      : l10n.t('Not suitable: {0}', reasons.join(', ')),
    data: { id: keyIn(vault, name), ...(latest && { facts: latest }) },
  };
  return suitable ? [versionless, ...pinned] : [...pinned, versionless];
}
