import { l10n, ThemeIcon } from 'vscode';
import { sameId } from '../../core/armId';
import type { KeyIdentifier, KeyVault, VaultKey } from '../../core/vaultModel';
import type { Services } from '../services';
import { pick, pickSome, type Item } from '../quickPick';
import { required, targetsText, type KeyChoice, type Question } from './answers';
import { browsing } from './vaultPrompt';
import { vaultKeyPicks } from './vaultKeyPicks';

export const pickKey = ({ azure, cloud }: Services): Question => ({
  id: 'key',
  needed: (answers) => browsing(answers) && answers.keyChoice === undefined,
  async ask(ui, answers, { earlier }) {
    const vault = required(answers.vault);
    const isAvoided = (choice: KeyChoice): boolean =>
      choice.kind === 'one' && isKeyOf(vault, choice.key.name, earlier.avoided);
    const items = async (signal: AbortSignal): Promise<Item<KeyChoice>[]> => {
      const { keyVaults } = await azure.get();
      const keys = await keyVaults.listKeys(vault, signal);
      const picks = vaultKeyPicks(keys, ({ name }) => name, cloud()).map((item) => ({
        ...item,
        data: { kind: 'one' as const, key: item.data },
      }));
      return [
        // The key that didn't work comes last.
        ...picks.filter(({ data }) => !isAvoided(data)),
        ...picks.filter(({ data }) => isAvoided(data)),
        ...otherChoices(vault, keys, answers.checkOnly ?? false),
      ];
    };
    const options = {
      placeHolder: l10n.t('Select the key for {0}', targetsText(answers)),
      loadingPlaceHolder: l10n.t('Loading keys…'),
    };
    const wasChosen = (choice: KeyChoice) => isSame(choice, earlier.keyChoice) && !isAvoided(choice);
    answers.keyChoice = await pick<KeyChoice>(ui, items, options, wasChosen);
  },
});

/** Asks for one of the keys that the vault has. */
export const pickVaultKey = ({ azure, cloud }: Services): Question => ({
  id: 'key',
  needed: (answers) => browsing(answers) && answers.keyChoice === undefined,
  async ask(ui, answers) {
    const vault = required(answers.vault);
    const { keyVaults } = await azure.get();
    const items = async (signal: AbortSignal) =>
      vaultKeyPicks(await keyVaults.listKeys(vault, signal), ({ name }) => name, cloud());
    const key = await pick<VaultKey>(ui, items, {
      placeHolder: l10n.t('Select the key for {0}', targetsText(answers)),
      loadingPlaceHolder: l10n.t('Loading keys…'),
    });
    answers.keyChoice = { kind: 'one', key };
  },
});

const isKeyOf = (vault: KeyVault, name: string, key: KeyIdentifier | undefined): boolean =>
  sameId(key?.vault, vault.name) && key?.kind === vault.kind && sameId(key.name, name);

const isSame = (one: KeyChoice, other: KeyChoice | undefined): boolean =>
  one.kind === 'one' && other?.kind === 'one' ? one.key.uri === other.key.uri : one.kind === other?.kind;

function otherChoices({ name }: KeyVault, among: readonly VaultKey[], checkOnly: boolean): Item<KeyChoice>[] {
  const create = {
    label: l10n.t('Create key in "{0}"…', name),
    iconPath: new ThemeIcon('add'),
    group: '',
    data: { kind: 'new' as const, among },
  };
  const several = {
    label: l10n.t('Select several keys…'),
    iconPath: new ThemeIcon('checklist'),
    description: l10n.t('the newest enabled version of each'),
    group: '',
    data: { kind: 'several' as const, among },
  };
  return [...(checkOnly ? [] : [create]), ...(among.length > 1 ? [several] : [])];
}

export const pickKeys = ({ cloud }: Services): Question => ({
  id: 'keys',
  needed: ({ keyChoice, several }) => keyChoice?.kind === 'several' && several === undefined,
  async ask(ui, answers, { earlier }) {
    const choice = required(answers.keyChoice);
    const among = choice.kind === 'one' ? [] : choice.among;
    const before = new Set(earlier.several?.map(({ uri }) => uri));
    const items = () =>
      Promise.resolve(
        vaultKeyPicks(among, ({ name }) => name, cloud()).map((item) => ({
          ...item,
          picked: before.has(item.data.uri),
        })),
      );
    answers.several = await pickSome(ui, items, {
      placeHolder: l10n.t('Select the keys'),
      none: l10n.t('No key is selected. Select the check box of at least one key.'),
    });
  },
});
