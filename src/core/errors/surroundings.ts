import * as l10n from '@vscode/l10n';
import { utcMinute } from '../text';
import { logEntry } from './logEntry';

/** What Copy Diagnostics tells about the extension and its settings. It has no name, ID, or address. */
export interface Surroundings {
  /** The version of the extension. */
  readonly version: string;
  readonly vscode: string;
  /** Where the extension runs: "local", "web", or the kind of remote host, and the platform. */
  readonly host: string;
  /** The name of a built-in cloud, or "custom"; undefined if the settings are invalid. */
  readonly cloud: string | undefined;
  /** The way to sign in; undefined if the setting is invalid. */
  readonly signIn: string | undefined;
  readonly isReadOnly: boolean;
  /** How many subscriptions and tenants the filter selects; undefined without a filter. */
  readonly filter: { readonly subscriptions: number; readonly tenants: number } | undefined;
  /** How many the view has read last; undefined if nothing has been read. */
  readonly read:
    | {
        readonly accounts: number;
        readonly tenants: number;
        readonly subscriptions: number;
        readonly servers: number;
        readonly asOf: Date;
      }
    | undefined;
}

/** The surroundings as a log entry. */
export function surroundingsLog({
  version,
  vscode,
  host,
  cloud,
  signIn,
  isReadOnly,
  filter,
  read,
}: Surroundings): string {
  const invalid = l10n.t('invalid setting');
  const count = (number: number | undefined) => (number === undefined ? l10n.t('not read yet') : String(number));
  return logEntry(`SQL Server Keys ${version}`, [
    ['VS Code', vscode],
    [l10n.t('host'), host],
    [l10n.t('cloud'), cloud ?? invalid],
    [l10n.t('sign-in'), signIn ?? invalid],
    [l10n.t('read-only'), isReadOnly ? l10n.t('on') : l10n.t('off')],
    [
      l10n.t('filter'),
      filter ? l10n.t('subscriptions: {0}, tenants: {1}', filter.subscriptions, filter.tenants) : l10n.t('off'),
    ],
    [l10n.t('accounts'), count(read?.accounts)],
    [l10n.t('tenants'), count(read?.tenants)],
    [l10n.t('subscriptions'), count(read?.subscriptions)],
    [l10n.t('servers'), count(read?.servers)],
    [l10n.t('as of'), read ? utcMinute(read.asOf) : ''],
  ]);
}

/**
 * Where the extension runs.
 * @param remoteName the name that VS Code gives the remote host, which can be an address
 */
export function hostKind(remoteName: string | undefined, isWeb: boolean): string {
  const kind = remoteName === undefined ? '' : /^[a-z]+(-[a-z]+)*$/.test(remoteName) ? remoteName : 'remote';
  return [kind || (isWeb ? '' : 'local'), isWeb ? 'web' : ''].filter(Boolean).join(', ');
}
