import * as l10n from '@vscode/l10n';
import { utcDay } from '../text';
import type { KeyLifetime } from '../vaultModel';
import { day } from './expiry';

/**
 * A rotation policy creates a new version this many days before a version expires: early enough that a TDE protector with automatic
 * rotation never has a key that expires soon.
 */
export const rotationDays = 90;

/** The shortest time between two rotations. Source: Key Vault docs, "Configure cryptographic key auto-rotation". */
const leastDays = 7;

/** A lifetime that ends in a number of years, at the start of the day in UTC. */
export function lifetimeOf(years: number, rotates: boolean, now: Date): KeyLifetime {
  const expires = new Date(Date.UTC(now.getUTCFullYear() + years, now.getUTCMonth(), now.getUTCDate()));
  return { expires, duration: `P${years}Y`, rotates };
}

/** A lifetime that ends on a day that `dayProblem` accepts. */
export function lifetimeUntil(text: string, rotates: boolean, now: Date): KeyLifetime {
  const expires = toDay(text) ?? new Date(NaN);
  const days = Math.round((expires.getTime() - startOfDay(now)) / day);
  return { expires, duration: `P${days}D`, rotates };
}

/** Why a key can't expire on a day such as "2027-11-26", in one sentence; undefined if it can. */
export function dayProblem(text: string, rotates: boolean, now: Date): string | undefined {
  const expires = toDay(text);
  if (!expires) return l10n.t('Enter a date such as {0}.', utcDay(lifetimeOf(1, rotates, now).expires));
  const earliest = new Date(startOfDay(now) + (rotates ? rotationDays + leastDays : 1) * day);
  if (expires.getTime() >= earliest.getTime()) return undefined;
  return rotates
    ? l10n.t('With a new version {0} days before, the earliest date is {1}.', rotationDays, utcDay(earliest))
    : l10n.t('The earliest date is {0}.', utcDay(earliest));
}

/** The lifetime of a new key, for a list. */
export function lifetimeText(lifetime: KeyLifetime | undefined): string {
  if (!lifetime) return l10n.t('No expiration date');
  const expires = utcDay(lifetime.expires);
  return lifetime.rotates
    ? l10n.t('Expires on {0}, with a new version {1} days before', expires, rotationDays)
    : l10n.t('Expires on {0}', expires);
}

const startOfDay = (time: Date): number => Math.floor(time.getTime() / day) * day;

/** The start of a day in UTC; undefined for a text that isn't a date. */
function toDay(text: string): Date | undefined {
  const trimmed = text.trim();
  const date = /^\d{4}-\d{2}-\d{2}$/.test(trimmed) ? new Date(`${trimmed}T00:00:00Z`) : undefined;
  // February 30 would become March 2.
  return date && !Number.isNaN(date.getTime()) && utcDay(date) === trimmed ? date : undefined;
}
