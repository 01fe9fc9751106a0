import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Cloud } from '../../src/core/clouds';
import { resolveCloud } from '../../src/core/clouds';
import { isArmError, type ArmError } from '../../src/core/armError';
import { parseKeyIdentifier, type KeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { KeyVault, SqlServer, VaultKey } from '../../src/core/model';
import type { Accounts, Azure, ByTenant } from '../../src/core/ports';
import type * as AzureBundle from '../../src/azure/connect';
import { bundleFile } from '../bundles';
import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';

/** The emulator that the runner has started; its certificate has to be trusted from the start of this process. */
const info = JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo;
export const emulator = attachEmulator(info);

export function emulatorCloud(changes: Partial<Cloud> = {}): Cloud {
  const resolution = resolveCloud('custom', info.settings['microsoft-sovereign-cloud.customEnvironment']);
  if ('problem' in resolution) {
    throw new Error(resolution.problem);
  }
  return { ...resolution.cloud, ...changes };
}

/** What is tested is the bundle that ships, with its pruned SDK. */
const { connect } = createRequire(__filename)(bundleFile('azure')) as typeof AzureBundle;

export interface Connected extends Azure {
  readonly trace: readonly string[];
}

interface How {
  readonly cloud?: Cloud;
  readonly requestTimeoutMs?: number;
  /** Without: the sign-in of the machine. */
  readonly accounts?: Accounts;
  /** Called with each line of the trace, which is after each answer. */
  readonly traced?: (line: string) => void;
}

export function connectToEmulator(how: How = {}): Connected {
  const { cloud = emulatorCloud(), requestTimeoutMs, accounts, traced } = how;
  const trace: string[] = [];
  const write = (line: string): void => {
    trace.push(line);
    traced?.(line);
  };
  return { ...connect(cloud, accounts, write, requestTimeoutMs), trace };
}

/** What was read; the first failure of a tenant is thrown. */
function all<T>({ items, failures: [failure] }: ByTenant<T>): readonly T[] {
  if (failure) throw failure.error;
  return items;
}

export const listSubscriptions = async (azure: Azure, signal?: AbortSignal) =>
  all(await azure.subscriptions.list(undefined, signal));

export async function listServers(azure: Azure): Promise<readonly SqlServer[]> {
  return all(await azure.sqlServers.list((await listSubscriptions(azure)).map(({ id }) => id)));
}

export async function listVaults(azure: Azure, subscriptionName: string): Promise<readonly KeyVault[]> {
  const { id } = found(await listSubscriptions(azure), subscriptionName);
  return all(await azure.keyVaults.list([id]));
}

export const findVault = async (azure: Azure, name: string): Promise<KeyVault> =>
  found(await listVaults(azure, 'Contoso Production'), name);

export const findServer = async (azure: Azure, name: string): Promise<SqlServer> =>
  found(await listServers(azure), name);

/** The newest version of a key of the demo's Azure, as key identifier. */
export async function findKey(azure: Azure, vaultName: string, keyName: string): Promise<KeyIdentifier> {
  const vault = found(await listVaults(azure, 'Contoso Production'), vaultName);
  const [newest] = await azure.keyVaults.listVersions(vault, keyName);
  return identifierOf(newest);
}

function identifierOf(version: VaultKey | undefined): KeyIdentifier {
  const result = parseKeyIdentifier(version?.uri ?? '', emulatorCloud());
  if (!result.ok) {
    throw new Error(result.message);
  }
  return result.key;
}

export function found<T extends { readonly name: string }>(items: readonly T[], name: string): T {
  const item = items.find((candidate) => candidate.name === name);
  if (!item) {
    throw new Error(`${name} is not among ${items.map((candidate) => candidate.name).join(', ')}`);
  }
  return item;
}

/** The failure of a call that has to fail, as what it always is. */
export async function failureOf(call: Promise<unknown>): Promise<ArmError> {
  const error: unknown = await call.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (isArmError(error)) {
    return error;
  }
  throw error;
}

/** Asks until the answer is yes. */
export async function until(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await check())) {
    assert.ok(Date.now() < deadline, `still not: ${check.toString()}`);
  }
}
