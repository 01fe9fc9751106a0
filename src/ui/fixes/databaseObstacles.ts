import { l10n } from 'vscode';
import { notChecked } from '../../core/checks/check';
import { checkDatabaseKey } from '../../core/checks/databaseChecks';
import type { AzureFix } from '../../core/checks/describeFix';
import { tryRead } from '../../core/checks/facts';
import { serverValues } from '../../core/cli/commands';
import type { Diagnosis } from '../../core/errors/diagnose';
import type { Finding } from '../../core/errors/finding';
import { isInaccessible } from '../../core/keys/databaseProtector';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { Azure } from '../../core/ports';
import { allSubscriptions } from '../allSubscriptions';
import { diagnoseChecked, withEvidence } from '../failures/diagnoseCreation';
import { notify } from '../messages';
import { readWithProgress } from '../progress';
import type { Services } from '../services';
import { obstaclesIn } from './protectorObstacles';
import { asParagraphs, longestReadMs, noObstacles, type Obstacles } from './rightsObstacles';

/** A change of the TDE protector of a database. */
export type DatabaseFix = Extract<AzureFix, { readonly database: unknown }>;
type Reversion = Extract<DatabaseFix, { readonly kind: 'revertDatabase' }>;

/** The problems with a change. If it makes no sense, Azure would refuse it, or the user cancels, returns undefined. */
export async function databaseObstacles(
  services: Services,
  azure: Azure,
  fix: DatabaseFix,
): Promise<Obstacles | undefined> {
  const title = l10n.t('Checking the TDE protector of "{0}"…', fix.database.name);
  if (fix.kind === 'revertDatabase') {
    const refusal = await readWithProgress(services, title, ({ signal }) => refusalOf(azure, fix, signal));
    if (refusal) void notify('warning', refusal);
    return refusal === '' ? noObstacles : undefined;
  }
  const found = await readWithProgress(services, title, ({ signal }) => checkKey(services, azure, fix, signal));
  const consequence =
    fix.kind === 'revalidateDatabase'
      ? l10n.t('Fix this first. Until then, the revalidation will probably fail.')
      : l10n.t('Fix this first. Until then, Azure will probably refuse the change.');
  if (!found) return undefined;
  const others = found.filter(({ outcome }) => outcome === 'warn' || outcome === 'unknown');
  const obstacles = obstaclesIn(found, consequence);
  return { ...obstacles, text: obstacles.text + asParagraphs(others) };
}

/** Why Azure would refuse the reversion; "" if nothing is known. Source: Azure SQL docs, "TDE with database-level customer-managed keys". */
async function refusalOf(azure: Azure, { server, database }: Reversion, signal: AbortSignal): Promise<string> {
  if (isInaccessible(database)) {
    return l10n.t(
      'TDE protector not changed: "{0}" is inaccessible and needs its current key. Revalidate it first.',
      database.name,
    );
  }
  const { type } = await azure.tdeProtectors.get(server, signal);
  return type === 'serviceManaged'
    ? ''
    : l10n.t(
        'TDE protector not changed: "{0}" can use the TDE protector of "{1}" only while that is the service-managed key. Now it is a customer-managed key.',
        database.name,
        server.name,
      );
}

/** Reads whether a database can use the key that a change adds or makes the TDE protector, or makes Azure use again; no findings without a key. */
export async function checkKey(
  services: Services,
  azure: Azure,
  fix: DatabaseFix,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const uri = keyOf(fix);
  if (uri === undefined) return [];
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longestReadMs)]);
  const cloud = services.cloud();
  const parsed = parseKeyIdentifier(uri, cloud);
  const unknown = l10n.t('Could not be checked: {0}', uri);
  if (!parsed.ok) return [{ outcome: 'unknown', text: unknown, detail: parsed.message, codes: [] }];
  const all = await tryRead(allSubscriptions(services, limited), limited);
  if (all.error) return [notChecked(uri, all.error, [])];
  const where = { cloud, now: new Date(), subscriptionIds: all.value.subscriptions.map(({ id }) => id) };
  const { server, database } = fix;
  return checkDatabaseKey(azure, { server, database: database.name, key: parsed.key }, where, limited);
}

function keyOf(fix: DatabaseFix): string | undefined {
  if (fix.kind === 'assignDatabaseIdentity') return undefined;
  if (fix.kind === 'addDatabaseKey') return fix.uri;
  return (fix.kind === 'setDatabaseProtector' ? fix.protector : fix.database.protector)?.uri;
}

/** Finds the causes of a failed change of the TDE protector of a database, and logs it. */
export function diagnoseDatabaseFix(services: Services, fix: DatabaseFix, error: unknown): Promise<Diagnosis> {
  return diagnoseChecked(services, error, async (diagnosis, isClear) => {
    if (isClear || fix.kind === 'revertDatabase') return diagnosis;
    const azure = await services.azure.get();
    const findings = await checkKey(services, azure, fix, AbortSignal.timeout(longestReadMs));
    return withEvidence(diagnosis, findings, { ...serverValues(fix.server), database: fix.database.name });
  });
}
