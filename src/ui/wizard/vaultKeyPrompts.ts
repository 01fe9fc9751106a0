import { l10n } from 'vscode';
import { ArmError } from '../../core/armError';
import { parseKeyIdentifier } from '../../core/keyIdentifier';
import type { KeyVault } from '../../core/model';
import type { Services } from '../services';
import { given, pick, type CreateServerKeyAnswers, type Question } from './answers';
import { vaultKeyPicks } from './vaultKeyPicks';

/** Also before the source is known, so that the first question counts these too: browsing is what most will do. */
const browsing = ({ source, key }: CreateServerKeyAnswers): boolean => source !== 'paste' && key === undefined;

export const pickSubscription = ({ inventory }: Services): Question => ({
  id: 'subscription',
  needed: browsing,
  async ask(ui, answers) {
    const own = answers.server?.subscriptionId;
    const items = async () => {
      const { subscriptions } = await inventory.get();
      return [...subscriptions]
        .sort((a, b) => Number(b.id === own) - Number(a.id === own))
        .map((subscription) => ({
          label: subscription.name,
          description: subscription.id === own ? l10n.t('subscription of the server') : '',
          detail: subscription.id,
          data: subscription,
        }));
    };
    answers.subscription = await pick(ui, items, {
      placeHolder: l10n.t('Select the subscription of the key vault'),
      loadingPlaceHolder: l10n.t('Loading subscriptions…'),
    });
  },
});

export const pickVault = ({ azure }: Services): Question => ({
  id: 'vault',
  needed: browsing,
  async ask(ui, answers) {
    const subscription = given(answers.subscription);
    const items = async (signal: AbortSignal) => {
      const { keyVaults } = await azure.get();
      return (await keyVaults.list([subscription.id], signal)).items.map(vaultPick);
    };
    answers.vault = await pick(ui, items, {
      placeHolder: l10n.t('Select the key vault or managed HSM'),
      loadingPlaceHolder: l10n.t('Loading key vaults…'),
      noPicksMessage: l10n.t('No key vault or managed HSM in "{0}"', subscription.name),
    });
  },
});

function vaultPick(vault: KeyVault) {
  const facts = [
    vault.location,
    vault.kind === 'managedHsm' ? l10n.t('managed HSM') : '',
    vault.purgeProtection ? '' : l10n.t('purge protection off: TDE needs it'),
  ];
  return {
    label: vault.name,
    description: facts.filter(Boolean).join(' · '),
    detail: l10n.t('Resource group {0}', vault.resourceGroup),
    data: vault,
  };
}

export const pickKey = ({ azure }: Services): Question => ({
  id: 'key',
  needed: browsing,
  async ask(ui, answers) {
    const vault = given(answers.vault);
    const items = async (signal: AbortSignal) => {
      const { keyVaults } = await azure.get();
      return vaultKeyPicks(await keyVaults.listKeys(vault, signal), ({ name }) => name);
    };
    answers.vaultKey = await pick(ui, items, {
      placeHolder: l10n.t('Select the key'),
      loadingPlaceHolder: l10n.t('Loading keys…'),
      noPicksMessage: l10n.t('No key in "{0}"', vault.name),
    });
  },
});

export const pickVersion = ({ azure, cloud }: Services): Question => ({
  id: 'version',
  needed: browsing,
  async ask(ui, answers) {
    const { name } = given(answers.vaultKey);
    const vault = given(answers.vault);
    const items = async (signal: AbortSignal) => {
      const { keyVaults } = await azure.get();
      const versions = await keyVaults.listVersions(vault, name, signal);
      return vaultKeyPicks(versions, ({ uri }) => uri.slice(uri.lastIndexOf('/') + 1));
    };
    const version = await pick(ui, items, {
      placeHolder: l10n.t('Select the version of "{0}", newest first', name),
      loadingPlaceHolder: l10n.t('Loading versions…'),
    });
    const result = parseKeyIdentifier(version.uri, cloud());
    if (!result.ok) {
      // Only the settings can be at odds with an address that Key Vault gives itself.
      throw new ArmError({ code: 'InvalidSettings', message: result.message });
    }
    answers.key = result.key;
  },
});
