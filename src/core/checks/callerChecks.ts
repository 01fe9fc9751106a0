import * as l10n from '@vscode/l10n';
import { isInstanceId } from '../armId';
import { azCommand, serverValues } from '../cli/commands';
import { hasTrait, type ErrorCode } from '../errors/errorCatalogue';
import type { Finding } from '../errors/finding';
import type { Permission } from '../accessModel';
import type { SqlServer } from '../model';
import { neededActions, type NeededAction } from '../neededActions';
import { resourceGroupId } from '../resourceGroupId';
import { listed } from '../text';
import { notChecked, type Check, type ServerCheck } from './check';
import { isAbsent, type Facts } from './facts';
import { serverType } from '../serverType';
import { isAllowed, rightsCheck } from './rightsCheck';

const codes: readonly ErrorCode[] = ['AuthorizationFailed'];

/** Can the signed-in account create server keys on the server, and follow the creation? */
export const permissionCheck: ServerCheck = ({ server }, { permissions, groupPermissions }, { account }) => {
  const lacking = [...lackingAt('server', server, permissions), ...lackingAt('serverGroup', server, groupPermissions)];
  const { name, resourceGroup } = server;
  if (permissions.value && lacking.some(({ need }) => need === 'change')) {
    return [
      {
        ...problem(server, lacking, account),
        outcome: 'fail',
        text: l10n.t('Your account can\'t create server keys on "{0}"', name),
      },
    ];
  }
  const failed = [permissions, groupPermissions].find(({ error }) => error);
  if (failed?.error) {
    const fact =
      failed === permissions
        ? l10n.t('permissions of your account')
        : l10n.t('permissions of your account in the resource group "{0}"', resourceGroup);
    return isAbsent(failed) ? [] : [notChecked(fact, failed.error, codes)];
  }
  return lacking.length > 0
    ? [
        {
          ...problem(server, lacking, account),
          outcome: 'warn',
          text: l10n.t('Your account can create server keys on "{0}", but may not learn the result', name),
        },
      ]
    : [allowed(server, permissions.value ?? [])];
};

/** Whether permissions, without conditions, are enough to create server keys. Those in a resource group apply to its servers. */
export function mayCreate(server: Pick<SqlServer, 'id'>, permissions: readonly Permission[]): boolean {
  const value = permissions.filter(({ isConditional }) => !isConditional);
  return lackingAt('server', server, { value }).length === 0;
}

/** Conditions of role assignments aren't evaluated. */
const allowed = (server: SqlServer, permissions: readonly Permission[]): Finding =>
  isAllowed(
    permissions.filter(({ isConditional }) => !isConditional),
    `${serverType(server).name}/keys/write`,
  )
    ? { outcome: 'pass', text: l10n.t('Your account can create server keys on "{0}"', server.name), codes }
    : {
        outcome: 'warn',
        text: l10n.t('A condition decides whether your account can create server keys on "{0}"', server.name),
        detail: l10n.t(
          "The change may be refused: the role assignment has a condition, which this extension doesn't evaluate.",
        ),
        codes,
      };

/** The actions for the creation of a server key that the account lacks at a place; none if its permissions couldn't be read. */
function lackingAt(
  place: NeededAction['at'],
  server: Pick<SqlServer, 'id'>,
  { value }: Facts['permissions'],
): readonly NeededAction[] {
  if (!value) return [];
  return neededActions.createServerKey
    .filter(({ at, need }) => at === place && (need === 'change' || need === 'follow'))
    .map((one): NeededAction => ({ ...one, action: serverType(server).action(one.action) }))
    .filter(({ action }) => !isAllowed(value, action));
}

/** Can the signed-in account create the new key in the vault? */
export const newKeyPermissionCheck: Check = (_, { vault, vaultPermissions }) =>
  vault.value && vaultPermissions ? rightsCheck('createVaultKey', vault.value.id, vaultPermissions) : [];

function problem(server: SqlServer, lacking: readonly NeededAction[], account = '') {
  const { id, resourceGroup } = server;
  const groupId = resourceGroupId(id) ?? '';
  return {
    detail: l10n.t(
      'Ask for a role in the resource group "{0}" that includes {1}, or activate your eligible role. {2} is one.',
      resourceGroup,
      listed(lacking.map(({ action }) => action)),
      isInstanceId(id) ? 'SQL Managed Instance Contributor' : 'SQL Server Contributor',
    ),
    codes,
    fixes: [
      {
        kind: 'runCommand' as const,
        title: l10n.t('How to Assign the Role to Your Account'),
        command: azCommand('grantServerContributor', { ...serverValues(server), resourceGroupId: groupId, account }),
        portal: `resource${groupId}/users`,
      },
    ],
  };
}

/** Does a lock make the server or database read-only? A delete lock does not. */
export const lockCheck = (
  { server }: { readonly server: Pick<SqlServer, 'name'> },
  { locks }: Pick<Facts, 'locks'>,
): readonly Finding[] => {
  const codes: readonly ErrorCode[] = ['ScopeLocked'];
  if (locks.error) {
    return isAbsent(locks) ? [] : [notChecked(l10n.t('locks of "{0}"', server.name), locks.error, codes)];
  }
  const lock = locks.value.find(({ level }) => level === 'readOnly');
  return lock
    ? [
        {
          outcome: 'fail',
          text: l10n.t('The lock "{0}" prevents changes to "{1}"', lock.name, server.name),
          detail: l10n.t('The lock is on {0}.', lock.scope),
          codes,
          fixes: [
            {
              kind: 'runCommand',
              title: l10n.t('How to Delete the Lock'),
              command: azCommand('deleteLock', {
                lockId: `${lock.scope}/providers/Microsoft.Authorization/locks/${lock.name}`,
              }),
              portal: `resource${lock.scope}/locks`,
            },
          ],
        },
      ]
    : [{ outcome: 'pass', text: l10n.t('No lock prevents changes to "{0}"', server.name), codes }];
};

/** Does Azure throttle requests? Reads that succeed prove nothing about writes, so this never passes. */
export const throttlingCheck: Check = (_, facts) => {
  const codes: readonly ErrorCode[] = [
    'TooManyRequests',
    'SubscriptionTooManyRequests',
    'SubscriptionRequestsThrottled',
    'RateLimiting',
  ];
  const throttled = Object.values({ ...facts }).some(
    (reading) => reading?.error && hasTrait(reading.error.code, 'throttled'),
  );
  return throttled
    ? [
        {
          outcome: 'warn',
          text: l10n.t('Azure is throttling requests right now'),
          detail: l10n.t('Wait a few minutes, then check again.'),
          codes,
        },
      ]
    : [];
};
