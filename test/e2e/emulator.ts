import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';
import { machineSignIn } from '../vscode';

/** The emulator that the test run has started. */
export const info = JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo;
export const emulator = attachEmulator(info);
export const { settings: cloudSettings, environment } = info;
/** Signs in with the managed identity that the emulator provides. */
export const settings = { ...cloudSettings, ...machineSignIn };

/** Operations that run now, and later ones, end only after `endOperations`. */
export const holdOperations = (): Promise<void> => emulator.options({ operationMs: 600_000 });
export const endOperations = (): Promise<void> => emulator.options({ operationMs: 0 });

/** The names of the server keys in Azure SQL. */
export async function serverKeys(server: string): Promise<string[]> {
  const state = await emulator.state();
  return state.servers.find(({ name }) => name === server)?.keys.map(({ name }) => name) ?? [];
}

/** The newest version of a key in its vault. */
export async function versionOf(vaultName: string, keyName: string): Promise<string> {
  const state = await emulator.state();
  const key = state.vaults.find(({ name }) => name === vaultName)?.keys.find(({ name }) => name === keyName);
  return key?.versions.at(-1)?.version ?? '';
}

/** Emulator options for a cloud without the API version that supports versionless key identifiers. */
export const lagging = { apiVersions: { 'Microsoft.Sql/servers/keys': ['2023-08-01', '2021-11-01'] } };
