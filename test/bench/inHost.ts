import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import type * as AzureBundle from '../../src/azure/connect';
import { measureRequests, type RequestRuns } from './hostRequests';

/** The measurements of one extension host, in milliseconds. */
export interface HostRun {
  readonly emptyMs: readonly number[];
  readonly oursMs: readonly number[];
  /** Load times of the files that activation defers. */
  readonly azureMs: readonly number[];
  readonly commandsMs: readonly number[];
  readonly requests: RequestRuns;
  readonly versions: string;
}

async function duration(step: () => unknown): Promise<number> {
  const began = performance.now();
  await step();
  return performance.now() - began;
}

/** Waits until the window responds quickly. A window that is still starting would slow down the activation. */
async function windowIsIdle(): Promise<void> {
  for (let quickResponses = 0, attempts = 0; quickResponses < 20 && attempts < 1000; attempts++) {
    const ms = await duration(() => vscode.commands.getCommands());
    quickResponses = ms < 15 ? quickResponses + 1 : 0;
  }
}

const importFile = ({ extensionPath }: vscode.Extension<unknown>, file: string): Promise<unknown> =>
  import(pathToFileURL(join(extensionPath, 'dist', file)).href);

/** The entry point for VS Code. Activates the extensions in the given order, each for the first time in this host. */
export async function run(): Promise<void> {
  const { BENCH_EXTENSIONS: ids = '', BENCH_RESULT: result = '' } = process.env;
  const [emptyMs, oursMs, azureMs, commandsMs]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const id of ids.split(' ')) {
    const extension: vscode.Extension<unknown> | undefined = vscode.extensions.getExtension(id);
    assert.equal(extension?.isActive, false, `${id} is missing or already active`);
    await windowIsIdle();
    const ms = await duration(() => extension.activate());
    if (id.startsWith('bench.empty')) {
      emptyMs.push(ms);
    } else {
      oursMs.push(ms);
      azureMs.push(await duration(() => importFile(extension, 'azure.mjs')));
      commandsMs.push(await duration(() => importFile(extension, 'commands.mjs')));
    }
  }
  const last = vscode.extensions.getExtension(ids.split(' ').findLast((id) => !id.startsWith('bench.empty')) ?? '');
  assert.ok(last);
  const requests = await measureRequests(((await importFile(last, 'azure.mjs')) as typeof AzureBundle).connect);
  const versions = `VS Code ${vscode.version} with Node ${process.versions.node}`;
  writeFileSync(result, JSON.stringify({ emptyMs, oursMs, azureMs, commandsMs, requests, versions } satisfies HostRun));
}
