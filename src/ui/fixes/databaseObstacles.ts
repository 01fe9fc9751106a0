import { l10n } from 'vscode';
import type { AzureFix } from '../../core/checks/describeFix';
import type { Finding } from '../../core/errors/finding';
import { isInaccessible } from '../../core/keys/databaseProtector';
import { keyProblems } from '../../core/keys/keySuitability';
import { serverKeyNameOf, shortServerKeyName } from '../../core/keys/serverKeyName';
import type { Azure } from '../../core/ports';
import { protectorKeys } from '../../core/serverState/protectorKey';
import { allSubscriptions } from '../allSubscriptions';
import { logFailure } from '../failures/report';
import { notify } from '../messages';
import { readWithProgress } from '../progress';
import type { Services } from '../services';
import { obstaclesIn } from './protectorObstacles';
import { longestReadMs } from './rightsObstacles';

/** A change of the TDE protector of a database. */
export type DatabaseFix = Extract<AzureFix, { readonly database: unknown }>;
type Reversion = Extract<DatabaseFix, { readonly kind: 'revertDatabase' }>;

/** The problems with a change as paragraphs. If it makes no sense, Azure would refuse it, or the user cancels, returns undefined. */
export async function databaseObstacles(
  services: Services,
  azure: Azure,
  fix: DatabaseFix,
): Promise<string | undefined> {
  const title = l10n.t('Checking the TDE protector of "{0}"…', fix.database.name);
  if (fix.kind === 'revertDatabase') {
    const refusal = await readWithProgress(services, title, ({ signal }) => refusalOf(azure, fix, signal));
    if (refusal) void notify('warning', refusal);
    return refusal === '' ? '' : undefined;
  }
  const uri = fix.kind === 'setDatabaseProtector' ? fix.protector.uri : (fix.database.protector?.uri ?? '');
  const found = await readWithProgress(services, title, ({ signal }) => checkKey(services, azure, uri, signal));
  const consequence =
    fix.kind === 'revalidateDatabase'
      ? l10n.t('Fix this first. Until then, the revalidation will probably fail.')
      : l10n.t('Fix this first. Until then, Azure will probably refuse the change.');
  return found && obstaclesIn(found, consequence);
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

/** Why the database can't use a key, as far as its vault shows; none if the accounts can't see the key. */
async function checkKey(
  services: Services,
  { keyVaults }: Azure,
  uri: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longestReadMs)]);
  const name = shortServerKeyName(serverKeyNameOf(uri));
  const failure = (text: string): Finding => ({ outcome: 'fail', text, codes: [] });
  try {
    const ids = (await allSubscriptions(services, limited)).subscriptions.map(({ id }) => id);
    const vaults = keyVaults.list(ids, limited).then(({ items }) => items);
    const key = await protectorKeys(keyVaults, vaults).read(uri, limited);
    if (key === 'deleted') return [failure(l10n.t('"{0}" is deleted', name))];
    const problems = key ? keyProblems(key.version, new Date(), services.cloud()) : [];
    return problems
      .filter(({ severity }) => severity === 'refused')
      .map(({ text }) => failure(l10n.t('"{0}" is not suitable: {1}', name, text)));
  } catch (error) {
    signal.throwIfAborted();
    logFailure(services, error);
    return [];
  }
}
