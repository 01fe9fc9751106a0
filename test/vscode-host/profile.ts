import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** Nothing of VS Code itself gets in the way of a test: no welcome, no AI, no experiments, no network, no animation. */
const quietSettings: Settings = {
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  // The tests' certificates come from NODE_EXTRA_CA_CERTS. VS Code would handle those of the system at every connection.
  'http.proxySupport': 'off',
  'http.systemCertificates': false,
  // No toast for each port that a process opens.
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'window.title': '${activeEditorShort}',
  'workbench.editor.useModal': 'off',
  'workbench.enableExperiments': false,
  // Half a view a notch, for the driver's search for rows out of sight.
  'workbench.list.mouseWheelScrollSensitivity': 8,
  'workbench.reduceMotion': 'on',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** A window reads them when it loads. */
export function writeSettings(userDataDir: string, settings: Settings): void {
  const folder = join(userDataDir, 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
}

/** What is in the file now, VS Code's own changes included. */
export function readSettings(userDataDir: string): Settings {
  return JSON.parse(readFileSync(join(userDataDir, 'User/settings.json'), 'utf8')) as Settings;
}

/** The key that closes what a test may have left open. */
export const resetKey = 'Control+Alt+Shift+F9';

const closing = ['notifications.clearAll', 'workbench.action.closeAllEditors', 'workbench.action.closePanel'];

export function bindResetKey(userDataDir: string): void {
  const bindings = [{ key: 'ctrl+alt+shift+f9', command: 'runCommands', args: { commands: closing } }];
  writeFileSync(join(userDataDir, 'User', 'keybindings.json'), JSON.stringify(bindings));
}
