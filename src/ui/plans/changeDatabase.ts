import { l10n } from 'vscode';
import { notificationText } from '../../core/errors/diagnose';
import type { KeyedDatabase, SqlServer } from '../../core/model';
import { readDatabaseGroup, type DatabaseSide } from '../../core/plan/databaseGroup';
import {
  databaseSteps,
  isStepDone,
  runDatabaseSteps,
  stepFor,
  type DatabaseRunEnd,
  type DatabaseStep,
  type WantedKey,
} from '../../core/plan/databasePlan';
import { shortKeyName } from '../../core/plan/planTexts';
import { listed } from '../../core/text';
import { allSubscriptions } from '../allSubscriptions';
import { confirmProduction } from '../confirmProduction';
import { showDetails, showFailure } from '../failures/notifyFailure';
import { send } from '../fixes/applyFix';
import { diagnoseDatabaseFix } from '../fixes/databaseObstacles';
import { runFix } from '../fixes/runFix';
import { notify, type Action } from '../messages';
import { settleBefore } from '../operations/settleBefore';
import { waitForTurn } from '../operations/waitForTurn';
import { changeWithProgress, readWithProgress } from '../progress';
import type { Services } from '../services';
import { confirmDatabaseSteps, describeStep } from './confirmDatabaseSteps';

/** A database to change. */
interface Target {
  readonly server: SqlServer;
  readonly database: Pick<KeyedDatabase, 'name'>;
}

/**
 * Adds a key to a database, or makes it the TDE protector, with the user's consent. If the database is replicated, changes its replicas
 * too, in the order that Azure requires. A failure is shown; nothing is thrown.
 * @param next offered when the key has been added
 */
export async function changeDatabase(
  services: Services,
  target: Target,
  wanted: WantedKey,
  next?: Action,
): Promise<void> {
  try {
    await readAndChange(services, target, wanted, next);
  } catch (error) {
    await showFailure(services, error);
  }
}

async function readAndChange(services: Services, target: Target, wanted: WantedKey, next?: Action): Promise<void> {
  const { name } = target.database;
  const azure = await services.azure.get();
  const reading = l10n.t('Reading the databases that replicate with "{0}"…', name);
  const group = await readWithProgress(services, reading, ({ signal }) => {
    const ids = async () => (await allSubscriptions(services, signal)).subscriptions.map(({ id }) => id);
    return readDatabaseGroup(azure, { server: target.server, database: name }, ids, signal);
  });
  if (!group) return;
  if ('problem' in group) {
    void notify('warning', group.problem);
    return;
  }
  const [own, ...replicas] = group.sides;
  const steps = databaseSteps(group.sides, wanted);
  if (steps.every((step) => isStepDone(step))) {
    void notify('info', nothingToDo(name, wanted), ...(next ? [next] : []));
    return;
  }
  const again = () => changeDatabase(services, target, wanted, next);
  if (replicas.length === 0) await changeOne(services, own, wanted, next);
  else if (await confirmDatabaseSteps(services, group.sides, wanted, again)) {
    await runAndShow(services, group.sides, wanted, { again, next });
  }
}

const nothingToDo = (name: string, { autoRotation }: WantedKey): string =>
  autoRotation === undefined
    ? l10n.t('Nothing to change: the database "{0}" already has this key.', name)
    : l10n.t('Nothing to change: the TDE protector of the database "{0}" already has these settings.', name);

/** Changes a database without replicas. The TDE protector and its key need one request. */
async function changeOne(services: Services, side: DatabaseSide, wanted: WantedKey, next?: Action): Promise<void> {
  const { name } = side.database;
  const text =
    wanted.autoRotation === undefined
      ? l10n.t('The database "{0}" needs another key', name)
      : l10n.t('The TDE protector of "{0}" needs another setting', name);
  const finding = { outcome: 'warn', text, codes: [] } as const;
  await runFix(services, { fix: stepFor(side, wanted), finding, ...(next && { next }) }, () => Promise.resolve(false));
}

/** What the notification about the end offers. */
interface Offers {
  readonly again: () => Promise<void>;
  readonly next: Action | undefined;
}

async function runAndShow(
  services: Services,
  sides: readonly [DatabaseSide, ...DatabaseSide[]],
  wanted: WantedKey,
  { again, next }: Offers,
): Promise<void> {
  const servers = sides.map(({ server }) => server);
  if (wanted.autoRotation !== undefined && !(await confirmProduction(services, servers))) return;
  if (!(await waitForTurn(services, servers))) return;
  const azure = await services.azure.get();
  const steps = databaseSteps(sides, wanted);
  const [{ database }] = sides;
  const title = l10n.t('Changing the keys of "{0}" and its replicas…', database.name);
  const stopped = () => l10n.t('Stopping after the step that runs. No other step starts.');
  const { end } = await changeWithProgress(services, title, stopped, ({ signal, report }) =>
    runDatabaseSteps(steps, {
      azure,
      signal,
      report: (done, step) => {
        report(l10n.t('{0} of {1}: {2}', done + 1, steps.length, describeStep(step)));
      },
      settle: (change) => settleBefore(services, change, signal),
      send: (step) => send(azure, step),
    }),
  );
  const result = await end;
  await Promise.all(servers.map((server) => services.tree.refreshServer(server)));
  if (result.done === steps.length) void notify('info', doneText(database.name, wanted), ...(next ? [next] : []));
  else await showStop(services, steps, result, again);
}

function doneText(name: string, { uri, autoRotation }: WantedKey): string {
  const key = shortKeyName(uri);
  return autoRotation === undefined
    ? l10n.t('The database "{0}" and its replicas have the key "{1}".', name, key)
    : l10n.t('The TDE protector of the database "{0}" and its replicas is "{1}".', name, key);
}

/** Says what was done and what wasn't, and offers to continue. */
async function showStop(
  services: Services,
  steps: readonly DatabaseStep[],
  { done, error, problem }: DatabaseRunEnd,
  again: () => Promise<void>,
): Promise<void> {
  const [failed] = steps.slice(done);
  const diagnosis = failed && error !== undefined ? await diagnoseDatabaseFix(services, failed, error) : undefined;
  const reason = diagnosis ? notificationText(diagnosis) : (problem ?? l10n.t('You stopped it.'));
  const text = [
    l10n.t('Stopped after {0} of {1} steps: {2}', done, steps.length, reason),
    ...(done > 0 ? [l10n.t('Done: {0}.', stepsText(steps.slice(0, done)))] : []),
    l10n.t('Not done: {0}.', stepsText(steps.slice(done))),
    l10n.t('Run the command again to continue.'),
  ].join(' ');
  const severity = diagnosis ? 'error' : problem === undefined ? 'info' : 'warning';
  const show = async (): Promise<void> => {
    const details = diagnosis ? [showDetails(diagnosis, show)] : [];
    await notify(severity, text, { title: l10n.t('Continue…'), run: again }, ...details);
  };
  await show();
}

/** The steps in a few words. */
const stepsText = (steps: readonly DatabaseStep[]): string =>
  listed(
    steps.map(({ kind, server: { name } }) =>
      kind === 'addDatabaseKey' ? l10n.t('key on "{0}"', name) : l10n.t('TDE protector on "{0}"', name),
    ),
  );
