import { isUserCancelledError } from '@microsoft/vscode-azext-utils';
import { env, l10n } from 'vscode';
import { parseArmId, sameId } from '../../core/armId';
import { describeFix, isAzureFix, requestFor, requestToRun, type AzureFix } from '../../core/checks/describeFix';
import type { Creation } from '../../core/creation/creation';
import type { Diagnosis } from '../../core/errors/diagnose';
import type { Finding } from '../../core/errors/finding';
import type { Fix } from '../../core/errors/fix';
import { formatKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { SqlServer } from '../../core/model';
import { isReadOnly } from '../configuration';
import { notifyFailure } from '../failures/notifyFailure';
import { logFailure } from '../failures/report';
import { askModal, confirm, type Action } from '../messages';
import { openPortal } from '../openPortal';
import { waitForOperation } from '../operations/waitForOperation';
import type { Services } from '../services';
import { applyFix } from './applyFix';
import { chooseIdentity, needsIdentity } from './chooseIdentity';
import { diagnoseDatabaseFix } from './databaseObstacles';
import { showDatabaseResult } from './databaseResult';
import { offerRevalidation } from './offerRevalidation';
import { diagnoseProtectorFix, isProtectorFix } from './protectorObstacles';
import { showProtectorResult } from './protectorResult';
import { offeredFixes } from './offeredFixes';
import { registrationFor } from './registration';
import { rightsObstacles } from './rightsObstacles';

export interface FixResult {
  /** Whether something has changed, so that a retry may succeed. */
  readonly isFixed: boolean;
  /** Resolves when the user has closed the notification about the failure of the fix, if there is one. */
  readonly closed?: Promise<unknown>;
}

/** Creates a server key and handles its failures. @returns whether the server has it */
export type Create = (creation: Creation) => Promise<boolean>;

/** A fix to run. The other fixes ask a question of the wizard again. */
export type Runnable = Exclude<Fix, { readonly kind: 'chooseKey' } | { readonly kind: 'chooseVersion' }>;

export const isQuestion = (fix: Fix): fix is Exclude<Fix, Runnable> =>
  fix.kind === 'chooseKey' || fix.kind === 'chooseVersion';

/** A finding and one of its fixes. */
export interface FoundFix<Kind extends Fix = Fix> {
  readonly finding: Finding;
  readonly fix: Kind;
  /** What the notification about the changed database offers. */
  readonly next?: Action;
}

/** The fixes to offer. */
export function fixesOf(findings: readonly Finding[]): readonly FoundFix[] {
  return findings.flatMap((finding) => offeredFixes(finding).map((fix) => ({ finding, fix })));
}

/** The label of a button or row. */
export function titleOf(fix: Fix): string {
  if (isAzureFix(fix)) return describeFix(fix).title;
  switch (fix.kind) {
    case 'chooseKey':
      return l10n.t('Choose Another Key…');
    case 'chooseVersion':
      return l10n.t('Choose Another Version…');
    case 'createOnReplicas':
      return l10n.t('Create on Replicas First…');
    case 'choosePrimaryIdentity':
      return l10n.t('Set Primary Identity…');
    case 'chooseDatabaseIdentity':
      return l10n.t('Assign Identity to Database…');
    case 'waitForOperation':
      return l10n.t('Wait for the Operation');
    case 'runCommand':
      return fix.title;
  }
}

/** Runs a fix, with the user's consent. A failure is logged and shown; nothing is thrown. */
export async function runFix(services: Services, found: FoundFix<Runnable>, create: Create): Promise<FixResult> {
  try {
    return { isFixed: await run(services, found, create) };
  } catch (error) {
    if (isUserCancelledError(error)) return { isFixed: false };
    if (isAzureFix(found.fix) && (isProtectorFix(found.fix) || 'database' in found.fix)) {
      const diagnosis = isProtectorFix(found.fix)
        ? await diagnoseProtectorFix(services, found.fix, error)
        : await diagnoseDatabaseFix(services, found.fix, error);
      const help = helpWith(services, found, diagnosis, create);
      return { isFixed: false, closed: notifyFailure(services, diagnosis, ...help, ...handOver(found)) };
    }
    const diagnosis = logFailure(services, error);
    return { isFixed: false, closed: notifyFailure(services, diagnosis, ...handOver(found)) };
  }
}

/** The fixes for the causes of a failure, each followed by another attempt. */
function helpWith(
  services: Services,
  failed: FoundFix<Runnable>,
  diagnosis: Diagnosis,
  create: Create,
): readonly Action[] {
  if (isReadOnly()) return [];
  const { evidence, retryMode } = diagnosis;
  const again = () => runFix(services, failed, create);
  const causes = [...registrationFor(diagnosis), ...(evidence && !evidence.isSuspicion ? evidence.found : [])];
  return [
    ...fixFirst(services, failed, causes, create),
    ...(retryMode === 'never' ? [] : [{ title: l10n.t('Try Again'), run: again }]),
  ];
}

/** The fixes for what prevents a change, each followed by the change. They return whether it was made. */
const fixFirst = (
  services: Services,
  change: FoundFix<Runnable>,
  causes: readonly Finding[],
  create: Create,
): readonly Action<boolean>[] =>
  fixesOf(causes).flatMap(({ fix, finding }) => {
    if (isQuestion(fix) || fix.kind === 'revalidateProtector') return [];
    const run = async () =>
      (await runFix(services, { fix, finding }, create)).isFixed && (await runFix(services, change, create)).isFixed;
    return [{ title: titleOf(fix), run }];
  });

async function run(services: Services, found: FoundFix<Runnable>, create: Create): Promise<boolean> {
  const { fix, finding } = found;
  if (needsIdentity(fix)) {
    const chosen = await chooseIdentity(services, fix);
    return chosen !== undefined && apply(services, { fix: chosen, finding }, create);
  }
  if (isAzureFix(fix)) return apply(services, { ...found, fix }, create);
  switch (fix.kind) {
    case 'waitForOperation':
      return waitForOperation(services, fix.server);
    case 'createOnReplicas':
      return createOnReplicas(services, fix, create);
    case 'runCommand':
      await showCommand(services, fix, finding);
      return false;
  }
}

/** Applies a fix. Afterwards shows the TDE protector that it has changed, or offers to revalidate those that depend on it. */
function apply(services: Services, found: FoundFix<AzureFix>, create: Create): Promise<boolean> {
  const { fix, finding } = found;
  const next = (server: SqlServer) => revalidate(services, server, create);
  const help = {
    copyRequest: copyRequest(fix, finding),
    // The next consent offers the next fix.
    fixFirst: (failing: readonly Finding[]) => fixFirst(services, found, failing, create).slice(0, 1),
  };
  return applyFix(services, fix, help, () => {
    if (isProtectorFix(fix)) return showProtectorResult(services, fix, next);
    if ('database' in fix) return showDatabaseResult(services, fix, found.next);
    // What comes next doesn't wait for this read.
    void offerRevalidation(services, [fix], next);
    return Promise.resolve();
  });
}

/** Makes Azure use the TDE protector of a server again, with the user's consent. A failure is logged and shown. */
export function revalidate(
  services: Services,
  server: SqlServer,
  create: Create = () => Promise.resolve(false),
): Promise<FixResult> {
  const fix = { kind: 'revalidateProtector', server } as const;
  const text = l10n.t('Databases of "{0}" may be inaccessible', server.name);
  return runFix(services, { fix, finding: { outcome: 'warn', text, codes: [] } }, create);
}

/** Copies a message to someone who has the permission. */
const copyRequest = (fix: AzureFix, { text }: Finding): Action => ({
  title: l10n.t('Copy Request'),
  run: () => env.clipboard.writeText(requestFor(fix, `${text}.`)),
});

/** What a user without the permission can copy: the request, and the command in it. */
function handOver({ fix, finding }: FoundFix): readonly Action[] {
  if (!isAzureFix(fix)) return [];
  const { command } = describeFix(fix);
  return [copyRequest(fix, finding), { title: l10n.t('Copy Command'), run: () => env.clipboard.writeText(command) }];
}

/** Creates the server key on one replica after another. Stops at the first failure. */
async function createOnReplicas(
  services: Services,
  { replicas, key }: Extract<Fix, { kind: 'createOnReplicas' }>,
  create: Create,
): Promise<boolean> {
  const answered = services.questions.askedFromNow();
  const azure = await services.azure.get();
  const ids = replicas.map(({ id }) => id);
  const detail = [
    l10n.t('Key identifier: {0}', formatKeyIdentifier(key)),
    ...replicas.map(({ name, resourceGroup }) => l10n.t('Server: {0}, resource group {1}', name, resourceGroup)),
    l10n.t('Can be undone: delete the server keys.'),
  ].join('\n');
  const question = l10n.t('Create the server key on the replicas first?');
  const obstacles = await rightsObstacles(azure, 'createOnReplicas', ids);
  await answered();
  if (!(await confirm(question, obstacles + detail, l10n.t('Create on Replicas')))) return false;
  for (const replica of replicas) {
    if (!(await create({ server: await azure.sqlServers.get(replica), key }))) return false;
  }
  return true;
}

/** Shows the command for a fix that this extension does not apply itself, and its page in the portal. */
async function showCommand(
  services: Services,
  { command, portal }: Extract<Fix, { kind: 'runCommand' }>,
  { text }: Finding,
): Promise<void> {
  const detail = [l10n.t('In Azure CLI:'), command].join('\n\n');
  const copy = { title: l10n.t('Copy Command'), run: () => env.clipboard.writeText(command) };
  const request = {
    title: l10n.t('Copy Request'),
    run: () => env.clipboard.writeText(requestToRun(command, `${text}.`)),
  };
  const open = (page: string) => ({
    title: l10n.t('Open in Portal'),
    run: async () => openPortal(services, page, await tenantOf(services, page)),
  });
  await askModal('info', `${text}.`, detail, copy, request, ...(portal === undefined ? [] : [open(portal)]));
}

/** The tenant of the subscription in a page's address. */
async function tenantOf({ inventory }: Services, portal: string): Promise<string | undefined> {
  const { subscriptionId } = parseArmId(portal.replace(/^resource/, ''));
  const { subscriptions } = await inventory.get();
  return subscriptions.find((subscription) => sameId(subscription.id, subscriptionId))?.tenantId;
}
