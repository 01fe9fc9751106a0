import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';

/** What one extension host measures, in milliseconds. */
export interface HostRun {
  readonly activateMs: Readonly<Record<string, number>>;
  /** Loading of the bundles that activation leaves for later. */
  readonly loadMs: Readonly<Record<string, number>>;
  readonly versions: string;
}

async function duration(step: () => unknown): Promise<number> {
  const began = performance.now();
  await step();
  return performance.now() - began;
}

/** Activation asks the window: while that still starts, its answers are late, and this would be what we measure. */
async function windowIsIdle(): Promise<void> {
  for (let quick = 0, asked = 0; quick < 20 && asked < 1000; asked++) {
    const ms = await duration(() => vscode.commands.getCommands());
    quick = ms < 15 ? quick + 1 : 0;
  }
}

/** What VS Code calls: activates the extensions in the runner's order, each for the first time in this host. */
export async function run(): Promise<void> {
  const { BENCH_EXTENSIONS: ids = '', BENCH_LOAD: files = '', BENCH_RESULT: result = '' } = process.env;
  const activateMs: Record<string, number> = {};
  const loadMs: Record<string, number> = {};
  await windowIsIdle();
  for (const id of ids.split(' ')) {
    const extension = vscode.extensions.getExtension(id);
    assert.equal(extension?.isActive, false, `${id} is missing, or something has already activated it`);
    activateMs[id] = await duration(() => extension.activate());
  }
  for (const file of files.split(' ')) {
    const [id = '', bundle = ''] = file.split('/');
    const url = pathToFileURL(join(vscode.extensions.getExtension(id)?.extensionPath ?? '', 'dist', bundle)).href;
    loadMs[bundle] = await duration(() => import(url));
  }
  const versions = `VS Code ${vscode.version} with Node ${process.versions.node}`;
  writeFileSync(result, JSON.stringify({ activateMs, loadMs, versions } satisfies HostRun));
}
