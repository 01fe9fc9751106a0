import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';
import { machineSignIn } from '../vscode';

/** The emulator that the stories run on: whoever starts them has started it. */
const info = JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo;
export const emulator = attachEmulator(info);
export const { settings: cloudSettings, environment } = info;
/** With the account that the emulator gives this machine. */
export const settings = { ...cloudSettings, ...machineSignIn };

/** The names of the server keys that the service has. */
export async function serverKeys(server: string): Promise<string[]> {
  const state = await emulator.state();
  return state.servers.find(({ name }) => name === server)?.keys.map(({ name }) => name) ?? [];
}

/** The newest version of a key that the vault has. */
export async function versionOf(vaultName: string, keyName: string): Promise<string> {
  const state = await emulator.state();
  const key = state.vaults.find(({ name }) => name === vaultName)?.keys.find(({ name }) => name === keyName);
  return key?.versions.at(-1)?.version ?? '';
}

/** A cloud that lags behind: what takes versionless key identifiers is not there yet. */
export const lagging = { apiVersions: { 'Microsoft.Sql/servers/keys': ['2023-08-01', '2021-11-01'] } };
