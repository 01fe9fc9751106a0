import { l10n } from 'vscode';
import { commandOf, isAzureFix } from '../../core/checks/describeFix';
import type { Finding } from '../../core/errors/finding';
import type { Fix } from '../../core/errors/fix';
import { isReadOnly } from '../configuration';

/** The fixes of a finding. If the extension is read-only, shows the commands for those that would change something. */
export function offeredFixes({ fixes = [] }: Finding): readonly Fix[] {
  return isReadOnly() ? fixes.flatMap(withoutChange) : fixes;
}

function withoutChange(fix: Fix): readonly Fix[] {
  if (fix.kind === 'createOnReplicas' || fix.kind === 'chooseDatabaseIdentity') return [];
  const command = fix.kind === 'choosePrimaryIdentity' || isAzureFix(fix) ? commandOf(fix) : undefined;
  return command === undefined ? [fix] : [{ kind: 'runCommand', title: l10n.t('How to Fix This'), command }];
}
