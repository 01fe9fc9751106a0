import * as l10n from '@vscode/l10n';
import { lastSegment } from '../armId';
import type { ErrorCode } from '../errors/errorCatalogue';
import { hasCode } from '../errors/errorCode';
import type { PolicyDenial } from '../accessModel';
import { serverType } from '../serverType';
import { includesAction, notChecked, type Check, type ServerCheck } from './check';
import { isAbsent } from './facts';

const byPolicy: readonly ErrorCode[] = ['RequestDisallowedByPolicy'];
const byDenial: readonly ErrorCode[] = ['DenyAssignmentAuthorizationFailed', 'AuthorizationFailed'];

/** Does Azure Policy allow the server key? */
export const policyCheck: Check = ({ server }, { policies }) => {
  if (!policies.error) {
    return policies.value.length > 0
      ? policies.value.map((denial) => denied(server.name, denial))
      : [
          {
            outcome: 'pass',
            text: l10n.t('No Azure policy denies the server key on "{0}"', server.name),
            codes: byPolicy,
          },
        ];
  }
  // Not every cloud and subscription has the service that evaluates policies.
  const isUnavailable =
    isAbsent(policies) ||
    hasCode(
      policies.error,
      'NoRegisteredProviderFound',
      'InvalidApiVersionParameter',
      'MissingSubscriptionRegistration',
    );
  return isUnavailable ? [] : [notChecked(l10n.t('Azure policies for "{0}"', server.name), policies.error, byPolicy)];
};

const denied = (name: string, { assignment, definition, reason = '' }: PolicyDenial) => ({
  outcome: 'fail' as const,
  text: l10n.t('The policy assignment "{0}" denies the server key on "{1}"', lastSegment(assignment), name),
  detail: [
    reason,
    l10n.t('Policy definition: {0}. Policy assignment: {1}. Its owner can exempt the server.', definition, assignment),
  ]
    .filter(Boolean)
    .join(' '),
  codes: byPolicy,
});

/** Might a deny assignment refuse the change? Whom it excludes isn't compared with the groups of the account. */
export const denyCheck: ServerCheck = ({ server }, { denyAssignments }) => {
  if (denyAssignments.error) {
    return isAbsent(denyAssignments)
      ? []
      : [notChecked(l10n.t('deny assignments of "{0}"', server.name), denyAssignments.error, byDenial)];
  }
  const keyWrite = `${serverType(server).name}/keys/write`;
  return denyAssignments.value
    .filter(({ actions, notActions }) => includesAction(actions, keyWrite) && !includesAction(notActions, keyWrite))
    .map(({ name, scope }) => ({
      outcome: 'warn',
      text: l10n.t('The deny assignment "{0}" may refuse server keys on "{1}"', name, server.name),
      detail: l10n.t(
        'It is at {0}, and no role overrides it. Azure creates deny assignments for resources that a service or a deployment stack manages.',
        scope,
      ),
      basis: 'documented' as const,
      codes: byDenial,
    }));
};

/** Does the server belong to a Synapse workspace, which manages its keys? */
export const synapseCheck: ServerCheck = ({ server: { name, synapseWorkspace } }) =>
  synapseWorkspace === undefined
    ? []
    : [
        {
          outcome: 'warn',
          text: l10n.t('"{0}" belongs to the Synapse workspace "{1}"', name, lastSegment(synapseWorkspace)),
          detail: l10n.t(
            'Azure usually refuses changes of the server itself. Change the key of the workspace instead: open the workspace in the portal, then Encryption.',
          ),
          basis: 'seen',
          codes: byDenial,
        },
      ];
