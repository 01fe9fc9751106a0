import { workspace } from 'vscode';
import { azureResources, settings, settingsSection } from './ids';

/** The subscriptions to show, and the tenants to ask for them; all ids in lower case. */
export interface SubscriptionFilter {
  readonly subscriptionIds: ReadonlySet<string>;
  readonly tenantIds: ReadonlySet<string>;
}

const setting = settings.selectedSubscriptions;

/**
 * The subscriptions that the user chose to see, each as "tenant/subscription": the choice made here or, without one, the
 * one made in the Azure Resources extension, which has the same form. None means everything.
 */
export function chosenSubscriptions(): readonly string[] {
  const [own, shared] = [settingsSection, azureResources.settingsSection].map((section) =>
    workspace.getConfiguration(section).get<unknown>(setting),
  );
  return (Array.isArray(own) ? own : Array.isArray(shared) ? shared : []).map(String);
}

/** That choice, to compare with; undefined means everything. */
export function subscriptionFilter(): SubscriptionFilter | undefined {
  const pairs = chosenSubscriptions().map((entry) => entry.toLowerCase().split('/'));
  return pairs.length === 0
    ? undefined
    : {
        tenantIds: new Set(pairs.map(([tenantId = '']) => tenantId)),
        subscriptionIds: new Set(pairs.map((pair) => pair.at(-1) ?? '')),
      };
}

/** Saves a choice where the Azure Resources extension looks for it too, if that is there. An empty one means everything. */
export async function saveSubscriptionFilter(chosen: readonly string[]): Promise<void> {
  const save = (section: string, value: readonly string[] | undefined) =>
    workspace.getConfiguration(section).update(setting, value, true);
  const shared =
    workspace.getConfiguration(azureResources.settingsSection).inspect(setting)?.defaultValue !== undefined;
  if (shared) {
    await save(azureResources.settingsSection, chosen);
    await save(settingsSection, undefined);
  } else {
    await save(settingsSection, chosen);
  }
}

export function affectsSubscriptionFilter(affects: (section: string) => boolean): boolean {
  return [settingsSection, azureResources.settingsSection].some((section) => affects(`${section}.${setting}`));
}
