import { l10n } from 'vscode';
import pMap from 'p-map';
import { creations, warnings, type Creation, type ServerState, type Warning } from '../../core/creation';
import type { ChosenKey } from '../../core/keyChoice';
import type { KeyVault, NewKey, SqlServer } from '../../core/model';
import type { Azure } from '../../core/ports';
import { logFailure } from '../diagnostics/report';
import type { Services } from '../services';
import { chosenKeys } from './chosenKeys';
import { given, pick, type CreateServerKeyAnswers, type Question } from './answers';
import { summaryRows, type Decision } from './summaryRows';

/** What is going to happen, and what is known to speak against it. */
export interface Summary {
  readonly servers: readonly SqlServer[];
  /** Names of subscriptions by id. */
  readonly subscriptions: ReadonlyMap<string, string>;
  /** Absent where only a key identifier is known. */
  readonly vault: KeyVault | undefined;
  readonly keys: readonly ChosenKey[];
  /** The key to be created first, which is then the only one. */
  readonly newKey: NewKey | undefined;
  readonly creations: readonly Creation[];
  readonly warnings: readonly Warning[];
}

/** Servers asked at once. */
const parallel = 8;

export const confirm = (services: Services): Question => ({
  id: 'confirm',
  needed: () => true,
  async ask(ui, answers, course) {
    let summary: Summary | undefined;
    const items = async (signal: AbortSignal) => {
      summary = await readSummary(services, answers, signal);
      return summaryRows(summary, course);
    };
    const decision = await pick<Decision>(ui, items, {
      placeHolder: l10n.t('Check what is going to happen, then start it; choose a row to change or copy it'),
      loadingPlaceHolder: l10n.t('Looking at what the servers have…'),
    });
    if (decision !== 'create') course.backTo(decision.backTo);
    answers.confirmed = given(summary).creations;
  },
});

async function readSummary(services: Services, answers: CreateServerKeyAnswers, signal: AbortSignal): Promise<Summary> {
  const { newKey } = answers;
  const servers = given(answers.servers);
  const azure = await services.azure.get();
  const { subscriptions } = await services.inventory.get();
  const [states, { vault, keys }] = await Promise.all([
    newKey ? servers.map((server) => ({ server, keys: [] })) : readServers(services, azure, servers, signal),
    chosenKeys(services, answers, signal),
  ]);
  return {
    servers,
    subscriptions: new Map(subscriptions.map(({ id, name }) => [id, name])),
    vault,
    keys,
    newKey,
    creations: creations(
      states,
      keys.map(({ id }) => id),
    ),
    warnings: warnings({ servers: states, keys, vault }, services.cloud(), new Date()),
  };
}

/** A server that can't be read is no reason to stop: it is the service that decides. */
async function readServers(
  { log }: Services,
  { serverKeys }: Azure,
  servers: readonly SqlServer[],
  signal: AbortSignal,
): Promise<ServerState[]> {
  const read = async (server: SqlServer): Promise<ServerState> => {
    try {
      return { server, keys: await serverKeys.list(server, signal) };
    } catch (error) {
      signal.throwIfAborted();
      return { server, problem: logFailure(log, error).what };
    }
  };
  return pMap(servers, read, { concurrency: parallel });
}
