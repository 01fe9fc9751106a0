import type { CommandId } from '../ids';

/** The visible parts of a row, as plain data. */
export interface Description {
  readonly id: string;
  readonly label: string;
  /** The state in a few words, the most important first, because a narrow view shows only those. */
  readonly description: string;
  /** The row and more facts, one a line. Absent if it is resolved on hover. */
  readonly tooltip?: string;
  /** A codicon. */
  readonly icon: string;
  /** How much the icon stands out. The description says why, because color alone isn't enough. */
  readonly severity?: 'warning' | 'error';
  readonly contextValue: string;
  readonly children: 'none' | 'collapsed' | 'expanded';
  /** The command that a click runs. */
  readonly command?: CommandId;
}

const separator = ' · ';

/** The states of a row in one line. Leaves out those that don't apply. */
export const inOneLine = (...states: readonly (string | false | undefined)[]): string =>
  states.filter(Boolean).join(separator);

/** The hour and minute of a read. */
export const timeOf = (date: Date): string => date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** The tooltip of a row: the whole row, because a narrow view cuts it off, and then the facts that are known. */
export const tooltipOf = (label: string, description: string, facts: readonly (string | false | undefined)[]): string =>
  [label, description, ...new Set(facts)].filter(Boolean).join('\n');

/** The whole row as one sentence, for screen readers. */
export function accessibleLabel({ label, description }: Description): string {
  return [label, ...description.split(separator)].filter(Boolean).join(', ');
}
