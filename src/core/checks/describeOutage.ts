import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { Finding } from '../errors/finding';
import { listed, utcMinute } from '../text';

/** What is known about a server that may have lost its key. */
export interface Lost {
  /** The name of the server. */
  readonly server: string;
  /** The databases that Azure shows as inaccessible. */
  readonly inaccessible: readonly string[];
  /** Why the server can't use its TDE protector, the worst first; absent if that wasn't checked. */
  readonly causes?: readonly Pick<Finding, 'text' | 'codes'>[];
  /** When the server lost access to the key, if known. */
  readonly since?: Date;
}

/** An outage in words, the same everywhere. */
export interface Outage {
  /** For a row, the cause first: "key disabled", "2 databases inaccessible". */
  readonly words: readonly string[];
  /** One sentence without its period. */
  readonly text: string;
  /** The cause, how long the databases recover automatically, and the way out, as sentences. */
  readonly detail: string;
}

/** Databases recover automatically if access returns within this time. Source: Azure SQL docs, "Inaccessible TDE protector". */
const recoveryMs = 30 * 60_000;

/** Describes an outage; undefined if there is none. */
export function describeOutage(lost: Lost, now: Date): Outage | undefined {
  const { inaccessible, causes: [cause] = [] } = lost;
  if (inaccessible.length === 0 && !cause) return undefined;
  const sentences = [
    ...(cause ? [l10n.t("The server can't use its TDE protector: {0}.", cause.text)] : []),
    ...(inaccessible.length === 0 ? [beforeOutage()] : [recoveryOf(lost, now), wayOut(lost)]),
  ];
  return {
    words: [causeWords(cause), countWords(inaccessible)].filter(Boolean),
    text: textOf(lost),
    detail: sentences.join(' '),
  };
}

function textOf({ server, inaccessible }: Lost): string {
  if (inaccessible.length === 0) return l10n.t('"{0}" can\'t use its TDE protector', server);
  const names = listed(inaccessible.map((name) => `"${name}"`));
  return inaccessible.length === 1
    ? l10n.t('1 database of "{0}" is inaccessible: {1}', server, names)
    : l10n.t('{0} databases of "{1}" are inaccessible: {2}', inaccessible.length, server, names);
}

const beforeOutage = (): string =>
  l10n.t('Its databases become inaccessible within minutes of losing access. Fix the cause now.');

function recoveryOf({ since }: Lost, now: Date): string {
  if (!since) {
    return l10n.t(
      'The databases recover automatically only if the server can use the key again within 30 minutes of losing it.',
    );
  }
  const end = new Date(since.getTime() + recoveryMs);
  return now < end
    ? l10n.t(
        'The databases recover automatically, within an hour, if the server can use the key again before {0}.',
        utcMinute(end),
      )
    : l10n.t(
        'The databases no longer recover automatically: access was lost at {0}, more than 30 minutes ago.',
        utcMinute(since),
      );
}

function wayOut({ causes }: Lost): string {
  if (!causes) return l10n.t('Check the TDE protector, fix what the check finds, then revalidate the TDE protector.');
  return causes.length > 0
    ? l10n.t('Fix the cause, then revalidate the TDE protector.')
    : l10n.t("The checks find no reason why the server can't use the key now: revalidate the TDE protector.");
}

function countWords(inaccessible: readonly string[]): string {
  if (inaccessible.length === 0) return '';
  return inaccessible.length === 1
    ? l10n.t('1 database inaccessible')
    : l10n.t('{0} databases inaccessible', inaccessible.length);
}

/** The codes of a cause, and the words for it. */
const shortCauses: readonly (readonly [ErrorCode, () => string])[] = [
  ['AzureKeyVaultKeyDisabled', () => l10n.t('key disabled')],
  ['AzureKeyVaultInvalidExpirationDate', () => l10n.t('key expired')],
  ['AzureKeyVaultKeyNameNotFound', () => l10n.t('key deleted')],
  ['VaultNotFound', () => l10n.t('vault not found')],
  ['AkvHostNotResolvingFromNode', () => l10n.t('vault not found')],
  ['AkvEndpointNotReachableFromNode', () => l10n.t('vault not reachable')],
  ['AzureKeyVaultConnectionFailed', () => l10n.t('vault not reachable')],
  ['AzureKeyVaultNoServerIdentity', () => l10n.t('no identity')],
  ['AzureKeyVaultMissingPermissions', () => l10n.t('no access to key')],
  ['UmiMissingAkvPermissions', () => l10n.t('no access to key')],
];

function causeWords(cause: Pick<Finding, 'codes'> | undefined): string {
  if (!cause) return '';
  const [, words] = shortCauses.find(([code]) => cause.codes.includes(code)) ?? [];
  return words?.() ?? l10n.t('key not usable');
}
