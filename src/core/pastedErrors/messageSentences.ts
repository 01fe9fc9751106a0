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

/** A text without the longest word of a message can't have the message. */
const longWord = /(?<![\w{])[a-z]{5,}(?![\w}])/g;

const patterns = templates.map(([message, code]) => {
  const [first = '', ...pieces] = message.split(/ (?:\*|\{(\w+)\})(?= |$)/);
  const gaps = pieces.flatMap((kind, i): Gap[] => (i % 2 === 0 ? [{ kind, next: pieces[i + 1] ?? '' }] : []));
  const [word = ''] = (message.match(longWord) ?? []).toSorted((a, b) => b.length - a.length);
  return { code, first, gaps, word };
});

/** The messages in a text, in order; none inside another. */
export function recognizeSentences(text: string): readonly RecognizedSentence[] {
  const { flat, inText } = flatten(text);
  const words = new Set(flat.match(longWord));
  const taken: Found[] = [];
  for (const { code, first, gaps } of patterns.filter(({ word }) => words.has(word))) {
    let at = flat.indexOf(first);
    while (at >= 0 && taken.length < maxSentences) {
      const start = at;
      const rest = following(flat, at + first.length, gaps);
      const end = rest?.end ?? at + first.length;
      const next = flat.indexOf(first, at + first.length);
      const isShortest = next < 0 || next >= end;
      const isFree = !taken.some((other) => other.at < end && start < other.end);
      if (rest && isShortest && isFree) taken.push({ at, code, ...rest });
      at = isShortest ? flat.indexOf(first, end) : next;
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
