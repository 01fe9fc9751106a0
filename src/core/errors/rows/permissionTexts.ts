import * as l10n from '@vscode/l10n';
import type { CatalogueTexts, Names } from '../catalogueRow';
import { fixWaitForRights } from './commonTexts';

/** The title and the first sentence about a missing permission of the user's own account, or of the account that a pasted text is about. */
function missingPermission(account: string | undefined, action: string, resource: string) {
  return account === undefined
    ? {
        title: l10n.t('Your account lacks a permission'),
        what: resource
          ? l10n.t('Your account lacks the permission{0} on the resource{1}.', action, resource)
          : l10n.t('Your account lacks the permission{0}.', action),
      }
    : {
        title: l10n.t('Account lacks a permission'),
        what: resource
          ? l10n.t('The account{0} lacks the permission{1} on the resource{2}.', account, action, resource)
          : l10n.t('The account{0} lacks the permission{1}.', account, action),
      };
}

export const missingRole = ({ account, action, role, resource, says }: Names): CatalogueTexts => ({
  ...missingPermission(account, action, resource),
  cause: says.includes('ABAC condition')
    ? l10n.t(
        "None of its roles on the resource, or on a scope above it, includes this permission, or a condition of the role assignment doesn't allow this request.",
      )
    : l10n.t('None of its roles on the resource, or on a scope above it, includes this permission.'),
  steps: [
    ...(action
      ? []
      : [
          l10n.t(
            'To find out which, read the action and the scope in the message. If it mentions an ABAC condition, the account has the permission, but a condition of the role assignment limits it.',
          ),
        ]),
    role
      ? l10n.t(
          'Ask for a role with this permission, such as {0}. A custom role with only this permission is enough.',
          role,
        )
      : l10n.t('Ask for a role with this permission. A custom role with only this permission is enough.'),
    l10n.t('If you have an eligible role, activate it.'),
    fixWaitForRights(),
  ],
});

/** The account has the permission. Azure returns the same code, and says so only in its message. */
export const unmetCondition = ({ account, action, resource }: Names): CatalogueTexts => ({
  title: l10n.t("A condition doesn't allow the request"),
  what:
    account === undefined
      ? l10n.t('Your account has the permission{0} on the resource{1} only under a condition.', action, resource)
      : l10n.t(
          'The account{0} has the permission{1} on the resource{2} only under a condition.',
          account,
          action,
          resource,
        ),
  cause: l10n.t('The condition of its role assignment limits, for example, which roles it can assign, and to whom.'),
  steps: [
    l10n.t(
      'To find the condition, open Access control (IAM) of the resource in the portal, and view the role assignments of the account.',
    ),
    l10n.t('Ask someone without such a condition to make the change, or to extend the condition.'),
  ],
});
