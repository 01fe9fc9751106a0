import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { isSameKey } from '../../core/keys/sameKey';
import { keyIn, versionOf } from '../../core/keys/keyChoice';
import { formatKeyIdentifier } from '../../core/keys/keyIdentifier';
import { readRotationGroup, type ReadServer } from '../../core/plan/rotationGroup';
import { rotationPlan } from '../../core/plan/rotationPlan';
import type { KeyIdentifier } from '../../core/vaultModel';
import { allSubscriptions } from '../allSubscriptions';
import { notify } from '../messages';
import { checkKeys } from '../plans/checkKeys';
import { newPlan } from '../handOver/savePlan';
import { offerPlan } from '../plans/offerPlan';
import { readWithProgress } from '../progress';
import { pickAction } from '../quickPick';
import type { Services } from '../services';
import type { CreateServerKeyAnswers } from '../wizard/answers';
import { pickVaultKey } from '../wizard/keyPrompts';
import { runWizard } from '../wizard/runWizard';
import { pickVault } from '../wizard/vaultPrompt';
import type { Handler } from './handler';
import { askForLogicalServer } from './targets';

/** Plans new TDE protectors for a server and the servers that share its current one, with one vault for each server. Changes nothing. */
export const moveToVault: Handler = (services) => async (context, args) => {
  const server = await askForLogicalServer(services, context, args, l10n.t('Move to Another Vault'));
  const reading = l10n.t('Reading the servers that replicate with "{0}"…', server.name);
  const group = await readWithProgress(services, reading, async ({ signal }) => {
    const ids = (await allSubscriptions(services, signal)).subscriptions.map(({ id }) => id);
    return readRotationGroup(await services.azure.get(), server, ids, signal);
  });
  if (!group) return;
  if ('problem' in group) {
    void notify('warning', group.problem);
    return;
  }
  const [first, ...others] = group.servers;
  const key = await askForKey(services, context, first);
  const keyIdentifier = formatKeyIdentifier(key);
  const keys = [key];
  const ownKeys: { server: string; keyIdentifier: string }[] = [];
  for (const other of others.filter(({ protector }) => isSameKey(protector, first.protector))) {
    const own = await askForOwnKey(services, context, other, key);
    if (!own) return;
    if (own === key) continue;
    keys.push(own);
    ownKeys.push({ server: other.server.id, keyIdentifier: formatKeyIdentifier(own) });
  }
  const checking = l10n.t('Checking the new keys for "{0}"…', server.name);
  const findings = await readWithProgress(services, checking, ({ signal }) =>
    checkKeys(services, group.servers, keys, signal),
  );
  if (!findings) return;
  const { type, autoRotation } = first.protector;
  const rotates = type === 'serviceManaged' || autoRotation;
  await offerPlan(services, newPlan(services, rotationPlan(group.servers, keyIdentifier, rotates, ownKeys)), findings);
};

/** Asks whether a replica gets the same key or its own key. @returns undefined on Esc */
async function askForOwnKey(
  services: Services,
  context: IActionContext,
  of: ReadServer,
  key: KeyIdentifier,
): Promise<KeyIdentifier | undefined> {
  const title = l10n.t('Move "{0}" to Another Vault', of.server.name);
  return pickAction(services, title, l10n.t('Select the vault for "{0}", in {1}', of.server.name, of.server.location), [
    { title: l10n.t('The same key, in "{0}"', key.vault), run: () => Promise.resolve(key) },
    { title: l10n.t('A key in another vault…'), run: () => askForKey(services, context, of) },
  ]);
}

/** Asks for a vault and one of its keys. @returns the newest version */
async function askForKey(services: Services, context: IActionContext, { server }: ReadServer): Promise<KeyIdentifier> {
  const { vault, keyChoice } = await runWizard<CreateServerKeyAnswers>(context, {
    title: () => l10n.t('Move "{0}" to Another Vault', server.name),
    given: { servers: [server] },
    prompts: [pickVault(services), pickVaultKey(services)],
  });
  if (!vault || keyChoice?.kind !== 'one') throw new Error('No key was picked');
  const { keyVaults } = await services.azure.get();
  const { name } = keyChoice.key;
  return keyIn(vault, name, versionOf(await keyVaults.getKey(vault, name)));
}
