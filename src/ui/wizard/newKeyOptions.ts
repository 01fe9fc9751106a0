import { l10n, ThemeIcon } from 'vscode';
import { keyIn } from '../../core/keys/keyChoice';
import { dayProblem, lifetimeOf, lifetimeUntil, rotationDays } from '../../core/keys/keyLifetime';
import { serverKeyName } from '../../core/keys/serverKeyName';
import { utcDay } from '../../core/text';
import { enterText, pick, type Item } from '../quickPick';
import { needsVersion, required, type CreateServerKeyAnswers, type NewKeyExpiry, type Question } from './answers';

const isNew = ({ keyChoice }: CreateServerKeyAnswers): boolean => keyChoice?.kind === 'new';

/** What Azure SQL does with a key that expires. */
export const expiryConsequence = (): string => l10n.t('Databases become inaccessible if their TDE protector expires');

/** What Azure SQL does with a new version. */
export const rotationText = (): string => l10n.t('The TDE protector uses a new version only with automatic rotation');

/** The first choice needs nothing more. */
export const pickNewKeyExpiry = (): Question => ({
  id: 'newKeyExpiry',
  needed: (answers) => isNew(answers) && answers.newKeyExpiry === undefined,
  async ask(ui, answers, { earlier: { newKeyExpiry: before } }) {
    const key = required(answers.newKey);
    const now = new Date();
    const chosen = await pick<NewKeyExpiry>(
      ui,
      () => Promise.resolve(expiryItems(now)),
      { placeHolder: l10n.t('Select when the key "{0}" expires', key.name) },
      ({ when, years, rotates }) => when === before?.when && years === before.years && rotates === before.rotates,
    );
    answers.newKeyExpiry = chosen;
    const { when, years, rotates } = chosen;
    if (when === 'inYears') answers.newKey = { ...key, lifetime: lifetimeOf(years, rotates, now) };
  },
});

function expiryItems(now: Date): Item<NewKeyExpiry>[] {
  const never: Item<NewKeyExpiry> = {
    label: l10n.t('No expiration date'),
    iconPath: new ThemeIcon('circle-slash'),
    detail: l10n.t('The key stays valid until someone disables or deletes it'),
    data: { when: 'never', years: 0, rotates: false },
  };
  return [never, ...[false, true].flatMap((rotates) => endingItems(rotates, now))];
}

/** Only the first row says what all of them mean, so that all rows are visible. */
function endingItems(rotates: boolean, now: Date): Item<NewKeyExpiry>[] {
  const labels = rotates
    ? [
        l10n.t('Expires in 1 year, with rotation'),
        l10n.t('Expires in 2 years, with rotation'),
        l10n.t('Expires on a date, with rotation…'),
      ]
    : [l10n.t('Expires in 1 year'), l10n.t('Expires in 2 years'), l10n.t('Expires on a date…')];
  const meaning = rotates
    ? l10n.t('The vault creates a new version {0} days before a version expires', rotationDays)
    : expiryConsequence();
  return labels.map((label, i) => {
    const years = i + 1;
    const isDay = years > 2;
    return {
      label,
      iconPath: new ThemeIcon(rotates ? 'sync' : 'calendar'),
      description: isDay ? '' : utcDay(lifetimeOf(years, rotates, now).expires),
      detail: i === 0 ? meaning : '',
      group: rotates ? l10n.t('with a rotation policy') : l10n.t('without a rotation policy'),
      data: isDay ? { when: 'onDay', years: 0, rotates } : { when: 'inYears', years, rotates },
    };
  });
}

export const enterNewKeyDay = (): Question => ({
  id: 'newKeyDay',
  needed: ({ newKeyExpiry, newKey }) => newKeyExpiry?.when === 'onDay' && newKey?.lifetime === undefined,
  async ask(ui, answers, { earlier }) {
    const key = required(answers.newKey);
    const { rotates } = required(answers.newKeyExpiry);
    const now = new Date();
    const before = earlier.newKey?.lifetime;
    const text = await enterText(
      ui,
      {
        prompt: l10n.t('Enter the date (UTC) on which the key "{0}" expires.', key.name),
        placeHolder: l10n.t('year-month-day, for example {0}', utcDay(lifetimeOf(1, rotates, now).expires)),
        value: before ? utcDay(before.expires) : '',
      },
      (day) => dayProblem(day, rotates, now),
      // A date is judged when it is complete.
      (day) => (day.length < 10 ? undefined : dayProblem(day, rotates, now)),
    );
    answers.newKey = { ...key, lifetime: lifetimeUntil(text, rotates, now) };
  },
});

export const pickNewKeyVersion = (): Question => ({
  id: 'newKeyVersion',
  needed: (answers) => isNew(answers) && answers.newKeyVersion === undefined && !needsVersion(answers),
  async ask(ui, answers, { earlier }) {
    const key = required(answers.newKey);
    const name = serverKeyName(keyIn(key.vault, key.name));
    const items: Item<'first' | 'latest'>[] = [
      {
        label: l10n.t('The first version'),
        iconPath: new ThemeIcon('key'),
        description: l10n.t('{0}_<version>', name),
        detail: l10n.t('Each later version needs its own server key'),
        data: 'first',
      },
      {
        label: l10n.t('Always the latest version'),
        iconPath: new ThemeIcon('sync'),
        description: name,
        detail: l10n.t('Without a version; the summary explains the consequences'),
        data: 'latest',
      },
    ];
    const version = await pick(
      ui,
      () => Promise.resolve(items),
      { placeHolder: l10n.t('Select the version of the key "{0}" for the server key', key.name) },
      (data) => data === earlier.newKeyVersion,
    );
    answers.newKeyVersion = version;
    if (version === 'latest') answers.newKey = { ...key, versionless: true };
  },
});
