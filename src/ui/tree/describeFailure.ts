import * as l10n from '@vscode/l10n';
import { hasCode } from '../../core/errors/errorCode';
import { commandIds, contextValues } from '../ids';
import { inOneLine, timeOf, tooltipOf, type Description } from './description';
import { diagnosesOf, resourceIdOf, tenantOf, type FailureNode } from './nodes';

/** What couldn't be read, by failed operation. Names the tenant if the operation concerns one. */
const failedReads: Readonly<Record<string, (tenant: string | undefined) => string>> = {
  'list tenants': (tenant) =>
    tenant ? l10n.t('Can\'t list the tenants of "{0}"', tenant) : l10n.t("Can't list the tenants"),
  'list subscriptions': (tenant) =>
    tenant ? l10n.t('Can\'t list the subscriptions of "{0}"', tenant) : l10n.t("Can't list the subscriptions"),
  'list SQL servers': (tenant) =>
    tenant ? l10n.t('Can\'t list the SQL servers of "{0}"', tenant) : l10n.t("Can't list the SQL servers"),
  'list server keys': () => l10n.t("Can't list the server keys"),
  'read TDE protector': () => l10n.t("Can't read the TDE protector"),
  'list databases': () => l10n.t("Can't list the databases"),
  'read database': () => l10n.t("Can't read the keys of the database"),
};

/** The cause is the label, so that a narrow view shows it. */
export function describeFailure(node: FailureNode): Description {
  const { parent, tenant, diagnosis, others, keptFrom } = node;
  const operation = diagnosis.operation?.name ?? '';
  const of = parent ? resourceIdOf(parent) : [tenant?.account?.id, tenant?.id].join('/');
  const all = diagnosesOf(node);
  const facts = [...all.map(({ what }) => what), diagnosis.cause, ...all.flatMap(({ steps }) => steps)];
  const row = { id: `${of ?? ''}/failure/${operation}`, children: 'none' } as const;
  if (diagnosis.asksForSignIn) {
    const label = l10n.t('Sign in to "{0}"', tenantOf(node)?.name ?? '');
    const description = hasCode(diagnosis, 'StepUpRequired') ? diagnosis.title : (tenant?.account?.label ?? '');
    return {
      ...row,
      label,
      description,
      tooltip: tooltipOf(label, description, facts),
      icon: 'sign-in',
      contextValue: contextValues.signIn,
      command: commandIds.signIn,
    };
  }
  const failedRead = failedReads[operation]?.(tenant?.name) ?? diagnosis.what;
  const description = inOneLine(
    keptFrom && l10n.t('as of {0}', timeOf(keptFrom)),
    others.length > 0 ? l10n.t("Can't read the server keys and the TDE protector") : failedRead,
  );
  return {
    ...row,
    label: diagnosis.title,
    description,
    tooltip: tooltipOf(diagnosis.title, description, facts),
    icon: 'warning',
    severity: 'warning',
    command: commandIds.showLastFailure,
    contextValue: [contextValues.failure, diagnosis.signInHelps && contextValues.signIn].filter(Boolean).join(' '),
  };
}
