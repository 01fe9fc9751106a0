import type { IActionContext } from '@microsoft/vscode-azext-utils';
import pMap from 'p-map';
import { l10n } from 'vscode';
import { lastSegment, sameId } from '../../core/armId';
import type { Creation } from '../../core/creation/creation';
import { knownError } from '../../core/errors/errorCode';
import type { Finding } from '../../core/errors/finding';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import { serverKeyName, shortServerKeyName } from '../../core/keys/serverKeyName';
import type { SqlServer } from '../../core/model';
import type { KeyIdentifier } from '../../core/vaultModel';
import { missingOf, serverOf, type RunItem } from '../../core/operations/change';
import { endedWith, type Entry } from '../../core/operations/entry';
import { describeChange, describeCheck } from '../../core/operations/operationTexts';
import { createConfirmed } from '../creation/createConfirmed';
import { fixAgain } from '../fixes/fixAgain';
import { runFix } from '../fixes/runFix';
import { confirm, notify } from '../messages';
import { listPlans } from '../plans/planStore';
import { askAndRun } from '../plans/runPlan';
import { readAgain } from '../operations/knownEnd';
import { readWithProgress } from '../progress';
import { createFor } from './createServerKey';
import { deleteServerKey } from './deleteServerKey';
import { noArgs, type CommandServices } from './handler';

const parallel = 4;

/** Runs what is left of a plan, with the user's consent. */
export async function continuePlan(services: CommandServices, { id }: Entry): Promise<void> {
  const plans = await listPlans(services.storage, services.cloud());
  const plan = plans.find((one) => one.id === id);
  if (plan) await askAndRun(services, plan);
  else void notify('warning', l10n.t('The plan is no longer kept. Create a new plan for the steps that are left.'));
}

/** Reads which server keys of a run exist, shows it, and creates the others with the user's consent. */
export async function continueRun(services: CommandServices, context: IActionContext, entry: Entry): Promise<void> {
  const azure = await services.azure.get();
  const { items = [] } = entry.change;
  const title = l10n.t('Reading which server keys exist…');
  const missing = await readWithProgress(services, title, ({ signal }) => missingOf(azure, items, signal));
  if (!missing) return;
  if (missing.length === 0) {
    await (await services.journal.get()).save(endedWith(entry, undefined, Date.now()));
    void notify('info', l10n.t('All {0} server keys exist.', items.length));
    return;
  }
  const done = items.filter((item) => !missing.includes(item));
  const lines = (some: readonly RunItem[]) =>
    some.map(({ server, keyIdentifier }) => {
      const key = shortServerKeyName(serverKeyName(keyOf(services, keyIdentifier)));
      return l10n.t('"{0}" on "{1}"', key, lastSegment(server));
    });
  const detail = [
    ...(done.length > 0 ? [l10n.t('Already there:'), ...lines(done), ''] : []),
    l10n.t('Missing:'),
    ...lines(missing),
  ].join('\n');
  const question =
    missing.length === 1
      ? l10n.t('Create the missing server key?')
      : l10n.t('Create the {0} missing server keys?', missing.length);
  if (!(await confirm(question, detail, l10n.t('Create the Rest')))) return;
  const creations = await pMap(missing, (item) => creationOf(services, item), { concurrency: parallel });
  const [first] = creations;
  if (!first) return;
  const servers = creations.map(({ server }) => server);
  await createConfirmed(services, { creations, askAgain: () => createFor(services, context, { servers }, first.key) });
}

async function creationOf(services: CommandServices, { server, keyIdentifier }: RunItem): Promise<Creation> {
  return { server: await readServer(services, server), key: keyOf(services, keyIdentifier) };
}

async function readServer(services: CommandServices, resource: string): Promise<SqlServer> {
  const place = serverOf({ resource });
  if (!place) throw new Error(`Not the ARM ID of a server: ${resource}`);
  return (await services.azure.get()).sqlServers.get(place);
}

function keyOf(services: CommandServices, keyIdentifier: string): KeyIdentifier {
  const parsed = parseKeyIdentifier(keyIdentifier, services.cloud());
  if (parsed.ok) return parsed.key;
  throw new Error(parsed.message);
}

/** Reads whether the change is there. If it isn't, asks for consent to make it again, as the first time. */
export async function tryAgain(services: CommandServices, context: IActionContext, entry: Entry): Promise<void> {
  const { change } = entry;
  const checked = await readAgain(services, entry);
  if (!checked) return;
  if (checked.state === 'succeeded') {
    void notify('info', describeCheck(checked));
  } else if (change.kind === 'createServerKey') {
    const server = await readServer(services, change.resource);
    await createFor(services, context, { servers: [server] }, keyOf(services, change.keyIdentifier ?? ''));
  } else if (change.kind === 'deleteServerKey') {
    await deleteAgain(services, context, entry);
  } else {
    await applyAgain(services, entry);
  }
}

async function applyAgain(services: CommandServices, entry: Entry): Promise<void> {
  const text = describeChange(entry.change);
  const fix = await fixAgain(await services.azure.get(), entry.change);
  if (!fix) {
    void notify(
      'warning',
      l10n.t("No longer possible: {0}. The resource no longer exists, or your account can't see it.", text),
    );
    return;
  }
  const finding: Finding = { outcome: 'fail', text: l10n.t('Azure has not made the change: {0}', text), codes: [] };
  const { isFixed } = await runFix(services, { fix, finding }, () => Promise.resolve(false));
  if (isFixed) void notify('info', describeCheck({ ...entry, state: 'succeeded' }));
}

async function deleteAgain(services: CommandServices, context: IActionContext, { change }: Entry): Promise<void> {
  const server = serverOf(change);
  const row = server && (await services.tree.findServer(server));
  if (row) services.tree.refresh(row);
  const rows = row ? await services.tree.rowsBelow(row) : [];
  const key = rows.find((one) => one.kind === 'serverKey' && sameId(one.key.id, change.resource));
  const operation = { name: 'find SQL server', resource: change.resource };
  if (!key) throw knownError({ code: 'ParentResourceNotFound', message: '', operation });
  await deleteServerKey(services)(context, { ...noArgs, row: key });
}
