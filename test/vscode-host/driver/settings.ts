import type { Page } from 'playwright-core';
import { type Settings, settingsKey, writeSettings } from '../profile';
import { until } from './until';

export interface UserSettings {
  /** Saves these changes. A window reads them when it loads. */
  save(changed: Settings): void;
  /** Saves these changes and waits until the open window uses them. */
  change(changed: Settings): Promise<void>;
}

export function userSettings(page: Page, userDataDir: string, initial: Settings): UserSettings {
  let settings = initial;
  let changes = 0;
  const save = (changed: Settings): void => {
    settings = { ...settings, ...changed };
    writeSettings(userDataDir, settings);
  };
  return {
    save,
    async change(changed) {
      changes += 1;
      const title = `Settings ${changes}`;
      // VS Code shows the new title once it uses the new settings.
      save({ ...changed, 'window.title': title });
      await page.keyboard.press(settingsKey);
      await until(`window with the title "${title}"`, async () => (await page.title()).includes(title));
    },
  };
}
