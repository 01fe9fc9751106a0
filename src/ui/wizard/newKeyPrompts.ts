import { l10n, ThemeIcon } from 'vscode';
import { newKeyKinds, newKeyNameProblem, type NewKeyKind } from '../../core/keys/keyChoice';
import type { Services } from '../services';
import { enterText, pick } from '../quickPick';
import { required, type CreateServerKeyAnswers, type Question } from './answers';

const creatingKey = ({ keyChoice, newKey }: CreateServerKeyAnswers): boolean =>
  keyChoice?.kind === 'new' && newKey === undefined;

export const enterNewKeyName = ({ cloud }: Services): Question => ({
  id: 'newKeyName',
  needed: (answers) => creatingKey(answers) && answers.newKeyName === undefined,
  async ask(ui, answers, { earlier }) {
    const vault = required(answers.vault);
    const taken = answers.keyChoice?.kind === 'new' ? answers.keyChoice.among.map(({ name }) => name) : [];
    const check = (name: string) => newKeyNameProblem(name, vault, taken, cloud());
    const prompt = l10n.t(
      'Enter a name for the new key in "{0}". Nothing is created until you confirm the summary.',
      vault.name,
    );
    answers.newKeyName = await enterText(ui, { prompt, value: earlier.newKeyName ?? '' }, check);
  },
});

export const pickNewKeyKind = (): Question => ({
  id: 'newKeyKind',
  needed: creatingKey,
  async ask(ui, answers, { earlier }) {
    const vault = required(answers.vault);
    const name = required(answers.newKeyName);
    const items = newKeyKinds(vault).map((kind, i) => ({
      label: `${kind.keyType} ${kind.keySize}`,
      iconPath: new ThemeIcon('key'),
      description: i === 0 ? l10n.t('recommended') : '',
      detail: protection(kind),
      data: kind,
    }));
    const options = { placeHolder: l10n.t('Select the type and size of the key "{0}"', name) };
    const { newKey } = earlier;
    const kind = await pick<NewKeyKind>(
      ui,
      () => Promise.resolve(items),
      options,
      ({ keyType, keySize }) => keyType === newKey?.keyType && keySize === newKey.keySize,
    );
    answers.newKey = { vault, name, ...kind };
  },
});

const protection = ({ keyType }: NewKeyKind): string =>
  keyType === 'RSA-HSM' ? l10n.t('Protected by a hardware security module') : l10n.t('Protected by software');
