import { isDeepStrictEqual } from 'node:util';
import { l10n, workspace, type Disposable } from 'vscode';
import { resolveCloud, type Cloud } from '../core/clouds';
import { knownError } from '../core/errors/errorCode';
import {
  azureResources,
  cloudSettingsSection,
  settings,
  settingsSection,
  type Grouping,
  signInMethods,
  type SignInMethod,
} from './ids';

/** VS Code's settings for the cloud. */
const cloudSettings = { environment: 'environment', customEnvironment: 'customEnvironment' } as const;

/** The settings that decide where to sign in and what to read, by section. A workspace must not set them. */
const usersOnly: Readonly<Record<string, readonly string[]>> = {
  [cloudSettingsSection]: Object.values(cloudSettings),
  [settingsSection]: [settings.signIn, settings.selectedSubscriptions],
  [azureResources.settingsSection]: [settings.selectedSubscriptions],
};

/** The user's value or the default; workspace values are ignored. */
export function userValue(section: string, name: string): unknown {
  const { globalValue, defaultValue } = workspace.getConfiguration(section).inspect<unknown>(name) ?? {};
  return globalValue ?? defaultValue;
}

const saveUserValue = (section: string, name: string, value: unknown): Thenable<void> =>
  workspace.getConfiguration(section).update(name, value, true);

/** The cloud that the user's settings choose. Throws an `ArmError` if they are invalid. */
export function configuredCloud(): Cloud {
  const value = (name: string) => userValue(cloudSettingsSection, name);
  const resolution = resolveCloud(value(cloudSettings.environment), value(cloudSettings.customEnvironment));
  if ('problem' in resolution) throw knownError({ code: 'InvalidSettings', message: resolution.problem });
  return resolution.cloud;
}

/** The sign-in method. Throws an `ArmError` if settings.json has an unknown value. */
export function signInMethod(): SignInMethod {
  const value = userValue(settingsSection, settings.signIn);
  const method = signInMethods.find((known) => known === value);
  if (method) return method;
  const message = l10n.t(
    'The setting {0} must be one of {1}; it is "{2}".',
    `${settingsSection}.${settings.signIn}`,
    signInMethods.join(', '),
    String(value),
  );
  throw knownError({ code: 'InvalidSettings', message });
}

/** @returns false if the setting has this value already */
export async function saveSignInMethod(method: SignInMethod): Promise<boolean> {
  const isNew = userValue(settingsSection, settings.signIn) !== method;
  if (isNew) await saveUserValue(settingsSection, settings.signIn, method);
  return isNew;
}

export const grouping = (): Grouping =>
  userValue(settingsSection, settings.groupBy) === 'resourceGroup' ? 'resourceGroup' : 'subscription';

export const saveGrouping = (by: Grouping): Thenable<void> => saveUserValue(settingsSection, settings.groupBy, by);

/** Whether the extension may change nothing in Azure. Only `false` turns it off, so that a mistake in settings.json doesn't. */
export const isReadOnly = (): boolean => userValue(settingsSection, settings.readOnly) !== false;

/** Whether to mark servers with urgent problems by a number on the icon of the view and by color. */
export const showsBadge = (): boolean => userValue(settingsSection, settings.badge) !== false;

/** The selected subscriptions as "tenant/subscription": those of this extension, or else those of the Azure Resources extension. */
export function selectedSubscriptions(): readonly string[] {
  const lists = [settingsSection, azureResources.settingsSection].map((section) =>
    userValue(section, settings.selectedSubscriptions),
  );
  const chosen: readonly unknown[] = lists.find((list) => Array.isArray(list)) ?? [];
  return chosen.map(String);
}

/**
 * Saves the selected subscriptions; none means all. If the Azure Resources extension is installed, saves them in its setting,
 * which both extensions then use.
 */
export async function saveSelectedSubscriptions(chosen: readonly string[]): Promise<void> {
  const name = settings.selectedSubscriptions;
  const isShared = workspace.getConfiguration(azureResources.settingsSection).inspect(name)?.defaultValue !== undefined;
  if (isShared) await saveUserValue(azureResources.settingsSection, name, chosen);
  await saveUserValue(settingsSection, name, isShared ? undefined : chosen);
}

/**
 * The settings that the workspace changes although only the user may change them. The workspace values are ignored.
 * @param sections the sections to check; all by default
 */
export function ignoredSettings(...sections: readonly string[]): readonly string[] {
  const asked = Object.entries(usersOnly).filter(([section]) => sections.length === 0 || sections.includes(section));
  return asked.flatMap(([section, names]) =>
    names.filter((name) => differsInWorkspace(section, name)).map((name) => `${section}.${name}`),
  );
}

function differsInWorkspace(section: string, name: string): boolean {
  const { workspaceValue, workspaceFolderValue } = workspace.getConfiguration(section).inspect<unknown>(name) ?? {};
  const values = [workspaceValue, workspaceFolderValue].filter((value) => value !== undefined);
  return values.some((value) => !isDeepStrictEqual(value, userValue(section, name)));
}

/** Callbacks for changed settings. */
export interface SettingsListener {
  /** The cloud or the sign-in method has changed. */
  readonly onConnection: () => void;
  readonly onSubscriptions: () => void;
  readonly onGrouping: () => void;
  /** Only what the view shows has changed. */
  readonly onView: () => void;
}

export function listenToSettings(listener: SettingsListener): Disposable {
  const { onConnection, onSubscriptions, onGrouping, onView } = listener;
  return workspace.onDidChangeConfiguration((event) => {
    const affects = (section: string, name: string) => event.affectsConfiguration(`${section}.${name}`);
    if (event.affectsConfiguration(cloudSettingsSection) || affects(settingsSection, settings.signIn)) {
      onConnection();
    } else if (
      [settingsSection, azureResources.settingsSection].some((section) =>
        affects(section, settings.selectedSubscriptions),
      )
    ) {
      onSubscriptions();
    } else if (affects(settingsSection, settings.groupBy)) {
      onGrouping();
    } else if ([settings.readOnly, settings.badge].some((name) => affects(settingsSection, name))) {
      onView();
    }
  });
}
