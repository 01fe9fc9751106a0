import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { formatKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { SqlServer } from '../../core/model';
import { notify } from '../messages';
import { readWithProgress } from '../progress';
import type { Services } from '../services';
import type { CreateServerKeyAnswers } from './answers';
import { chosenKeys } from './chosenKeys';
import { pickVaultKey } from './keyPrompts';
import { rememberKeys } from './recentKeys';
import { runWizard } from './runWizard';
import { enterKeyIdentifier, pickSource } from './sourcePrompts';
import { pickVault } from './vaultPrompt';
import { pickVersion } from './versionPrompt';

/**
 * Asks for a key of a vault and its version: a database takes no versionless key identifier.
 * @returns the key identifier; undefined on Cancel, and if the version isn't known, which is then shown
 */
export async function askForDatabaseKey(
  services: Services,
  context: IActionContext,
  server: SqlServer,
  database: string,
): Promise<string | undefined> {
  const answers = await runWizard<CreateServerKeyAnswers>(context, {
    title: () => l10n.t('Add Key to Database "{0}"', database),
    given: { servers: [server], database },
    prompts: [pickSource, pickVault, pickVaultKey, pickVersion, enterKeyIdentifier].map((ask) => ask(services)),
  });
  const reading = l10n.t('Looking for a newer version of the key…');
  const [chosen] =
    (await readWithProgress(services, reading, ({ signal }) => chosenKeys(services, answers, signal))) ?? [];
  if (!chosen) return undefined;
  if (chosen.id.version === undefined) {
    void notify('warning', l10n.t('The key of a database needs a version. Paste its key identifier with the version.'));
    return undefined;
  }
  await rememberKeys(services, [chosen.id]);
  return formatKeyIdentifier(chosen.id);
}
