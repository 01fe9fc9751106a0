import * as l10n from '@vscode/l10n';
import { lastSegment } from '../armId';
import { azCommand, type CommandValues } from '../cli/commands';
import type { KeyVault } from '../model';
import type { Fix } from '../errors/fix';

/** A fix in words, before anything is done. */
export interface FixWords {
  /** For a button or a row; ends in "…", because a question follows. */
  readonly title: string;
  /** What is asked before it is done, and exactly what it changes. */
  readonly question: string;
  readonly detail: string;
  /** The button that does it. */
  readonly verb: string;
  /** What is going on while it is done. */
  readonly progress: string;
  /** The same in Azure CLI. */
  readonly command: string;
}

/** What the service's identity needs of a key: the least privileged built-in role. Source: Azure RBAC built-in roles. */
export const encryptionUser = {
  id: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  name: 'Key Vault Crypto Service Encryption User',
} as const;

/** Fixes that change something in Azure. */
export type Change = Extract<
  Fix,
  {
    readonly kind:
      'assignIdentity' | 'grantRole' | 'addAccessPolicy' | 'enablePurgeProtection' | 'allowTrustedServices';
  }
>;

export function isChange(fix: Fix): fix is Change {
  return fix.kind in words;
}

/** What would do the same in Azure CLI; undefined where Azure is not what has to change. */
export function commandOf(fix: Fix): string | undefined {
  return isChange(fix) ? describeChange(fix).command : fix.kind === 'runCommand' ? fix.command : undefined;
}

export function describeChange(change: Change): FixWords {
  return (words[change.kind] as (of: Change) => FixWords)(change);
}

type OfKind<Kind extends Change['kind']> = Change & { readonly kind: Kind };

const words: { readonly [Kind in Change['kind']]: (of: OfKind<Kind>) => FixWords } = {
  assignIdentity: ({ server }) => ({
    title: l10n.t('Assign Identity…'),
    question: l10n.t('Give "{0}" a system-assigned identity?', server.name),
    detail: lines(
      l10n.t('Server: {0}, resource group {1}', server.name, server.resourceGroup),
      l10n.t(
        'Microsoft Entra ID gets a service principal of this name. It may do nothing until rights are granted to it.',
      ),
      l10n.t('Can be undone: take the identity from the server again.'),
    ),
    verb: l10n.t('Assign Identity'),
    progress: l10n.t('Giving "{0}" an identity…', server.name),
    command: azCommand('assignIdentity', { resourceGroup: server.resourceGroup, server: server.name }),
  }),
  grantRole: ({ principalId, principalName, vault, scope }) => ({
    title: l10n.t('Grant Access…'),
    question: l10n.t('Grant "{0}" access to the key "{1}"?', principalName, lastSegment(scope)),
    detail: lines(
      l10n.t('Role: {0} (get, wrap and unwrap with the key)', encryptionUser.name),
      l10n.t('Principal: {0} ({1})', principalName, principalId),
      l10n.t('Scope: key "{0}" in vault "{1}", nothing else', lastSegment(scope), vault.name),
      l10n.t('Takes effect in up to 10 minutes.'),
      l10n.t('Can be undone: delete the role assignment.'),
    ),
    verb: l10n.t('Grant Access'),
    progress: l10n.t('Granting access to "{0}"…', lastSegment(scope)),
    command: azCommand('grantKeyAccess', { principalId, vaultId: scope, permissionModel: 'roles' }),
  }),
  addAccessPolicy: ({ principalId, principalName, vault, missing }) => ({
    title: l10n.t('Grant Access…'),
    question: l10n.t('Grant "{0}" access to the keys of "{1}"?', principalName, vault.name),
    detail: lines(
      l10n.t(
        'Key permissions added to its access policy: {0}. What it has, and all other policies, stay.',
        missing.join(', '),
      ),
      l10n.t('Principal: {0} ({1})', principalName, principalId),
      l10n.t('Scope: all keys of the vault "{0}": access policies know no single key', vault.name),
      l10n.t('Takes effect in up to 10 minutes.'),
      l10n.t('Can be undone: take the permissions from the access policy again.'),
    ),
    verb: l10n.t('Grant Access'),
    progress: l10n.t('Granting access to "{0}"…', vault.name),
    command: azCommand('grantKeyAccess', {
      principalId,
      vault: vault.name,
      permissionModel: 'accessPolicies',
    }),
  }),
  enablePurgeProtection: ({ vault }) => ({
    title: l10n.t('Turn On Purge Protection…'),
    question: l10n.t('Turn on purge protection of "{0}"?', vault.name),
    detail: lines(
      l10n.t('Vault: {0}, resource group {1}', vault.name, vault.resourceGroup),
      l10n.t(
        'Deleted keys, secrets and certificates, and the vault itself, can then not be destroyed before their retention has ended.',
      ),
      l10n.t('Soft delete, which it needs, is turned on too where it is off.'),
      l10n.t('Cannot be undone: both stay on for ever.'),
    ),
    verb: l10n.t('Turn On'),
    progress: l10n.t('Turning on purge protection of "{0}"…', vault.name),
    command: azCommand('enablePurgeProtection', ofVault(vault)),
  }),
  allowTrustedServices: ({ vault }) => ({
    title: l10n.t('Let Azure SQL In…'),
    question: l10n.t('Let trusted Microsoft services through the firewall of "{0}"?', vault.name),
    detail: lines(
      l10n.t('Vault: {0}, resource group {1}', vault.name, vault.resourceGroup),
      l10n.t(
        'Azure SQL and the other trusted services of Azure get past the firewall. They still need rights on the keys. All other rules stay.',
      ),
      l10n.t('Can be undone: take away the exception in the firewall of the vault.'),
    ),
    verb: l10n.t('Let In'),
    progress: l10n.t('Changing the firewall of "{0}"…', vault.name),
    command: azCommand('allowTrustedServices', ofVault(vault)),
  }),
};

/** A text for somebody who has the rights: what is needed, why, and the command that does it. */
export function requestFor(change: Change, reason: string): string {
  const { question, detail, command } = describeChange(change);
  return lines(
    l10n.t('Could you do this for me?'),
    '',
    question.replace(/\?$/, ''),
    detail,
    '',
    l10n.t('Why: {0}', reason),
    '',
    command,
    '',
  );
}

function lines(...texts: readonly string[]): string {
  return texts.join('\n');
}

function ofVault({ name, kind }: KeyVault): CommandValues {
  return { vault: name, ...(kind === 'managedHsm' && { permissionModel: 'localRoles' }) };
}
