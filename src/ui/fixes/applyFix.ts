import { l10n } from 'vscode';
import { databaseId } from '../../core/armId';
import { describeFix, type AzureFix } from '../../core/checks/describeFix';
import { checkPrimaryIdentity } from '../../core/checks/primaryIdentityCheck';
import { encryptionUser } from '../../core/cli/commandTemplates';
import type { Finding } from '../../core/errors/finding';
import type { Change } from '../../core/operations/change';
import { isPlanned, stepOfFix } from '../../core/plan/singleStep';
import type { SqlServer } from '../../core/model';
import type { Azure } from '../../core/ports';
import { confirmProduction } from '../confirmProduction';
import { copyOrSave } from '../handOver/copyPlan';
import { showFailure } from '../failures/notifyFailure';
import { askModal, notify, withResult, type Action } from '../messages';
import { databaseObstacles } from './databaseObstacles';
import { revalidationObstacles, setObstacles } from './protectorObstacles';
import { asParagraphs, longestReadMs, noObstacles, rightsObstacles, type Obstacles } from './rightsObstacles';
import { knownEnd } from '../operations/knownEnd';
import { waitForTurn } from '../operations/waitForTurn';
import { changeWithProgress } from '../progress';
import type { Services } from '../services';

/** What helps with a fix that can't be applied now. */
interface Help {
  /** For someone else to apply it. */
  readonly copyRequest: Action;
  /** Fixes for what prevents it, each followed by the fix itself. They return whether that was applied. */
  readonly fixFirst: (failing: readonly Finding[]) => readonly Action<boolean>[];
}

/**
 * Shows exactly what a fix changes and, with the user's consent, applies it. A failure after Cancel is still shown.
 * @param help offered if something prevents the change
 * @param onMade called when the change has been made, also after Cancel
 * @returns whether the fix was applied
 */
export async function applyFix(
  services: Services,
  fix: AzureFix,
  help: Help,
  onMade?: () => Promise<void>,
): Promise<boolean> {
  const { question, detail, verb, progress: title } = describeFix(fix);
  const answered = services.questions.askedFromNow();
  const azure = await services.azure.get();
  const [blocked, rights] = await Promise.all([
    obstaclesOf(services, azure, fix),
    rightsObstacles(azure, fix.kind, scopesOf(fix)),
  ]);
  if (blocked === undefined) return false;
  const obstacles = blocked.text + rights;
  await answered();
  const apply = { title: verb, run: () => 'apply' as const };
  const others = [
    ...help.fixFirst(blocked.failing),
    ...handOver(services, fix),
    ...(obstacles === '' ? [] : [withResult(help.copyRequest, false)]),
  ];
  const answer = await askModal<'apply' | boolean>('warning', question, obstacles + detail, apply, ...others);
  if (answer !== 'apply') return answer ?? false;
  if (changesProtector(fix) && !(await confirmProduction(services, [fix.server]))) return false;
  if ('server' in fix && !(await waitForTurn(services, [fix.server]))) return false;
  const stopped = () => l10n.t('Stopped waiting. Azure may still apply the change.');
  const { isCanceled, end } = await changeWithProgress(services, title, stopped, () => send(azure, fix));
  const made = knownEnd(services, changeOf(fix), end).then(async (isMade) => {
    if (isMade) await onMade?.();
    return isMade;
  });
  if (!isCanceled) return made;
  void made.catch((error: unknown) => showFailure(services, error));
  return false;
}

/** Copies or saves a change that can be a plan. */
function handOver(services: Services, fix: AzureFix): readonly Action<boolean>[] {
  if (!isPlanned(fix)) return [];
  const step = stepOfFix(fix);
  return [withResult({ title: l10n.t('Copy or Save…'), run: () => copyOrSave(services, step) }, false)];
}

/** Whether a fix gives a server or a database another TDE protector. */
const changesProtector = (fix: AzureFix): fix is AzureFix & { readonly server: SqlServer } =>
  fix.kind === 'setProtector' || fix.kind === 'setDatabaseProtector' || fix.kind === 'revertDatabase';

/** The problems with a fix; undefined if it must not be applied. */
async function obstaclesOf(services: Services, azure: Azure, fix: AzureFix): Promise<Obstacles | undefined> {
  if (fix.kind === 'setPrimaryIdentity') return primaryObstacles(services, azure, fix);
  if (fix.kind === 'revalidateProtector') return revalidationObstacles(services, azure, fix);
  if ('database' in fix) return databaseObstacles(services, azure, fix);
  return fix.kind === 'setProtector' ? setObstacles(services, fix) : noObstacles;
}

/** The problems with a new primary identity. If databases would become inaccessible, shows a message and returns undefined. */
async function primaryObstacles(
  services: Services,
  azure: Azure,
  { server, identity }: Extract<AzureFix, { kind: 'setPrimaryIdentity' }>,
): Promise<Obstacles | undefined> {
  const subscriptionIds = (await services.inventory.get()).subscriptions.map(({ id }) => id);
  const where = { cloud: services.cloud(), subscriptionIds };
  const findings = await checkPrimaryIdentity(azure, server, identity, where, AbortSignal.timeout(longestReadMs));
  const lacking = findings.find(({ outcome }) => outcome === 'fail');
  if (!lacking) return { text: asParagraphs(findings), failing: [] };
  const text = l10n.t(
    'Primary identity not changed: {0}. The TDE protector of "{1}" needs it, so its databases would become inaccessible. Grant access first.',
    lacking.text,
    server.name,
  );
  void notify('warning', text);
  return undefined;
}

/** Where the account needs permissions; none if they aren't known. */
export function scopesOf(fix: AzureFix): readonly string[] {
  if ('server' in fix && !('database' in fix)) return [fix.server.id];
  if (fix.kind !== 'registerProvider') return [changeOf(fix).resource];
  return fix.namespace === 'Microsoft.Sql' ? [`/subscriptions/${fix.subscriptionId}`] : [];
}

/** The change as the journal has it. */
function changeOf(fix: AzureFix): Pick<Change, 'kind' | 'resource'> {
  const { kind } = fix;
  if (kind === 'registerProvider') {
    return { kind, resource: `/subscriptions/${fix.subscriptionId}/providers/${fix.namespace}` };
  }
  if (fix.kind === 'setProtector') return { kind, resource: fix.key.id };
  if ('database' in fix) return { kind, resource: databaseId(fix.server, fix.database.name) };
  return {
    kind,
    resource: 'server' in fix ? fix.server.id : kind === 'grantRole' ? fix.scope : fix.vault.id,
  };
}

/** Makes the change, without asking. */
export async function send(
  { sqlServers, tdeProtectors, databaseKeys, access, keyVaults, resourceProviders }: Azure,
  fix: AzureFix,
): Promise<void> {
  switch (fix.kind) {
    case 'assignIdentity':
      await sqlServers.assignIdentity(fix.server);
      return;
    case 'setPrimaryIdentity':
      await sqlServers.setPrimaryIdentity(fix.server, fix.identity.id);
      return;
    case 'setProtector':
      await tdeProtectors.set(fix.server, fix.key, fix.autoRotation);
      return;
    case 'revalidateProtector':
      return tdeProtectors.revalidate(fix.server);
    case 'assignDatabaseIdentity':
      return databaseKeys.assignIdentity(fix.server, fix.database.name, fix.identity.id);
    case 'addDatabaseKey':
      return databaseKeys.add(fix.server, fix.database.name, fix.uri);
    case 'setDatabaseProtector':
      return databaseKeys.setProtector(fix.server, fix.database.name, fix.protector);
    case 'revalidateDatabase':
      return databaseKeys.revalidate(fix.server, fix.database.name);
    case 'revertDatabase':
      return databaseKeys.revert(fix.server, fix.database.name);
    case 'registerProvider':
      return resourceProviders.register(fix.subscriptionId, fix.namespace);
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
