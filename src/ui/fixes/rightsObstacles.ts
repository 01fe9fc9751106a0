import { checkRights, type ChangingCommand } from '../../core/checks/rightsCheck';
import type { Azure } from '../../core/ports';

const longestWait = 10_000;

/** What speaks against a change, for the text that asks for consent: a paragraph with a blank line after it, or "". */
export async function rightsObstacles(
  azure: Azure,
  command: ChangingCommand,
  resources: readonly string[],
): Promise<string> {
  const signal = AbortSignal.timeout(longestWait);
  const findings = await Promise.all(resources.map((resource) => checkRights(azure, command, resource, signal)));
  return findings
    .flat()
    .map(({ text, detail = '' }) => `${text}. ${detail}\n\n`)
    .join('');
}
