import pMap from 'p-map';
import type { Accounts, Azure } from '../../src/core/ports';
import type { LoggedRequest } from '../emulator/base/emulator';
import { connectToEmulator, emulator, emulatorCloud } from '../azure/connection';
import { estate, makePlaces, type Place } from './estate';
import { describeRun, faultOf, judge, needsPort, perform, type Run, runOf } from './runs';

/** A run that broke invariants. */
export interface Violation {
  readonly seed: number;
  readonly run: string;
  readonly broken: readonly string[];
}

/** How many runs share the state of the emulator, and how many of them go on at once. */
const roundSize = 500;
const parallel = 40;

/** Short, so that faults that wait for them take little time. */
const limits = { responseMs: 4000, responseBytes: 2 ** 20, pages: 10, operationMs: 5000, retryMs: 10 };

const sharedCloud = emulatorCloud();

/** Performs the runs of these seeds and returns those that broke invariants. */
export async function chaos(seeds: readonly number[]): Promise<Violation[]> {
  const places = makePlaces(Math.min(roundSize, seeds.length));
  const accounts = places.map(accountOf);
  const violations: Violation[] = [];
  for (let start = 0; start < seeds.length; start += roundSize) {
    violations.push(...(await round(seeds.slice(start, start + roundSize), places, accounts)));
  }
  return violations;
}

async function round(
  seeds: readonly number[],
  places: readonly Place[],
  accounts: readonly Accounts[],
): Promise<Violation[]> {
  await emulator.reset(estate(places));
  await emulator.options({ operationMs: 0 });
  const runs = seeds.map(runOf).flatMap((run, i) => {
    const [place, account] = [places[i], accounts[i]];
    return place && account ? [{ run, place, account }] : [];
  });
  await emulator.addFault(runs.map(({ run, place }) => faultOf(run, place)));
  // Before the faults keep this process busy, in which a new connection could then take too long.
  await pMap(runs, ({ account }) => signIn(account), { concurrency: 8 });
  const endings = await pMap(
    runs,
    async ({ run, place, account }) => {
      const cloud = needsPort(run) ? emulatorCloud({ resourceManager: await emulator.openPort() }) : sharedCloud;
      const azure = connectToEmulator({ cloud, accounts: account, limits });
      await prepare(run, azure);
      return perform(run, azure, place);
    },
    { concurrency: parallel },
  );
  const [state, requests] = [await emulator.state(), bySubscription(await emulator.requests())];
  return runs.flatMap(({ run, place }, i) => {
    const own = requests.get(place.subscriptionId) ?? [];
    const ending = endings[i];
    const broken = ending ? judge(run, place, ending, { state, requests: own }) : [];
    return broken.length > 0 ? [{ seed: run.seed, run: describeRun(run), broken }] : [];
  });
}

/** Requests without a subscription in their path change nothing. */
function bySubscription(requests: readonly LoggedRequest[]): ReadonlyMap<string, readonly LoggedRequest[]> {
  const groups = new Map<string, LoggedRequest[]>();
  for (const request of requests) {
    const id = request.path.split('/')[2] ?? '';
    const group = groups.get(id) ?? [];
    group.push(request);
    groups.set(id, group);
  }
  return groups;
}

async function signIn(accounts: Accounts): Promise<void> {
  for (const account of await accounts.list()) await accounts.token(account);
}

/** Finds the subscription, unless the run is about that. On a busy machine, a request may take too long. */
async function prepare({ operation }: Run, azure: Azure): Promise<void> {
  if (operation.name === 'list subscriptions') return;
  while ((await azure.subscriptions.list()).items.length === 0) continue;
}

/** The account of a run. Its token is remembered for the next rounds. */
export function accountOf({ caller }: Place): Accounts {
  const account = { id: caller.objectId, label: caller.displayName };
  let token: Promise<string> | undefined;
  return {
    list: () => Promise.resolve([account]),
    token: async () => {
      token ??= requestToken(caller.appId ?? '', caller.secret ?? '');
      return { token: await token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}

async function requestToken(clientId: string, secret: string): Promise<string> {
  const answer = await fetch(`${emulator.arm}/adfs/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      resource: emulator.arm,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
