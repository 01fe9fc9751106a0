import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../base/answer';
import { findVaultKey } from '../base/find';
import { same, subscriptionOf } from '../base/ids';
import type { Vault, VaultKey } from '../base/state';
import { geographyOf } from '../routes/regions';

/** What a backup of a key contains. Only the vaults of Azure can read one, and only those of the same subscription and geography. */
interface Backup {
  readonly subscription: string;
  readonly geography: string;
  readonly key: VaultKey;
}

const signed = (secret: Buffer, content: string): string =>
  createHmac('sha256', secret).update(content).digest('base64url');

/** The backup of a key with all its versions, as Key Vault returns it: a text that tells a client nothing. */
export function backupOf(secret: Buffer, vault: Vault, key: VaultKey): string {
  const backup: Backup = { subscription: subscriptionOf(vault.id), geography: geographyOf(vault.location), key };
  const content = Buffer.from(JSON.stringify(backup)).toString('base64url');
  return `${content}.${signed(secret, content)}`;
}

const invalid = (): Refusal => new Refusal(400, 'BadParameter', 'The backup blob is invalid.');

function readBackup(secret: Buffer, text: string): Backup {
  const [content = '', signature = ''] = text.split('.');
  const [given, expected] = [signature, signed(secret, content)].map((one) => Buffer.from(one));
  if (!given || !expected || given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalid();
  return JSON.parse(Buffer.from(content, 'base64url').toString()) as Backup;
}

/** Puts the key of a backup into a vault, with all its versions and their material; throws a Refusal if Azure wouldn't. */
export function restoreTo(vault: Vault, secret: Buffer, text: string): VaultKey {
  const { subscription, geography, key } = readBackup(secret, text);
  if (!same(subscription, subscriptionOf(vault.id)) || geography !== geographyOf(vault.location)) {
    const message = 'The backup can only be restored to a vault of the same subscription and Azure geography.';
    throw new Refusal(400, 'BadParameter', message);
  }
  if (findVaultKey(vault, key.name)) {
    throw new Refusal(409, 'Conflict', `A key with (name/id) ${key.name} already exists in this key vault.`);
  }
  vault.keys.push(key);
  return key;
}
