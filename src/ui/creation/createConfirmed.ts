import { l10n } from 'vscode';
import type { Creation } from '../../core/creation/creation';
import { keyIn, versionOf } from '../../core/keys/keyChoice';
import type { KeyIdentifier } from '../../core/keys/keyIdentifier';
import type { NewKey } from '../../core/model';
import { hasCode } from '../../core/errors/errorCode';
import { logFailure, notifyFailure } from '../failures/report';
import type { Services } from '../services';
import { createOne, type AskAgain } from './createOne';
import { createSeveral } from './createSeveral';
import { watch } from '../progress';

/** What the user has confirmed. */
export interface Confirmed {
  readonly creations: readonly Creation[];
  /** A key to be created first; all creations are of it. */
  readonly newKey?: NewKey | undefined;
  /** Asks the questions of the wizard again from this one on. */
  readonly askAgain: (from: Parameters<AskAgain>[0] | 'newKeyName') => Promise<void>;
}

/** Creates the key, if there is one to create, then the server keys. A key that has been created is not created again. */
export async function createConfirmed(services: Services, confirmed: Confirmed): Promise<void> {
  const { newKey, askAgain } = confirmed;
  let { creations } = confirmed;
  if (newKey) {
    const key = await createKey(services, newKey, confirmed);
    if (!key) return;
    creations = creations.map((creation) => ({ ...creation, key }));
  }
  const [first, ...others] = creations;
  if (first && others.length === 0) {
    await createOne(services, first, askAgain);
  } else {
    await createSeveral(services, creations, () => askAgain('pinnedVersion'));
  }
}

/** Undefined: there is no key, and the user knows. */
async function createKey(services: Services, newKey: NewKey, confirmed: Confirmed): Promise<KeyIdentifier | undefined> {
  const { name, vault } = newKey;
  const creating = services.azure.get().then(({ keyVaults }) => keyVaults.createKey(newKey));
  const how = await watch(
    l10n.t('Creating the key "{0}" in "{1}"…', name, vault.name),
    l10n.t('Stopped. The key "{0}" may still be created in "{1}", but no server key.', name, vault.name),
    () => creating,
  );
  try {
    const key = await creating;
    return how === 'left' ? undefined : keyIn(vault, name, versionOf(key));
  } catch (error) {
    const diagnosis = logFailure(services, error);
    const best = hasCode(diagnosis, 'KeyAlreadyExists')
      ? { title: l10n.t('Choose Another Name…'), run: () => confirmed.askAgain('newKeyName') }
      : { title: l10n.t('Try Again'), run: () => createConfirmed(services, confirmed) };
    await notifyFailure(services.log, diagnosis, best);
    return undefined;
  }
}
