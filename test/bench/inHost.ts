import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';

/** What one extension host measures, in milliseconds. */
export interface HostRun {
  readonly emptyMs: readonly number[];
  readonly oursMs: readonly number[];
  /** Loading of the files that activation leaves for later. */
  readonly azureMs: readonly number[];
  readonly commandsMs: readonly number[];
  readonly versions: string;
}

async function duration(step: () => unknown): Promise<number> {
  const began = performance.now();
  await step();
  return performance.now() - began;
}

/** Activation waits for answers of the window. While the window still starts, these are late and would be measured. */
async function windowIsIdle(): Promise<void> {
  for (let quick = 0, asked = 0; quick < 20 && asked < 1000; asked++) {
    const ms = await duration(() => vscode.commands.getCommands());
    quick = ms < 15 ? quick + 1 : 0;
  }
}

const importFile = ({ extensionPath }: vscode.Extension<unknown>, file: string): Promise<unknown> =>
  import(pathToFileURL(join(extensionPath, 'dist', file)).href);

/** VS Code calls this: activates the extensions in the runner's order, each for the first time in this host. */
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
  const versions = `VS Code ${vscode.version} with Node ${process.versions.node}`;
  writeFileSync(result, JSON.stringify({ emptyMs, oursMs, azureMs, commandsMs, versions } satisfies HostRun));
}
