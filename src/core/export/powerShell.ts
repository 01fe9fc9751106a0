import * as l10n from '@vscode/l10n';
import { quoteForPowerShell } from '../cli/shellWord';
import type { Step } from '../plan/rotationPlan';
import type { ServerPlace } from '../ports';
import { hasVersionless, notesLine, titleLine, type Exported, type Steps } from './exported';

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

function linesOf(step: Step): readonly string[] {
  switch (step.kind) {
    case 'createServerKey':
      return [
        `# ${titleLine(step)}`,
        inContextOf(step.server),
        call('Add-AzSqlServerKeyVaultKey', step.server, { KeyId: step.keyIdentifier }),
      ];
    case 'compareThumbprints':
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
    case 'setProtector':
      return [
        `# ${titleLine(step)}`,
        inContextOf(step.server),
        `${call('Set-AzSqlServerTransparentDataEncryptionProtector', step.server, {
          Type: 'AzureKeyVault',
          KeyId: step.keyIdentifier,
        })} -AutoRotationEnabled $${String(step.autoRotation)} -Force`,
      ];
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
