import { l10n } from 'vscode';
import type { Creation } from '../../core/creation/creation';
import { keyIn, versionOf } from '../../core/keys/keyChoice';
import type { KeyIdentifier, NewKey } from '../../core/vaultModel';
import { hasCode } from '../../core/errors/errorCode';
import { isReadOnly } from '../configuration';
import { notifyFailure } from '../failures/notifyFailure';
import { logFailure } from '../failures/report';
import { waitForTurn } from '../operations/waitForTurn';
import { changeWithProgress } from '../progress';
import type { Services } from '../services';
import { createOne, type AsProtector } from './createOne';
import { createSeveral } from './createSeveral';
import type { AskAgain } from './offerHelp';

/** What the user has confirmed. */
export interface Confirmed {
  readonly creations: readonly Creation[];
  /** A key to create first; all creations use it. */
  readonly newKey?: NewKey | undefined;
  /** Whether the server key is to be the TDE protector afterward, if it is the only one. By default, a notification offers it. */
  readonly asProtector?: AsProtector | undefined;
  /** Asks the wizard's questions again, starting with this one. */
  readonly askAgain: (from: Parameters<AskAgain>[0] | 'newKeyName') => Promise<void>;
}

/** Creates the new key, if there is one, and then the server keys. Retrying the server keys doesn't create another key. */
export async function createConfirmed(services: Services, confirmed: Confirmed): Promise<void> {
  const { newKey, asProtector, askAgain } = confirmed;
  let { creations } = confirmed;
  const servers = creations.map(({ server }) => server);
  if (!(await waitForTurn(services, servers))) return;
  if (newKey) {
    const key = await createKey(services, newKey, confirmed);
    if (!key) return;
    creations = creations.map((creation) => ({ ...creation, key, isNew: false }));
  }
  const [first, ...others] = creations;
  if (first && others.length === 0) {
    await createOne(services, first, { askAgain, asProtector });
  } else {
    await createSeveral(services, creations, () => askAgain('pinnedVersion'));
  }
}

/** @returns undefined on Cancel or after a failure, which has been shown */
async function createKey(services: Services, newKey: NewKey, confirmed: Confirmed): Promise<KeyIdentifier | undefined> {
  const { name, vault } = newKey;
  const { keyVaults } = await services.azure.get();
  try {
    const { isCanceled, end } = await changeWithProgress(
      services,
      l10n.t('Creating the key "{0}" in "{1}"…', name, vault.name),
      () =>
        l10n.t('Stopped waiting. Azure may still create the key "{0}" in "{1}", but no server key.', name, vault.name),
      () => keyVaults.createKey(newKey),
    );
    const key = await end;
    return isCanceled ? undefined : keyIn(vault, name, newKey.versionless ? undefined : versionOf(key));
  } catch (error) {
    const diagnosis = logFailure(services, error);
    const best = hasCode(diagnosis, 'KeyAlreadyExists')
      ? { title: l10n.t('Choose Another Name…'), run: () => confirmed.askAgain('newKeyName') }
      : { title: l10n.t('Try Again'), run: () => createConfirmed(services, confirmed) };
    await notifyFailure(services, diagnosis, ...(isReadOnly() ? [] : [best]));
    return undefined;
  }
}
