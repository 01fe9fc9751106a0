import { userValue } from './configuration';
import { azureResources, settings, settingsSection } from './ids';

/** Whether to run the checks before server keys are created. */
export const checksBeforeCreation = (): boolean => userValue(settingsSection, settings.preflight) !== 'never';

/** The tag of production servers, as "name=value" or "name"; "" for none. */
export const productionTag = (): string => {
  const value = userValue(settingsSection, settings.productionTag);
  return typeof value === 'string' ? value.trim() : '';
};

/** Whether a name confirms a deletion, not a button. By default, the setting of the Azure Resources extension decides. */
export function confirmsByName(): boolean {
  const own = userValue(settingsSection, settings.deleteConfirmation);
  if (own === 'enterName' || own === 'clickButton') return own === 'enterName';
  return userValue(azureResources.settingsSection, settings.deleteConfirmation) !== 'ClickButton';
}
