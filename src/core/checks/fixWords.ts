/** A fix in words, shown before it is applied. */
export interface FixWords {
  /** For a button or a row; ends in "…", because it asks for confirmation. */
  readonly title: string;
  /** Asks someone else to apply it. */
  readonly request: string;
  /** The question that confirms it, and exactly what it changes. */
  readonly question: string;
  readonly detail: string;
  /** The button that applies it. */
  readonly verb: string;
  /** Shown while it is applied. */
  readonly progress: string;
  /** The Azure CLI command for the same change. */
  readonly command: string;
}

/** Text on several lines. */
export function lines(...texts: readonly string[]): string {
  return texts.join('\n');
}
