import * as l10n from '@vscode/l10n';
import { parseKeyIdentifier, versionless } from '../../core/keys/keyIdentifier';
import { creationChecker, type CheckSources } from '../runChecks';
import type { ServerNode } from './nodes';

/** How long the checks may take, in milliseconds, and how many reasons the tooltip shows. */
const limits = { checkMs: 10_000, reasons: 2 };

/** Why the automatic rotation of a server is overdue, by the checks, as sentences for its tooltip. Never rejects. */
export const overdueReasons = (
  sources: CheckSources,
  node: ServerNode,
  signal: AbortSignal,
): Promise<readonly string[]> =>
  findReasons(sources, node, signal).catch(() => [l10n.t("The checks couldn't be run.")]);

async function findReasons(
  sources: CheckSources,
  { server, protector }: ServerNode,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const uri = typeof protector === 'object' ? protector.uri : undefined;
  const parsed = parseKeyIdentifier(uri ?? '', sources.cloud());
  if (!parsed.ok) return [parsed.message];
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limits.checkMs)]);
  const findings = await creationChecker(sources).checkRotation({ server, key: versionless(parsed.key) }, limited);
  const reasons = findings.filter(({ outcome }) => outcome === 'fail').slice(0, limits.reasons);
  if (reasons.length > 0) return reasons.map(({ text }) => l10n.t('The checks find a reason: {0}.', text));
  const unknown = findings.find(({ outcome }) => outcome === 'unknown');
  return unknown
    ? [l10n.t('The checks find no reason, but something is unknown. {0}.', unknown.text)]
    : [l10n.t('The checks find no reason.')];
}
