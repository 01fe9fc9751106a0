import * as l10n from '@vscode/l10n';
import type { VaultKey } from '../vaultModel';
import { utcDay } from '../text';

/** A key that expires within this many days needs attention. */
const expiryWarningDays = 60;

/** One day in milliseconds. */
export const day = 24 * 60 * 60 * 1000;

type Expiring = Pick<VaultKey, 'expires'>;

/** Whether a key has expired. An expiration date that can't be read says nothing. */
export function isExpired({ expires }: Expiring, now: Date): boolean {
  return expires !== undefined && expires.getTime() <= now.getTime();
}

/** Whether a key is valid but needs attention because it expires soon. */
export function expiresSoon(key: Expiring, now: Date): boolean {
  const { expires } = key;
  return expires !== undefined && !isExpired(key, now) && expires.getTime() - now.getTime() <= expiryWarningDays * day;
}

/** "expires in 41 days", "expired 3 days ago", or the date if it is far away; undefined if the key doesn't expire. */
export function expiryText(key: Expiring, now: Date): string | undefined {
  const { expires } = key;
  if (expires === undefined || Number.isNaN(expires.getTime())) return undefined;
  const days = Math.floor(Math.abs(expires.getTime() - now.getTime()) / day);
  if (isExpired(key, now)) {
    if (days === 0) return l10n.t('expired less than a day ago');
    return days === 1 ? l10n.t('expired 1 day ago') : l10n.t('expired {0} days ago', days);
  }
  if (!expiresSoon(key, now)) return l10n.t('expires on {0}', utcDay(expires));
  if (days === 0) return l10n.t('expires in less than a day');
  return days === 1 ? l10n.t('expires in 1 day') : l10n.t('expires in {0} days', days);
}
