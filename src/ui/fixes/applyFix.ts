import { env, l10n, ProgressLocation, window } from 'vscode';
import { describeChange, encryptionUser, requestFor, type Change } from '../../core/checks/describeFix';
import type { Azure } from '../../core/ports';
import { logFailure, notifyFailure } from '../failures/report';
import type { Services } from '../services';

/**
 * Shows exactly what a change would do, and makes it only then. Who lacks the right to make it gets the command, and a text for
 * somebody who has it.
 * @param reason why it is needed, one sentence
 * @returns whether it has been made
 */
export async function makeChange(services: Services, change: Change, reason: string): Promise<boolean> {
  const { question, detail, verb, progress: title, command } = describeChange(change);
  if ((await window.showWarningMessage(question, { modal: true, detail }, verb)) !== verb) return false;
  try {
    const azure = await services.azure.get();
    await window.withProgress({ location: ProgressLocation.Notification, title }, () => make(azure, change));
    return true;
  } catch (error) {
    const diagnosis = logFailure(services, error);
    await notifyFailure(
      services.log,
      diagnosis,
      { title: l10n.t('Copy Request'), run: () => env.clipboard.writeText(requestFor(change, reason)) },
      { title: l10n.t('Copy Command'), run: () => env.clipboard.writeText(command) },
    );
    return false;
  }
}

async function make({ sqlServers, access, keyVaults }: Azure, change: Change): Promise<void> {
  switch (change.kind) {
    case 'assignIdentity':
      await sqlServers.assignIdentity(change.server);
      return;
    case 'grantRole':
      return access.grantRole(change.principalId, encryptionUser.id, change.scope);
    case 'addAccessPolicy': {
      const { vault, tenantId, principalId: objectId, missing: keyPermissions } = change;
      return keyVaults.addAccessPolicy(vault, { tenantId, objectId, keyPermissions });
    }
    case 'enablePurgeProtection':
      return keyVaults.enablePurgeProtection(change.vault);
    case 'allowTrustedServices':
      return keyVaults.allowTrustedServices(change.vault);
  }
}
