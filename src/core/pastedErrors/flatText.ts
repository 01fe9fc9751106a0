/** A text as sentences are searched in it, and the way back to the text. */
export interface FlatText {
  /** Lower-case letters, single spaces, and one line break for each empty line. */
  readonly flat: string;
  /** The position in the text of a position in `flat`. */
  readonly inText: (position: number) => number;
}

const emptyLine = /\n[^\S\n]*\n/;

/** Tools wrap their output, so all white space counts as a space, and only an empty line separates sentences. */
export function flatten(text: string): FlatText {
  const joints: { readonly flat: number; readonly removed: number }[] = [];
  let removed = 0;
  const flat = text
    // ASCII only, because some letters have a longer lower-case form.
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    .replace(/\s{2,}|[^\S ]/g, (run: string, at: number) => {
      const start = at - removed;
      removed += run.length - 1;
      joints.push({ flat: start, removed });
      return emptyLine.test(run) ? '\n' : ' ';
    });
  return {
    flat,
    inText: (position) => position + (joints.findLast((joint) => joint.flat < position)?.removed ?? 0),
  };
}
