import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Cloud } from '../../src/core/clouds';
import { resolveCloud } from '../../src/core/clouds';
import { isArmError, type ArmError } from '../../src/core/armError';
import { parseKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { SqlServer } from '../../src/core/model';
import type { KeyIdentifier, KeyVault, VaultKey } from '../../src/core/vaultModel';
import type { Accounts } from '../../src/core/accounts';
import type { Azure, ByTenant } from '../../src/core/ports';
import type * as AzureBundle from '../../src/azure/connect';
import type { GatewayHost } from '../../src/azure/gateway/host';
import type { Limits } from '../../src/azure/gateway/limits';
import { bundleFile } from '../bundles';
import type { State } from '../emulator/base/state';
import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';

/** The emulator that the test runner started. This process trusts its certificate from the start. */
const info = JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo;
export const emulator = attachEmulator(info);

/**
 * Resets the emulator to a state, by default its seed. Operations end before their first poll, because without Retry-After
 * the SDK waits 2 s before the second one.
 */
export async function resetEmulator(state?: State): Promise<void> {
  await emulator.reset(state);
  await emulator.options({ operationMs: 0, revalidateMs: null });
}

/** Changes the state of the emulator. */
export async function changeState(change: (state: State) => void): Promise<void> {
  const state = await emulator.state();
  change(state);
  await resetEmulator(state);
}

/** Before each test of a suite, creates a connection, finds a server and a vault, and then clears the request log. */
export function freshConnection(serverName: string, vaultName: string) {
  let connected: { azure: Azure; server: SqlServer; vault: KeyVault } | undefined;
  beforeEach(async () => {
    await resetEmulator();
    const azure = connectToEmulator();
    connected = { azure, server: await findServer(azure, serverName), vault: await findVault(azure, vaultName) };
    await emulator.clearRequests();
  });
  return () => connected ?? assert.fail('The connection starts with the first test');
}

/** The cloud that the settings of the emulator describe. */
export function emulatorCloud(changes: Partial<Cloud> = {}): Cloud {
  const resolution = resolveCloud('custom', info.settings['microsoft-sovereign-cloud.customEnvironment']);
  if ('problem' in resolution) {
    throw new Error(resolution.problem);
  }
  return { ...resolution.cloud, ...changes };
}

/** The tests use the bundle that ships. */
const { connect } = createRequire(__filename)(bundleFile('azure')) as typeof AzureBundle;

export interface Connected extends Azure {
  readonly trace: readonly string[];
  /** What the log tells a user who waits. */
  readonly infos: readonly string[];
}

interface ConnectionOptions extends Omit<GatewayHost, 'log'> {
  readonly cloud?: Cloud;
  readonly limits?: Partial<Limits>;
  /** By default, the credentials of the machine. */
  readonly accounts?: Accounts;
  /** Called with each line of the trace, after each answer. */
  readonly traced?: (line: string) => void;
}

/** Connects the shipped bundle to the emulator. */
export function connectToEmulator(options: ConnectionOptions = {}): Connected {
  const { cloud = emulatorCloud(), limits, accounts, traced, ...host } = options;
  const trace: string[] = [];
  const infos: string[] = [];
  const log = {
    trace: (line: string): void => {
      trace.push(line);
      traced?.(line);
    },
    info: (line: string) => infos.push(line),
  };
  return { ...connect(cloud, accounts, { log, ...host }, limits), trace, infos };
}

/** The items of all tenants; throws the first failure. */
function itemsOf<T>({ items, failures: [failure] }: ByTenant<T>): readonly T[] {
  if (failure) throw failure.error;
  return items;
}

/** The subscriptions of all tenants; throws the first failure. */
export const listSubscriptions = async (azure: Azure, signal?: AbortSignal) =>
  itemsOf(await azure.subscriptions.list(undefined, signal));

/** The IDs of all subscriptions. */
export const subscriptionIds = async (azure: Azure) => (await listSubscriptions(azure)).map(({ id }) => id);

/** The servers in all subscriptions; throws the first failure. */
export async function listServers(azure: Azure): Promise<readonly SqlServer[]> {
  return itemsOf(await azure.sqlServers.list(await subscriptionIds(azure)));
}

/** The key vaults and managed HSMs in a subscription; throws the first failure. */
export async function listVaults(azure: Azure, subscriptionName: string): Promise<readonly KeyVault[]> {
  const { id } = found(await listSubscriptions(azure), subscriptionName);
  return itemsOf(await azure.keyVaults.list([id]));
}

/** A key vault or managed HSM in Contoso Production. */
export const findVault = async (azure: Azure, name: string): Promise<KeyVault> =>
  found(await listVaults(azure, 'Contoso Production'), name);

export const findServer = async (azure: Azure, name: string): Promise<SqlServer> =>
  found(await listServers(azure), name);

/** The key identifier of the newest version of a key in Contoso Production. */
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

/** The principal of a server's system-assigned identity. */
export function principalOf({ identity }: SqlServer): string {
  assert.ok(identity.systemAssigned);
  return identity.systemAssigned.principalId;
}

/** The item with a name. */
export function found<T extends { readonly name: string }>(items: readonly T[], name: string): T {
  const item = items.find((candidate) => candidate.name === name);
  if (!item) {
    throw new Error(`${name} is not among ${items.map((candidate) => candidate.name).join(', ')}`);
  }
  return item;
}

/** The `ArmError` of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<ArmError> {
  const error: unknown = await call.then(
    () => new Error('The call succeeded.'),
    (reason: unknown) => reason,
  );
  if (isArmError(error)) {
    return error;
  }
  throw error;
}

/** Repeats a check until it is true. */
export async function until(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await check())) {
    assert.ok(Date.now() < deadline, `still not true after 15 s: ${check.toString()}`);
  }
}
