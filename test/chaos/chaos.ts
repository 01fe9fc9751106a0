import pMap from 'p-map';
import type { Cloud } from '../../src/core/clouds';
import type { Accounts } from '../../src/core/accounts';
import type { Azure } from '../../src/core/ports';
import type { LoggedRequest } from '../emulator/base/emulator';
import { connectToEmulator, emulator, emulatorCloud } from '../azure/connection';
import { estate, makePlaces, type Place } from './estate';
import type { Ending } from './operation';
import { describeRun, faultOf, judge, mostlyWaits, needsPort, perform, type Run, runOf, work } from './runs';

/** A run that broke invariants. */
export interface Violation {
  readonly seed: number;
  readonly run: string;
  readonly broken: readonly string[];
}

/** How many runs share the state of the emulator. */
const roundSize = 500;
/** How many runs go on at once. Those that mostly wait need little of the processor. */
const parallel = { waiting: 100, others: 12 };

/** Short, so that faults that wait for them take little time. */
const limits = { responseMs: 2000, responseBytes: 2 ** 18, pages: 10, operationMs: 3000, retryMs: 10 };

const sharedCloud = emulatorCloud();

/** A place and a connection with its account, which serve one run of each round. */
interface Site {
  readonly place: Place;
  readonly accounts: Accounts;
  readonly azure: Azure;
}

/** Performs the runs of these seeds and returns those that broke invariants. */
export async function chaos(seeds: readonly number[]): Promise<Violation[]> {
  const places = makePlaces(Math.min(roundSize, seeds.length));
  await emulator.reset(estate(places));
  const sites = await pMap(places, siteAt, { concurrency: parallel.others });
  // Those that mostly wait come first, so that few rounds wait for them.
  const runs = seeds.map(runOf).sort((a, b) => Number(mostlyWaits(b)) - Number(mostlyWaits(a)));
  const violations: Violation[] = [];
  for (let start = 0; start < runs.length; start += roundSize) {
    violations.push(...(await round(runs.slice(start, start + roundSize), sites)));
  }
  return violations;
}

interface Visit {
  readonly run: Run;
  readonly site: Site;
  endings?: readonly Ending[];
}

async function round(runs: readonly Run[], sites: readonly Site[]): Promise<Violation[]> {
  await emulator.reset(estate(sites.map(({ place }) => place)));
  await emulator.options({ operationMs: 0, revalidateMs: null });
  const visits = runs.flatMap((run, i): Visit[] => {
    const site = sites[i];
    return site ? [{ run, site }] : [];
  });
  await emulator.addFault(visits.map(({ run, site }) => faultOf(run, site.place)));
  const visitAll = (waits: boolean, concurrency: number) =>
    pMap(
      visits.filter(({ run }) => mostlyWaits(run) === waits),
      visit,
      { concurrency },
    );
  await Promise.all([visitAll(true, parallel.waiting), visitAll(false, parallel.others)]);
  const [state, requests] = [await emulator.state(), bySubscription(await emulator.requests())];
  return visits.flatMap(({ run, site: { place }, endings = [] }) => {
    const own = requests.get(place.subscriptionId) ?? [];
    const broken = judge(run, place, endings, { state, requests: own });
    return broken.length > 0 ? [{ seed: run.seed, run: describeRun(run), broken }] : [];
  });
}

/** Performs one run and keeps its endings. */
async function visit(one: Visit): Promise<void> {
  const { run, site } = one;
  const azure = needsPort(run) ? await connectByPort(run, site) : site.azure;
  one.endings = await perform(run, azure, site.place);
}

async function siteAt(place: Place): Promise<Site> {
  const accounts = accountOf(place);
  const azure = connectTo(sharedCloud, accounts);
  await findSubscription(azure);
  return { place, accounts, azure };
}

async function connectByPort({ operation }: Run, { accounts }: Site): Promise<Azure> {
  const cloud = emulatorCloud({ resourceManager: await emulator.openPort() });
  const azure = connectTo(cloud, accounts);
  // Faults spare these requests only if the run isn't about them.
  if (operation.name !== 'list subscriptions') await findSubscription(azure);
  return azure;
}

const connectTo = (cloud: Cloud, accounts: Accounts): Azure =>
  connectToEmulator({ cloud, accounts, limits, givenUp: () => work.getStore() });

/** On a busy machine, a request may take too long. */
async function findSubscription({ subscriptions }: Azure): Promise<void> {
  while ((await subscriptions.list()).items.length === 0) continue;
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
