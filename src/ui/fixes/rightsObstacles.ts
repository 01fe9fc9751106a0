import { checkRights, type ChangingCommand } from '../../core/checks/rightsCheck';
import type { Finding } from '../../core/errors/finding';
import type { Azure } from '../../core/ports';

/** The problems with a change, for the text that asks for consent. */
export interface Obstacles {
  /** Paragraphs, each followed by a blank line, or "". */
  readonly text: string;
  /** Why the change will probably fail. The consent offers their fixes. */
  readonly failing: readonly Finding[];
}

export const noObstacles: Obstacles = { text: '', failing: [] };

/** Maximum time for the checks before a change, in milliseconds. */
export const longestReadMs = 10_000;

/** The problems with a change, for the text that asks for consent: paragraphs, each followed by a blank line, or "". */
export async function rightsObstacles(
  azure: Azure,
  command: ChangingCommand,
  resources: readonly string[],
): Promise<string> {
  const signal = AbortSignal.timeout(longestReadMs);
  const findings = await Promise.all(resources.map((resource) => checkRights(azure, command, resource, signal)));
  return asParagraphs(findings.flat());
}

/** Findings as paragraphs, each with a blank line after it. */
export const asParagraphs = (findings: readonly Finding[]): string =>
  findings.map(({ text, detail = '' }) => `${text}. ${detail}\n\n`).join('');
