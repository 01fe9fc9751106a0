import * as l10n from '@vscode/l10n';
import { azCommand, shellQuoted } from '../cli/commands';
import { hasTrait, type ErrorCode } from '../errors/errorCatalogue';
import { matches } from './actions';
import { isAbsent, type Facts } from './facts';
import { notChecked, type Check } from './check';

const createAction = 'Microsoft.Sql/servers/keys/write';

/** May the account that is signed in create server keys here? */
export const permissionCheck: Check = ({ place, permissions }) => {
  const codes: readonly ErrorCode[] = ['AuthorizationFailed'];
  if (permissions.error) {
    return isAbsent(permissions) ? [] : [notChecked(l10n.t('what your account may do'), permissions.error, codes)];
  }
  const isAllowed = permissions.value.some(
    ({ actions, notActions }) => matches(actions, createAction) && !matches(notActions, createAction),
  );
  return isAllowed
    ? [{ outcome: 'pass', text: l10n.t('Your account may create server keys on "{0}"', place.name), codes }]
    : [
        {
          outcome: 'fail',
          text: l10n.t('Your account may not create server keys on "{0}"', place.name),
          detail: l10n.t('It needs the action {0}, which the role SQL Server Contributor has.', createAction),
          codes,
          fixes: [
            {
              kind: 'runCommand',
              title: l10n.t('Grant the Role to the Account…'),
              command: azCommand('grantServerContributor', { serverId: place.id }),
              portal: `resource${place.id}/users`,
            },
          ],
        },
      ];
};

/** Does a lock keep the server as it is? A lock against deletion does not. */
export const lockCheck: Check = ({ place, locks }) => {
  const codes: readonly ErrorCode[] = ['ScopeLocked'];
  if (locks.error) {
    return isAbsent(locks) ? [] : [notChecked(l10n.t('locks of "{0}"', place.name), locks.error, codes)];
  }
  const lock = locks.value.find(({ level }) => level === 'readOnly');
  return lock
    ? [
        {
          outcome: 'fail',
          text: l10n.t('The lock "{0}" keeps "{1}" from being changed', lock.name, place.name),
          detail: l10n.t('It is on {0}.', lock.scope),
          codes,
          fixes: [
            {
              kind: 'runCommand',
              title: l10n.t('Delete the Lock…'),
              command: `az lock delete --ids ${shellQuoted(`${lock.scope}/providers/Microsoft.Authorization/locks/${lock.name}`)}`,
              portal: `resource${lock.scope}/locks`,
            },
          ],
        },
      ]
    : [{ outcome: 'pass', text: l10n.t('No lock keeps "{0}" from being changed', place.name), codes }];
};

/** Does Azure refuse requests for the moment? That reads are taken says nothing of changes, and rules out nothing. */
export const throttlingCheck: Check = (facts) => {
  const codes: readonly ErrorCode[] = [
    'TooManyRequests',
    'SubscriptionTooManyRequests',
    'SubscriptionRequestsThrottled',
    'RateLimiting',
  ];
  const throttled = readings(facts).find(({ error }) => error && hasTrait(error.code, 'throttled'));
  return throttled
    ? [
        {
          outcome: 'warn',
          text: l10n.t('Azure takes no more requests for the moment'),
          detail: l10n.t('Wait a little, then check again.'),
          codes,
        },
      ]
    : [];
};

function readings(facts: Facts) {
  const { server, serverKeys, protector, vault, settings, version, roles, partners, operations, locks, permissions } =
    facts;
  return [
    server,
    serverKeys,
    protector,
    vault,
    settings,
    version,
    roles,
    partners,
    operations,
    locks,
    permissions,
  ].filter((one) => one !== undefined);
}
