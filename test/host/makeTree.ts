import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type * as AzureBundle from '../../src/azure/connect';
import type { Limits } from '../../src/azure/gateway/limits';
import { type Cloud, resolveCloud } from '../../src/core/clouds';
import type { Azure } from '../../src/core/ports';
import { remembered, type Remembered } from '../../src/core/remembered';
import { logFailure } from '../../src/ui/failures/report';
import { readInventory, type Inventory } from '../../src/ui/inventory';
import { KeptFailures } from '../../src/ui/keptFailures';
import { keepUnread } from '../../src/ui/keepUnread';
import { DatabaseRows } from '../../src/ui/tree/databaseRows';
import { ServerKeysTree } from '../../src/ui/tree/serverKeysTree';
import { ServerStates } from '../../src/ui/tree/serverStates';
import { overdueReasons } from '../../src/ui/tree/overdueReasons';
import { unshownRows } from '../../src/ui/tree/unshownRows';
import { serverKeyTooltip } from '../../src/ui/tree/tooltip';
import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';

export const info = JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo;
export const emulator = attachEmulator(info);

const log = vscode.window.createOutputChannel('Tree test', { log: true });
after(() => {
  log.dispose();
});

/** What a test changes. */
interface Changes {
  readonly azure?: (real: Azure) => Azure;
  readonly inventory?: (real: Inventory) => Inventory;
  readonly setMessage?: (text: string) => void;
  readonly setBadge?: (count: number) => void;
}

/** Connects the packaged Azure bundle to the emulator. */
export function connectAzure(changes: Partial<Cloud> = {}, limits?: Partial<Limits>): Azure {
  const { extensionPath = '' } = vscode.extensions.getExtension('sql-server-keys.sql-server-keys') ?? {};
  const { connect } = createRequire(__filename)(join(extensionPath, 'dist/azure.mjs')) as typeof AzureBundle;
  return connect({ ...emulatorCloud(), ...changes }, undefined, { log }, limits);
}

/** The cloud that the settings of the emulator describe. */
function emulatorCloud(): Cloud {
  const resolution = resolveCloud('custom', info.settings['microsoft-sovereign-cloud.customEnvironment']);
  assert.ok('cloud' in resolution);
  return resolution.cloud;
}

/** Creates the tree as the extension does, with the packaged Azure bundle. */
export function makeTree({
  azure = (real) => real,
  inventory = (real) => real,
  setMessage = () => undefined,
  setBadge = () => undefined,
}: Changes = {}): ServerKeysTree {
  const connected = azure(connectAzure());
  const known: Remembered<Inventory> = remembered(async () =>
    keepUnread(inventory(await readInventory(connected, undefined)), known.last(), undefined),
  );
  const failures = new KeptFailures(() => undefined);
  return new ServerKeysTree(
    remembered(() => Promise.resolve(connected)),
    known,
    (error) => Promise.resolve(logFailure({ log, failures }, error)),
    {
      setMessage,
      setBadge,
      openStates: (host) => Promise.resolve(new ServerStates(host)),
      onUnread: (error) => {
        log.info(String(error));
      },
    },
    {
      tooltip: (...args) => Promise.resolve(serverKeyTooltip(...args)),
      overdueReasons: (...args) =>
        overdueReasons(
          { azure: remembered(() => Promise.resolve(connected)), inventory: known, cloud: emulatorCloud },
          ...args,
        ),
      hasFailed: (server) => failures.shown(server) !== undefined,
      openDatabases: (host) => Promise.resolve(new DatabaseRows(host)),
      unshownRows: (known) => Promise.resolve(unshownRows(known)),
    },
  );
}
