import { l10n, ThemeIcon } from 'vscode';
import { parseKeyIdentifier } from '../../core/keyIdentifier';
import { serverKeyName } from '../../core/serverKeyName';
import type { Services } from '../services';
import { serverPicks } from './serverPicks';
import { given, pick, type Question } from './answers';
import { pickKey, pickSubscription, pickVault, pickVersion } from './vaultKeyPrompts';

export function createServerKeyPrompts(services: Services): Question[] {
  return [pickServer, pickSource, pickSubscription, pickVault, pickKey, pickVersion, enterKeyIdentifier, confirm].map(
    (question) => question(services),
  );
}

const pickServer = ({ inventory }: Services): Question => ({
  id: 'server',
  needed: ({ server }) => server === undefined,
  async ask(ui, answers) {
    const items = async () => serverPicks(await inventory.get());
    answers.server = await pick(ui, items, {
      placeHolder: l10n.t('Select the SQL server that gets the server key'),
      loadingPlaceHolder: l10n.t('Loading SQL servers…'),
      noPicksMessage: l10n.t('This account can see no SQL server'),
    });
  },
});

const pickSource = (): Question => ({
  id: 'source',
  needed: ({ key }) => key === undefined,
  async ask(ui, answers) {
    const items = [
      {
        label: l10n.t('Browse key vaults…'),
        iconPath: new ThemeIcon('list-tree'),
        detail: l10n.t('Choose the subscription, the vault or managed HSM, the key and its version'),
        data: 'browse' as const,
      },
      {
        label: l10n.t('Paste a key identifier…'),
        iconPath: new ThemeIcon('link'),
        detail: l10n.t('For a key whose address is known, also in a vault this account cannot list'),
        data: 'paste' as const,
      },
    ];
    const options = { placeHolder: l10n.t('Where is the key?') };
    answers.source = await pick<'browse' | 'paste'>(ui, () => Promise.resolve(items), options);
  },
});

const enterKeyIdentifier = ({ cloud }: Services): Question => ({
  id: 'keyIdentifier',
  needed: ({ source, key }) => source === 'paste' && key === undefined,
  async ask(ui, answers) {
    const check = (text: string) => {
      const result = parseKeyIdentifier(text, cloud());
      if (!result.ok) {
        return result.message;
      }
      // The api-versions in use take no versionless key identifier.
      return result.key.version ? undefined : l10n.t('Add the version: it follows the name of the key, after a slash.');
    };
    const text = await ui.showInputBox({
      prompt: l10n.t('Paste the key identifier, with its version, from the page of the key in the portal or from az'),
      placeHolder: `https://myvault.${cloud().vaultSuffixes[0] ?? ''}/keys/mykey/0123456789abcdef0123456789abcdef`,
      validateInput: (value) => (value === '' ? undefined : check(value)),
      asyncValidationTask: (value) => Promise.resolve(check(value)),
    });
    const result = parseKeyIdentifier(text, cloud());
    if (result.ok) {
      answers.key = result.key;
    }
  },
});

const confirm = (): Question => ({
  id: 'confirm',
  needed: () => true,
  async ask(ui, answers) {
    const key = given(answers.key);
    const server = given(answers.server);
    const item = {
      label: l10n.t('Create server key on "{0}"', server.name),
      iconPath: new ThemeIcon('check'),
      detail: serverKeyName(key),
      data: true as const,
    };
    const placeHolder = l10n.t('Check the name of the server key, then create it');
    answers.confirmed = await pick(ui, () => Promise.resolve([item]), { placeHolder });
  },
});
