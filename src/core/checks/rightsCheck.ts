import * as l10n from '@vscode/l10n';
import { armResources, lastSegment, sameId } from '../armId';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { Finding } from '../errors/finding';
import type { Permission, RoleGrant } from '../accessModel';
import { neededActions, type NeededAction } from '../neededActions';
import type { Azure } from '../ports';
import { serverType } from '../serverType';
import { listed } from '../text';
import { grantText, includesAction, notChecked } from './check';
import { isAbsent, tryRead, type Reading } from './facts';

const codes: readonly ErrorCode[] = ['AuthorizationFailed'];

/** A command that asks for consent before it changes a resource. */
export type ChangingCommand =
  | 'deleteServerKey'
  | 'setProtector'
  | 'revalidateProtector'
  | 'assignDatabaseIdentity'
  | 'addDatabaseKey'
  | 'setDatabaseProtector'
  | 'revalidateDatabase'
  | 'revertDatabase'
  | 'createVaultKey'
  | 'assignIdentity'
  | 'setPrimaryIdentity'
  | 'registerProvider'
  | 'grantRole'
  | 'addAccessPolicy'
  | 'enablePurgeProtection'
  | 'allowTrustedServices'
  | 'createOnReplicas';

/** Reads whether the signed-in account may make a change. @returns the problems, and what couldn't be checked */
export async function checkRights(
  { access }: Pick<Azure, 'access'>,
  command: ChangingCommand,
  resource: string,
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const [permissions, roles] = await Promise.all([
    tryRead(access.listPermissions(resource, signal), signal),
    command === 'grantRole' ? tryRead(access.listOwnRoles(resource, signal), signal) : undefined,
  ]);
  const found = rightsCheck(command, resource, permissions);
  return roles && found.length === 0 ? delegationCheck(resource, roles) : found;
}

/**
 * Whether a condition of the account's own role assignments may refuse a new one, which the list of its permissions doesn't tell.
 * No other change is subject to such conditions. Source: Azure RBAC docs, "Authorization actions and attributes".
 */
function delegationCheck(resource: string, { value, error }: Reading<readonly RoleGrant[]>): readonly Finding[] {
  const name = lastSegment(resource);
  if (error) {
    return isAbsent({ error }) ? [] : [notChecked(l10n.t('roles of your account on "{0}"', name), error, codes)];
  }
  const giving = value.filter((role) => changingActions('grantRole', resource).every((one) => isAllowed([role], one)));
  return giving.every(({ isConditional }) => isConditional)
    ? giving.slice(0, 1).map((role) => conditional(name, 'grantRole', grantText(role)))
    : [];
}

/** The same for permissions that have been read. Deny assignments aren't among them. */
export function rightsCheck(
  command: ChangingCommand,
  resource: string,
  { value, error }: Reading<readonly Permission[]>,
): readonly Finding[] {
  const name = lastSegment(resource);
  if (error) {
    return isAbsent({ error }) ? [] : [notChecked(l10n.t('permissions of your account on "{0}"', name), error, codes)];
  }
  const needed = changingActions(command, resource);
  const lacking = needed.filter((action) => !isAllowed(value, action));
  if (lacking.length === 0) {
    const unconditional = value.filter(({ isConditional }) => !isConditional);
    return needed.every((action) => isAllowed(unconditional, action)) ? [] : [conditional(name, command)];
  }
  return [
    {
      outcome: 'fail',
      text: l10n.t('Your account lacks permission on "{0}"', name),
      detail: l10n.t(
        'Azure will probably refuse the change. Ask for a role that includes {0}, or activate your eligible role.',
        listed(lacking),
      ),
      codes,
    },
  ];
}

/** Conditions aren't evaluated. That of a delegate limits the roles that it may assign, and to whom. */
const conditional = (name: string, command: ChangingCommand, grant = ''): Finding => ({
  outcome: 'warn',
  text:
    command === 'grantRole'
      ? l10n.t('A condition limits which roles your account can assign on "{0}", and to whom', name)
      : l10n.t('A condition decides whether your account can change "{0}"', name),
  detail: grant
    ? l10n.t(
        "Azure may refuse the change: this extension doesn't evaluate the condition of this role assignment. {0}.",
        grant,
      )
    : l10n.t("Azure may refuse the change: this extension doesn't evaluate conditions."),
  codes,
});

/** Whether one of the permissions includes an action. */
export function isAllowed(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(
    ({ actions, notActions }) => includesAction(actions, action) && !includesAction(notActions, action),
  );
}

function changingActions(command: ChangingCommand, resource: string): readonly string[] {
  const needed: readonly NeededAction[] = neededActions[command];
  const isHsm = armResources(resource).some(({ type }) => sameId(type, 'Microsoft.KeyVault/managedHSMs'));
  return needed
    .filter(({ need }) => need === 'change')
    .map(({ action }) =>
      isHsm ? action.replace('/vaults/', '/managedHSMs/') : serverType({ id: resource }).action(action),
    );
}
