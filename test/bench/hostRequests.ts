import assert from 'node:assert/strict';
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type * as AzureBundle from '../../src/azure/connect';
import { resolveCloud } from '../../src/core/clouds';
import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';

/** The requests of one HTTP client in one extension host. */
interface RequestsRun {
  /** Of each request, one after the other. */
  readonly ms: readonly number[];
  /** The processor time of the extension host for one request. */
  readonly cpuMs: number;
  /** The connections that these requests opened. */
  readonly connections: number;
  /** The time of as many requests at once, in each turn. */
  readonly atOnceMs: readonly number[];
  readonly atOnceConnections: number;
}

/** The shipped gateway, and the client that the SDKs use by default. */
export type RequestRuns = Readonly<Record<'gateway' | 'sdk', RequestsRun>>;

type Send = () => Promise<unknown>;
type Connect = (typeof AzureBundle)['connect'];

const turns = 5;
const requestsPerTurn = 10;
const requestCount = turns * requestsPerTurn;
/** How often all are sent at once. The first times, the code is not compiled yet. */
const bursts = 10;

const info = JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo;
const emulator = attachEmulator(info);

/** Counts the connections that are new while something runs. */
async function newConnections(run: () => Promise<void>): Promise<number> {
  const before = await emulator.requests();
  await run();
  const known = new Set(before.map(({ connection }) => connection));
  const added = (await emulator.requests()).slice(before.length);
  return new Set(added.map(({ connection }) => connection).filter((connection) => !known.has(connection))).size;
}

async function oneAfterTheOther(send: Send, ms: number[]): Promise<number> {
  const cpu = process.cpuUsage();
  for (let i = 0; i < requestsPerTurn; i++) {
    const began = performance.now();
    await send();
    ms.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000;
}

async function allAtOnce(send: Send): Promise<number> {
  const began = performance.now();
  await Promise.all(Array.from({ length: requestCount }, send));
  return performance.now() - began;
}

/** Every client first sends one request, so that sign-in and first connection don't count. */
async function measure(clients: Readonly<Record<keyof RequestRuns, Send>>): Promise<RequestRuns> {
  const all = Object.entries(clients).map(([name, send]) => ({
    name,
    send,
    ms: [] as number[],
    cpu: 0,
    connections: 0,
  }));
  for (const { send } of all) await send();
  for (let turn = 0; turn < turns; turn++) {
    for (const client of all) {
      client.connections += await newConnections(async () => {
        client.cpu += await oneAfterTheOther(client.send, client.ms);
      });
    }
  }
  const runs: [string, RequestsRun][] = [];
  for (const { name, send, ms, cpu, connections } of all) {
    // The first time opens connections.
    await allAtOnce(send);
    const atOnceMs: number[] = [];
    const atOnceConnections = await newConnections(async () => {
      for (let burst = 0; burst < bursts; burst++) atOnceMs.push(await allAtOnce(send));
    });
    runs.push([name, { ms, cpuMs: cpu / requestCount, connections, atOnceMs, atOnceConnections }]);
  }
  return Object.fromEntries(runs) as RequestRuns;
}

/** Reads a server as the tree does, and with the SDKs' client. Each read is one request. */
export async function measureRequests(connect: Connect): Promise<RequestRuns> {
  const resolution = resolveCloud('custom', info.settings['microsoft-sovereign-cloud.customEnvironment']);
  assert.ok('cloud' in resolution);
  const azure = connect(resolution.cloud, undefined, { log: { trace: () => undefined, info: () => undefined } });
  const { id } = (await emulator.state()).servers.find(({ name }) => name === 'sql-billing-weu') ?? { id: '' };
  const identity = `${info.identity.endpoint}?api-version=2019-08-01&resource=${info.arm}`;
  const signedIn = await fetch(identity, { headers: { 'x-identity-header': info.identity.header } });
  const { access_token: token } = (await signedIn.json()) as { readonly access_token: string };
  await azure.subscriptions.list();
  const sdk = createDefaultHttpClient();
  const headers = createHttpHeaders({ authorization: `Bearer ${token}` });
  const url = `${info.arm}${id}?api-version=2023-08-01`;
  return measure({
    gateway: () => azure.resources.read(id),
    sdk: async () => {
      assert.equal((await sdk.sendRequest(createPipelineRequest({ url, headers }))).status, 200);
    },
  });
}
