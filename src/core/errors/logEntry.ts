import { oneLine } from '../text';

/** A fact and its label; the fact may be empty. */
export type LabeledFact = readonly [label: string, text: string];

/** A headline, then one line for each fact that is not empty. The facts are in one column. */
export function logEntry(headline: string, facts: readonly LabeledFact[]): string {
  const shown = facts.filter(([, text]) => text !== '');
  const width = Math.max(15, ...shown.map(([label]) => label.length + 2));
  const lines = shown.map(([label, text]) => `  ${label.padEnd(width)}${oneLine(text)}`);
  return [headline, ...lines].join('\n');
}
