import { l10n, ThemeIcon } from 'vscode';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { KeyIdentifier } from '../../core/model';
import type { Services } from '../services';
import { enterText, pick } from '../quickPick';
import type { Question } from './answers';

export const pickSource = (): Question => ({
  id: 'source',
  needed: ({ source }) => source === undefined,
  async ask(ui, answers, { earlier }) {
    const items = [
      {
        label: l10n.t('Browse key vaults…'),
        iconPath: new ThemeIcon('list-tree'),
        detail: l10n.t('Choose the key vault or managed HSM, the key, and its version, or create a key'),
        data: 'browse' as const,
      },
      {
        label: l10n.t('Paste a key identifier…'),
        iconPath: new ThemeIcon('link'),
        detail: l10n.t("For a key whose identifier you know, even in a vault that this account can't list"),
        data: 'paste' as const,
      },
    ];
    const options = { placeHolder: l10n.t('Where is the key?') };
    answers.source = await pick<'browse' | 'paste'>(
      ui,
      () => Promise.resolve(items),
      options,
      (source) => source === earlier.source,
    );
  },
});

export const enterKeyIdentifier = ({ cloud }: Services): Question => ({
  id: 'keyIdentifier',
  needed: ({ source, keys }) => source === 'paste' && keys === undefined,
  async ask(ui, answers, { earlier }) {
    let key: KeyIdentifier | undefined;
    const check = (text: string) => {
      const result = parseKeyIdentifier(text, cloud());
      key = result.ok ? result.key : undefined;
      if (!result.ok) return result.message;
      return answers.versionlessRefused && result.key.version === undefined
        ? l10n.t('After the key name, add a slash and the version.')
        : undefined;
    };
    const [before] = earlier.source === 'paste' ? (earlier.keys ?? []) : [];
    const options = {
      prompt: l10n.t(
        'Paste the key identifier from the portal or Azure CLI. Without a version, the latest is always used.',
      ),
      placeHolder: `https://myvault.${cloud().vaultSuffixes[0] ?? ''}/keys/mykey/0123456789abcdef0123456789abcdef`,
      ...(before && { value: formatKeyIdentifier(before.id) }),
    };
    await enterText(ui, options, check);
    if (key) answers.keys = [{ id: key }];
  },
});
