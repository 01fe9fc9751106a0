import * as l10n from '@vscode/l10n';
import { lastSegment } from '../armId';
import { encryptionUser } from '../cli/commandTemplates';
import type { AzureFix } from './describeFix';
import { lines, type FixWords } from './fixWords';

const groupKinds = ['assignIdentity', 'grantRole', 'addAccessPolicy'] as const satisfies readonly AzureFix['kind'][];

/** A fix that can be applied to many servers with one consent, because it only adds something and can be undone. */
export type GroupFix = Extract<AzureFix, { readonly kind: (typeof groupKinds)[number] }>;

export const isGroupFix = (fix: { readonly kind: string }): fix is GroupFix =>
  groupKinds.some((kind) => kind === fix.kind);

/** Maximum changes that the consent lists. */
const maxListed = 20;

type GroupWords = Pick<FixWords, 'question' | 'detail' | 'verb' | 'progress'>;

/** Several fixes of one kind in words, for one consent to all of them. */
export function describeFixes(fixes: readonly GroupFix[]): GroupWords {
  const count = fixes.length;
  const more = count > maxListed ? [l10n.t('… and {0} more', count - maxListed)] : [];
  const targets = [...fixes.slice(0, maxListed).map((fix) => `• ${targetOf(fix)}`), ...more];
  const { effects, ...words } = wordsFor(fixes[0]?.kind ?? 'grantRole', count);
  return { ...words, detail: lines(...targets, '', ...effects), progress: l10n.t('Making {0} changes…', count) };
}

function wordsFor(
  kind: GroupFix['kind'],
  count: number,
): Pick<FixWords, 'question' | 'verb'> & { readonly effects: readonly string[] } {
  switch (kind) {
    case 'grantRole':
      return {
        question: l10n.t('Grant {0} identities access to keys?', count),
        effects: [
          l10n.t('Role: {0} (get, wrapKey, unwrapKey)', encryptionUser.name),
          l10n.t('Scope: only the key, for each identity'),
          l10n.t('Takes effect within 10 minutes.'),
          l10n.t('Can be undone: delete the role assignments.'),
        ],
        verb: l10n.t('Grant Access'),
      };
    case 'addAccessPolicy':
      return {
        question: l10n.t('Grant {0} identities access to all keys of their vaults?', count),
        effects: [
          l10n.t('Adds key permissions to the access policies. Existing permissions and policies stay unchanged.'),
          l10n.t('Takes effect within 10 minutes.'),
          l10n.t('Can be undone: remove the permissions from the access policies.'),
        ],
        verb: l10n.t('Grant Access'),
      };
    case 'assignIdentity':
      return {
        question: l10n.t('Assign a system-assigned identity to {0} servers?', count),
        effects: [
          l10n.t('Each identity still needs access to the key. Existing identities stay unchanged.'),
          l10n.t('Can be undone: remove the identities from the servers.'),
        ],
        verb: l10n.t('Assign Identities'),
      };
  }
}

function targetOf(fix: GroupFix): string {
  switch (fix.kind) {
    case 'grantRole':
      return l10n.t('"{0}": key "{1}" in the vault "{2}"', fix.principalName, lastSegment(fix.scope), fix.vault.name);
    case 'addAccessPolicy':
      return l10n.t('"{0}": vault "{1}" ({2})', fix.principalName, fix.vault.name, fix.missing.join(', '));
    case 'assignIdentity':
      return l10n.t('"{0}", resource group {1}', fix.server.name, fix.server.resourceGroup);
  }
}
