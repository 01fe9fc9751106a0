import * as l10n from '@vscode/l10n';
import { azCommand } from '../cli/commands';
import { hasTrait, type ErrorCode } from '../errors/errorCatalogue';
import { isAbsent } from './facts';
import { includesAction, notChecked, type Check } from './check';

const createAction = 'Microsoft.Sql/servers/keys/write';

/** Can the signed-in account create server keys on the server? */
export const permissionCheck: Check = ({ server }, { permissions }) => {
  const codes: readonly ErrorCode[] = ['AuthorizationFailed'];
  if (permissions.error) {
    return isAbsent(permissions) ? [] : [notChecked(l10n.t('permissions of your account'), permissions.error, codes)];
  }
  const isAllowed = permissions.value.some(
    ({ actions, notActions }) => includesAction(actions, createAction) && !includesAction(notActions, createAction),
  );
  return isAllowed
    ? [{ outcome: 'pass', text: l10n.t('Your account can create server keys on "{0}"', server.name), codes }]
    : [
        {
          outcome: 'fail',
          text: l10n.t('Your account can\'t create server keys on "{0}"', server.name),
          detail: l10n.t('It needs the permission {0}. The role SQL Server Contributor includes it.', createAction),
          codes,
          fixes: [
            {
              kind: 'runCommand',
              title: l10n.t('Assign the Role to Your Account…'),
              command: azCommand('grantServerContributor', { serverId: server.id }),
              portal: `resource${server.id}/users`,
            },
          ],
        },
      ];
};

/** Does a lock make the server read-only? A delete lock does not. */
export const lockCheck: Check = ({ server }, { locks }) => {
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
              title: l10n.t('Delete the Lock…'),
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
