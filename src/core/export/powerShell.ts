import * as l10n from '@vscode/l10n';
import { quoteForPowerShell } from '../cli/shellWord';
import type { AnyStep } from '../plan/singleStep';
import type { ServerPlace } from '../ports';
import { hasVersionless, notesLine, titleLine, type ChangingStep, type Exported, type Steps } from './exported';

/** The plan as one script block of Azure PowerShell, which stops at the first failure even if it is pasted at the prompt. */
export function powerShell(plan: Steps): Exported {
  const lines = withoutRepeats(plan.steps.flatMap(linesOf));
  return {
    text: ['& {', `  $ErrorActionPreference = 'Stop'`, ...lines.map((line) => `  ${line}`), '}\n'].join('\n'),
    note: hasVersionless(plan)
      ? l10n.t(
          'Copied for Azure PowerShell, which needs the module Az.Sql; for a key without a version, probably one of February 2026 or later.',
        )
      : l10n.t('Copied for Azure PowerShell, which needs the module Az.Sql.'),
  };
}

function linesOf(step: AnyStep): readonly string[] {
  if (step.kind !== 'compareThumbprints') return [`# ${titleLine(step)}`, inContextOf(step.server), changeOf(step)];
  return [
    `# ${titleLine(step)}`,
    `# ${notesLine(step)}`,
    '$thumbprints = @()',
    ...step.servers.flatMap((server) => [
      inContextOf(server),
      `$thumbprints += (${call('Get-AzSqlServerKeyVaultKey', server, { KeyId: step.keyIdentifier })}).Thumbprint`,
    ]),
    `if (@($thumbprints | Sort-Object -Unique).Count -ne 1) { throw ${quoteForPowerShell(l10n.t('The thumbprints differ.'))} }`,
  ];
}

const setProtector = 'Set-AzSqlServerTransparentDataEncryptionProtector';

/** The cmdlet that makes a change. Source: Azure PowerShell reference, Az.Sql. */
function changeOf(step: ChangingStep): string {
  const { server } = step;
  switch (step.kind) {
    case 'createServerKey':
      return call('Add-AzSqlServerKeyVaultKey', server, { KeyId: step.keyIdentifier });
    case 'setProtector': {
      const key = { Type: 'AzureKeyVault', KeyId: step.keyIdentifier };
      return `${call(setProtector, server, key)} -AutoRotationEnabled $${String(step.autoRotation)} -Force`;
    }
    case 'useServiceManagedKey':
      return `${call(setProtector, server, { Type: 'ServiceManaged' })} -Force`;
    case 'revalidateProtector':
      return call('Invoke-AzSqlServerTransparentDataEncryptionProtectorRevalidation', server, {});
    case 'deleteServerKey':
      return call('Remove-AzSqlServerKeyVaultKey', server, { KeyId: step.keyIdentifier });
    case 'setDatabaseProtector': {
      const { database: DatabaseName, keyIdentifier: EncryptionProtector, autoRotation } = step;
      const set = call('Set-AzSqlDatabase', server, { DatabaseName, EncryptionProtector });
      return `${set} -EncryptionProtectorAutoRotation:$${String(autoRotation)}`;
    }
    case 'addDatabaseKey':
      return call('Set-AzSqlDatabase', server, { DatabaseName: step.database, KeyList: step.keyIdentifier });
    case 'revalidateDatabase':
      return call('Invoke-AzSqlDatabaseTransparentDataEncryptionProtectorRevalidation', server, {
        DatabaseName: step.database,
      });
    case 'revertDatabase':
      return call('Invoke-AzSqlDatabaseTransparentDataEncryptionProtectorRevert', server, {
        DatabaseName: step.database,
      });
  }
}

const contextStart = '$null = Set-AzContext ';

const inContextOf = ({ subscriptionId }: ServerPlace): string =>
  `${contextStart}-Subscription ${quoteForPowerShell(subscriptionId)} -Scope Process`;

/** Leaves out commands that set the context that is already set. */
const withoutRepeats = (lines: readonly string[]): readonly string[] =>
  lines.filter((line, i) => {
    const before = lines.slice(0, i).findLast((one) => one.startsWith(contextStart));
    return !line.startsWith(contextStart) || line !== before;
  });

const call = (cmdlet: string, { resourceGroup, name }: ServerPlace, rest: Readonly<Record<string, string>>): string =>
  [
    cmdlet,
    ...Object.entries({ ResourceGroupName: resourceGroup, ServerName: name, ...rest }).map(
      ([parameter, value]) => `-${parameter} ${quoteForPowerShell(value)}`,
    ),
  ].join(' ');
