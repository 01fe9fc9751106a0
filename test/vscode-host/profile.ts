import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** Turns off what interferes with tests: the welcome page, AI, experiments, network access, animation. */
const quietSettings: Settings = {
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  // VS Code would load the system's certificates for every connection. Tests use NODE_EXTRA_CA_CERTS.
  'http.proxySupport': 'off',
  'http.systemCertificates': false,
  // Otherwise VS Code shows a toast for each port that a process opens.
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'window.title': '${activeEditorShort}',
  'workbench.editor.useModal': 'off',
  'workbench.enableExperiments': false,
  // Scrolls by 100 pixels, less than the height of a view, so that the driver finds every row.
  'workbench.list.mouseWheelScrollSensitivity': 2,
  'workbench.reduceMotion': 'on',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** VS Code's defaults, for suites that use the network as users do. */
export const usersNetwork: Settings = { 'http.proxySupport': 'override', 'http.systemCertificates': true };

/** Writes the user settings. A window reads them when it loads. */
export function writeSettings(userDataDir: string, settings: Settings): void {
  const folder = join(userDataDir, 'User');
  mkdirSync(folder, { recursive: true });
  // A window that is open must not read a file that is half written.
  const half = join(folder, 'settings.json.half');
  writeFileSync(half, JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  renameSync(half, join(folder, 'settings.json'));
}

/** Reads the user settings, including VS Code's own changes. */
export function readSettings(userDataDir: string): Settings {
  return JSON.parse(readFileSync(join(userDataDir, 'User/settings.json'), 'utf8')) as Settings;
}

/** Closes notifications, editors, and the panel. */
export const resetKey = 'Control+Alt+Shift+F9';
/** Makes VS Code read the user settings again, which it does after it has changed one of them. */
export const settingsKey = 'Control+Alt+Shift+F8';

const closing = ['notifications.clearAll', 'workbench.action.closeAllEditors', 'workbench.action.closePanel'];

/** Binds the keys that the driver presses. */
export function bindKeys(userDataDir: string): void {
  const bindings = [
    { key: 'ctrl+alt+shift+f9', command: 'runCommands', args: { commands: closing } },
    { key: 'ctrl+alt+shift+f8', command: 'workbench.action.toggleMultiCursorModifier' },
  ];
  writeFileSync(join(userDataDir, 'User', 'keybindings.json'), JSON.stringify(bindings));
}
