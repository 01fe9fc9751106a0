import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gzipSync } from 'node:zlib';
import { loadedBy, loadedLater, readBundles } from '../bundles';
import { packageExtension, vsix } from '../vscode';
import { azureRuns, changesRuns, preflightRuns } from './azureRuns';
import type { PreflightRun } from './checkKey';
import type { ChangesRun } from './protectorChanges';
import { firstRowsRuns, type FirstRowsRun } from './firstRows';
import { hostRun } from './hostRun';
import type { RequestRuns } from './hostRequests';
import type { HostRun } from './inHost';
import type { AzureRun } from './readAzure';

const runs = 6;
/** An even number, so that both extensions go first equally often. */
const activations = 12;
const latency = 50;

type Row = readonly [what: string, value: string, note: string];

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = NaN, high = NaN] = [(sorted.length - 1) >> 1, sorted.length >> 1].map((index) => sorted[index]);
  return (low + high) / 2;
}

const timed = (what: string, values: readonly number[]): Row => [
  what,
  `${median(values).toFixed(1)} ms`,
  `min ${Math.min(...values).toFixed(1)}`,
];
const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;

function hostRows({ emptyMs, oursMs, azureMs, commandsMs }: HostRun): Row[] {
  const [empty, ours] = [median(emptyMs), median(oursMs)];
  const minima = `${(Math.min(...oursMs) - Math.min(...emptyMs)).toFixed(1)} ms`;
  return [
    timed('activate an empty extension', emptyMs),
    timed('activate this extension', oursMs),
    ['difference', `${(ours - empty).toFixed(1)} ms`, `of minimums ${minima}`],
    ['ratio', (ours / empty).toFixed(2), `medians of ${activations} alternating activations`],
    timed('load azure.mjs, when the view opens', azureMs),
    timed('load commands.mjs, at the first command', commandsMs),
  ];
}

function requestRows({ gateway, sdk }: RequestRuns): Row[] {
  const rowsOf = (by: string, { ms, cpuMs, connections, atOnceMs, atOnceConnections }: RequestRuns['sdk']): Row[] => [
    timed(`a request ${by}`, ms),
    [`processor time for a request ${by}`, `${cpuMs.toFixed(1)} ms`, ''],
    [`new connections for ${ms.length} requests ${by}`, String(connections), 'one after the other'],
    timed(`${ms.length} requests at once ${by}`, atOnceMs),
    [`new connections for them ${by}`, String(atOnceConnections), `sent ${atOnceMs.length} times`],
  ];
  return [...rowsOf('in VS Code', gateway), ...rowsOf("by the SDKs' client", sdk)];
}

function sizeRows(): Row[] {
  const bundles = readBundles();
  const sizeOf = (what: string, outputs: readonly string[]): Row => {
    const content = Buffer.concat(outputs.map((output) => readFileSync(output)));
    return [`size of ${what}`, kib(content.length), `gzip ${kib(gzipSync(content).length)}`];
  };
  return [
    sizeOf('what activation loads', loadedBy(bundles, 'extension')),
    sizeOf('what the first use loads', loadedBy(bundles, 'firstUse')),
    sizeOf('what the first command loads', loadedLater(bundles, 'commands')),
    sizeOf('what the first sign-in loads', loadedLater(bundles, 'signIn')),
    sizeOf('what the first read loads', loadedLater(bundles, 'azure')),
    ['size of the VSIX', kib(readFileSync(vsix).length), ''],
  ];
}

function azureRows(all: readonly AzureRun[]): Row[] {
  const [{ servers, subscriptions, listRequests } = { servers: 0, subscriptions: 0, listRequests: 0 }] = all;
  const listing = all.map(({ listMs }) => listMs);
  const keys = all.map(({ keysMs }) => keysMs);
  const clientSide = all.map(({ listMs, emulatorMs }) => listMs - emulatorMs);
  return [
    timed(`list ${servers} servers in ${subscriptions} subscriptions`, listing),
    ['requests for the list', String(listRequests), `in sequence, ${latency} ms latency each`],
    timed('of the list, outside the emulator', clientSide),
    timed('read keys and TDE protector of the first server', keys),
  ];
}

function preflightRows(all: readonly PreflightRun[]): Row[] {
  const [{ requests, checks } = { requests: 0, checks: 0 }] = all;
  const chosen = all.map(({ chosenMs }) => chosenMs);
  const pasted = all.map(({ pastedMs }) => pastedMs);
  return [
    timed('check a key for a server with a replica', chosen),
    timed(
      'check it for the first time',
      all.map(({ firstMs }) => firstMs),
    ),
    ['requests for a check', String(requests), `${checks} findings, ${latency} ms latency each`],
    timed('check a pasted key identifier', pasted),
    ['round trips in sequence', (median(pasted) / latency).toFixed(1), 'time divided by latency'],
  ];
}

const changes: Readonly<Record<keyof ChangesRun, string>> = {
  setDatabaseProtector: 'set the TDE protector of a database, or its rotation',
  revalidateDatabase: 'revalidate the key of a database',
  revertDatabase: 'make a database use the TDE protector of its server',
  setProtector: 'set the TDE protector of a server',
  revalidateProtector: 'revalidate the TDE protector of a server',
};

function changeRows(all: readonly ChangesRun[]): Row[] {
  return (Object.keys(changes) as (keyof ChangesRun)[]).flatMap((name): Row[] => {
    const ms = all.map((run) => run[name].ms);
    const inSequence = `${(median(ms) / latency).toFixed(1)} round trips in sequence: time divided by latency`;
    return [timed(changes[name], ms), ['requests for it', String(all[0]?.[name].requests ?? NaN), inSequence]];
  });
}

function firstRows(all: readonly FirstRowsRun[]): Row[] {
  const [{ requests, servers } = { requests: 0, servers: 0 }] = all;
  const shown = all.map(({ rowsMs }) => rowsMs);
  const again = all.map(({ againMs }) => againMs);
  const states = all.map(({ statesMs }) => statesMs);
  return [
    timed('first rows, window just opened', shown),
    timed('first rows, idle window', again),
    ['requests before the first rows', String(requests), ''],
    timed(`open a subscription, until its ${servers} visible servers show their state`, states),
  ];
}

/** `npm run bench`: prints the medians of several fresh starts. */
async function main(): Promise<void> {
  await packageExtension();
  const sizes = sizeRows();
  const reading = [
    ...azureRows(await azureRuns(runs, latency)),
    ...preflightRows(await preflightRuns(runs, latency)),
    ...changeRows(await changesRuns(runs, latency)),
  ];
  const inHost = await hostRun(activations);
  const seen = firstRows(await firstRowsRuns(3, latency));
  const rows = [...hostRows(inHost), ...requestRows(inHost.requests), ...sizes, ...reading, ...seen];
  const width = Math.max(...rows.map(([what]) => what.length));
  const lines = rows.map(([what, value, note]) => `${what.padEnd(width)}  ${value.padStart(10)}  ${note}`.trimEnd());
  console.log(`\n${lines.join('\n')}`);
  const versions = `${inHost.versions}, requests by Node ${process.versions.node}`;
  console.log(`\nMedians of ${runs} fresh starts. ${versions}, ${cpus().length} cores.`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
