import { l10n } from 'vscode';
import { describeChange, encryptionUser, type Change } from '../../core/checks/describeFix';
import type { Azure } from '../../core/ports';
import { logFailure, notifyFailure } from '../failures/report';
import { confirm } from '../messages';
import { changeWithProgress } from '../progress';
import type { Services } from '../services';

/**
 * Shows exactly what a fix changes and, with the user's consent, applies it. A failure after Cancel is still shown.
 * @returns whether it has been applied
 */
export async function applyFix(services: Services, change: Change): Promise<boolean> {
  const { question, detail, verb, progress: title } = describeChange(change);
  if (!(await confirm(question, detail, verb))) return false;
  const azure = await services.azure.get();
  const stopped = () => l10n.t('Stopped waiting. Azure may still apply the change.');
  const { isCancelled, end } = await changeWithProgress(title, stopped, () => apply(azure, change));
  if (isCancelled) {
    void end.catch((error: unknown) => notifyFailure(services.log, logFailure(services, error)));
    return false;
  }
  await end;
  return true;
}

async function apply({ sqlServers, access, keyVaults }: Azure, change: Change): Promise<void> {
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
