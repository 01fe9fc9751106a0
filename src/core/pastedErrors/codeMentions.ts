import { catalogueCodes, isErrorCode } from '../errors/errorCatalogue';
import { messageOf, type Message } from './messageAround';
import { findSqlNumbers } from './sqlNumbers';
import { isWrapper } from '../errors/wrappers';

/** A code in a text, its position, and the message next to it. An inner error without a message has that of the outer one. */
export interface CodeMention {
  readonly code: string;
  readonly at: number;
  readonly end: number;
  readonly message: Message | undefined;
}

/** Maximum codes read from one text. */
const maxMentions = 200;

/** A code that is also an ordinary word, such as Conflict. Only its position shows that it is a code. */
const isPlainWord = (code: string) => /^[A-Z][a-z]+$/.test(code);
const known: ReadonlyMap<string, string> = new Map(
  catalogueCodes()
    .filter((code) => /^[A-Z]/.test(code) && !isPlainWord(code))
    .map((code) => [code.toLowerCase(), code]),
);

/** Positions in which even an unknown word is a code: `"code":"X"`, `(X) …`, `with error: X: …`, `Cmdlet: X: …`. */
const shapes: readonly RegExp[] = [
  /(?<!\bstatus )\b(?:error ?)?(?:code|código|codice)(?:\\{0,16}["'])?\s{0,3}[:=]\s{0,3}\\{0,16}["']?([A-Z]\w{3,79})(?![\w.-])/gi,
  /(?:コード|代码|代碼|코드) ?[:：] ?([A-Z]\w{3,79})/g,
  /\bstatus: "([A-Z]\w{3,79})"\s{1,9}code: ""/gi,
  /^[^\S\n]{0,9}(?:ERROR: ?)?\(([A-Z]\w{3,79})\) /gm,
  /\bwith error: ([A-Z]\w{3,79}): /g,
  /\b(AADSTS\d{4,8})\b/g,
  /^[A-Z][a-z]{1,15}-Az\w{1,80} ?: ([A-Z]\w{3,79}): /gm,
];

/** Two or more capitalized words, or the number of a sign-in error: Azure's codes look like this, tokens do not. */
const codeLike = /^AADSTS\d{4,8}$|^(?:[A-Z]{1,6}(?=[A-Z][a-z])|[A-Z][a-z]{1,20}){2,8}(?:\d{1,3}|[A-Z]{1,4})?$/;

/** The codes in a text, in order: those in the catalogue, in any casing, and others that their position marks as codes. */
export function findCodes(text: string): readonly CodeMention[] {
  const places = new Map<number, { code: string; end: number }>();
  const add = (at: number, length: number, code: string) => {
    if (!places.has(at)) places.set(at, { code, end: at + length });
  };
  for (const { index, 0: word } of text.matchAll(/[a-z]\w{4,99}/gi)) {
    const code = known.get(word.toLowerCase());
    const isWhole = !/\w/.test(text[index - 1] ?? '');
    if (code !== undefined && isWhole) add(index, word.length, code);
  }
  for (const { at, number, code } of findSqlNumbers(text)) add(at, number.length, code);
  for (const match of shapes.flatMap((shape) => [...text.matchAll(shape)])) {
    const [whole, word = ''] = match;
    const isCode = isErrorCode(word) || isWrapper(word) || codeLike.test(word);
    if (isCode) add(match.index + whole.lastIndexOf(word), word.length, word);
  }
  const sorted = [...places].sort(([a], [b]) => a - b).slice(0, maxMentions);
  const mentions: CodeMention[] = [];
  for (const [i, [at, { code, end }]] of sorted.entries()) {
    const outer = mentions[i - 1];
    const from = outer?.end ?? 0;
    const isInner = /inner_?-? ?error/i.test(text.slice(Math.max(from, at - 60), at));
    const message = messageOf(text, { at, end, from, to: sorted[i + 1]?.[0] ?? text.length });
    mentions.push({ code, at, end, message: message ?? (isInner ? outer?.message : undefined) });
  }
  return mentions;
}
