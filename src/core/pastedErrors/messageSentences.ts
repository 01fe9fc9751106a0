import type { ErrorCode } from '../errors/errorCatalogue';
import { flatten } from './flatText';
import { databaseMessages } from './messages/databaseMessages';
import { resourceManagerMessages } from './messages/resourceManagerMessages';
import { serverMessages } from './messages/serverMessages';
import { vaultMessages } from './messages/vaultMessages';

/** A recognized message: its position in the text, its code, and the names in its gaps, by their kind. */
export interface RecognizedSentence {
  readonly at: number;
  readonly end: number;
  readonly code: ErrorCode;
  readonly names: Readonly<Record<string, string>>;
}

/** Maximum lengths of the words in a gap and of a name, and maximum sentences read from one text. */
const maxGap = 400;
const maxName = 120;
const maxSentences = 500;

/** A gap before a fixed part; without a kind, it may have several words. */
interface Gap {
  readonly kind: string | undefined;
  readonly next: string;
}

interface NamePlace {
  readonly kind: string;
  readonly at: number;
  readonly end: number;
}

interface Found extends Omit<RecognizedSentence, 'names'> {
  readonly places: readonly NamePlace[];
}

const templates = [...databaseMessages, ...serverMessages, ...vaultMessages, ...resourceManagerMessages];

const longWord = /[a-z]{5,}/g;

const patterns = templates.map(([message, code]) => {
  const [first = '', ...pieces] = message.split(/ (?:\*|\{(\w+)\})(?= |$)/);
  const gaps = pieces.flatMap((kind, i): Gap[] => (i % 2 === 0 ? [{ kind, next: pieces[i + 1] ?? '' }] : []));
  return { code, first, gaps, anchor: anchorOf(first) };
});

/** A word and its position. */
interface Anchor {
  readonly word: string;
  readonly at: number;
}

/** The longest word inside a fixed part, which is a whole word in a text, too. The first and last word may be parts of longer ones. */
function anchorOf(part: string): Anchor | undefined {
  const inside = [...part.matchAll(longWord)].filter(
    ({ index, 0: word }) => index > 0 && index + word.length < part.length,
  );
  const [longest] = inside.toSorted(([a], [b]) => b.length - a.length);
  return longest && { word: longest[0], at: longest.index };
}

/** Finds the positions of fixed parts by their anchors, because a search for each of them would read the text hundreds of times. */
function positionsIn(flat: string): (part: string, anchor: Anchor | undefined) => readonly number[] {
  const places = new Map<string, number[]>();
  for (const { index, 0: word } of flat.matchAll(longWord)) {
    const known = places.get(word);
    if (known) known.push(index);
    else places.set(word, [index]);
  }
  return (part, anchor) => {
    if (!anchor) return searched(flat, part);
    const starts = (places.get(anchor.word) ?? []).map((place) => place - anchor.at);
    return starts.filter((start) => flat.startsWith(part, start));
  };
}

function searched(flat: string, part: string): readonly number[] {
  const found: number[] = [];
  for (let at = flat.indexOf(part); at >= 0; at = flat.indexOf(part, at + 1)) found.push(at);
  return found;
}

/** The messages in a text, in order; none inside another. */
export function recognizeSentences(text: string): readonly RecognizedSentence[] {
  const { flat, inText } = flatten(text);
  const positionsOf = positionsIn(flat);
  const taken: Found[] = [];
  for (const { code, first, gaps, anchor } of patterns) {
    const found = positionsOf(first, anchor).flatMap((at): Found[] => {
      const rest = following(flat, at + first.length, gaps);
      return rest ? [{ at, code, ...rest }] : [];
    });
    for (const [i, one] of found.entries()) {
      const isShortest = (found[i + 1]?.at ?? one.end) >= one.end;
      const isFree = !taken.some((other) => other.at < one.end && one.at < other.end);
      if (isShortest && isFree && taken.length < maxSentences) taken.push(one);
    }
  }
  const nameAt = ({ kind, at, end }: NamePlace): [string, string] => [
    kind,
    withoutQuotes(text.slice(inText(at), inText(end))),
  ];
  return taken
    .sort((a, b) => a.at - b.at)
    .map(({ at, end, code, places }) => ({
      at: inText(at),
      end: inText(end),
      code,
      names: Object.fromEntries(places.map(nameAt)),
    }));
}

const withoutQuotes = (name: string): string => name.replace(/^[\\"'<[(]+|[\\"'>\]).,:;]+$/g, '');

/** Where the last part ends, and where the names in the gaps are; undefined if a part is missing. */
function following(flat: string, start: number, gaps: readonly Gap[]) {
  const places: NamePlace[] = [];
  let end = start;
  for (const { kind, next } of gaps) {
    const window = flat.slice(end, end + next.length + (kind === undefined ? maxGap : maxName));
    const length = next === '' ? (/^ \S+/.exec(window)?.[0].length ?? -1) : window.indexOf(next);
    const words = window.slice(1, length);
    if (length < 2 || (kind === undefined ? /\. |\n/ : /\s/).test(words)) return undefined;
    if (kind !== undefined) places.push({ kind, at: end + 1, end: end + length });
    end += length + next.length;
  }
  return { end, places };
}
