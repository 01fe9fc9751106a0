import { l10n } from 'vscode';
import { describeFix, type AzureFix } from '../../core/checks/describeFix';
import { encryptionUser } from '../../core/cli/commandTemplates';
import type { Azure } from '../../core/ports';
import { logFailure, notifyFailure } from '../failures/report';
import { confirm } from '../messages';
import { changeWithProgress } from '../progress';
import type { Services } from '../services';

/**
 * Shows exactly what a fix changes and, with the user's consent, applies it. A failure after Cancel is still shown.
 * @returns whether the fix was applied
 */
export async function applyFix(services: Services, fix: AzureFix): Promise<boolean> {
  const { question, detail, verb, progress: title } = describeFix(fix);
  if (!(await confirm(question, detail, verb))) return false;
  const azure = await services.azure.get();
  const stopped = () => l10n.t('Stopped waiting. Azure may still apply the change.');
  const { isCanceled, end } = await changeWithProgress(services, title, stopped, () => apply(azure, fix));
  if (isCanceled) {
    void end.catch((error: unknown) => notifyFailure(services.log, logFailure(services, error)));
    return false;
  }
  await end;
  return true;
}

async function apply({ sqlServers, access, keyVaults }: Azure, fix: AzureFix): Promise<void> {
  switch (fix.kind) {
    case 'assignIdentity':
      await sqlServers.assignIdentity(fix.server);
      return;
    case 'grantRole':
      return access.grantRole(fix.principalId, encryptionUser.id, fix.scope);
    case 'addAccessPolicy': {
      const { vault, tenantId, principalId: objectId, missing: keyPermissions } = fix;
      return keyVaults.addAccessPolicy(vault, { tenantId, objectId, keyPermissions });
    }
    case 'enablePurgeProtection':
      return keyVaults.enablePurgeProtection(fix.vault);
    case 'allowTrustedServices':
      return keyVaults.allowTrustedServices(fix.vault);
  }
}
