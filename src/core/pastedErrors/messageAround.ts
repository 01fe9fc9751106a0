import { oneLine } from '../text';
import { messageEnd } from './messageEnd';

/** A message on one line, and its place in a text. */
export interface Message {
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/** The position of a code in a text, and the range that belongs to it: from the code before it to the one after it. */
interface Place {
  readonly at: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** Maximum distance from a code to its message, and maximum length of a message. */
const maxDistance = 400;
const maxLength = 3000;

/** What comes before a message: a label in one of the languages of the portal, or the name of an exception. */
const label =
  /\b(?:(?:error ?)?(?:message|description)|(?:fehler)?meldung|(?:mensaje|messaggio|mensagem|message) d[ei' ]{1,3}err\p{L}{2,4})(?:\\{0,16}["'])?\s{0,3}[:=]\s{0,3}|(?:エラー ?メッセージ|错误消息|錯誤訊息|오류 메시지) ?[:：]\s{0,3}|<message>|\bSQL(?:Server)?Exception(?: \(0x[\da-f]{8}\))?: /giu;
/** What separates a code from a message that follows without a label. */
const direct = /^\\{0,16}["']?(?::\s{1,3}|\):? (?=[^\s(])| - |\](?: ?\[\w{1,8}\])?: )/;
/** The rest of a line such as "Msg 40981, Level 14, State 1". The lines of ADO.NET, which have no spaces, follow the message. */
const header = /^\s?(?:, |[，、])[^\n]{0,120}\n\s{0,8}(?=\S)/;
/** What comes before the number of an error that ends its message: `(`, or `(Microsoft SQL Server, Error: `. */
const opening = /\s{0,3}\([^()\n]{0,80}$/;
const paragraph = /\n\s*\n|\[SQL Server\]/g;
/** What a sentence starts after: a quote, another sentence, a label, or a line. A wrapped line does not start with a capital letter. */
const sentenceStart =
  /["\]]|[=)](?=\p{Lu})|(?<=[:(] ?)'|(?:[.:]|\([A-Z]\w{3,79}\)) |(?<=, \p{L}{2,12} \d{1,6}) |\n(?=\s*[\p{Lu}\n])/gu;

/** The message of a code: labeled, before or after the code, or directly after it. */
export function messageOf(text: string, place: Place): Message | undefined {
  const { at, end, to } = place;
  const limit = lineStart(text, to) ?? text.length;
  const near = text.slice(end, end + maxDistance);
  const gap = /^\d+$/.test(text.slice(at, end)) ? (header.exec(near) ?? direct.exec(near)) : direct.exec(near);
  return (
    labeledMessage(text, end, Math.min(to, end + maxDistance)) ??
    (gap ? unquoted(text, end + gap[0].length, limit) : undefined) ??
    messageBefore(text, place) ??
    paragraphBefore(text, place)
  );
}

/** Where the line of a code starts if only a word comes before it, as in "ERROR: (" or "Msg ". */
function lineStart(text: string, at: number): number | undefined {
  const before = /\n[^\S\n]{0,20}(?:[\p{L}.]{1,20}:? ?)?\(?$/u.exec(text.slice(Math.max(0, at - 48), at));
  return before ? at - before[0].length : undefined;
}

/** The sentences around a position, to the end of their message. */
export function messageAround(text: string, at: number): Message | undefined {
  const start = Math.max(0, at - maxDistance);
  const starts = [...text.slice(start, at + 1).matchAll(sentenceStart)].filter(({ index }) => start + index < at);
  const before = starts.at(-1);
  if (before?.[0] === '"') return valueAt(text, quoteStart(text, start + before.index), text.length);
  const from = before === undefined ? start : start + before.index + before[0].length;
  const quoted = before?.[0] === "'" ? /[.)]'(?=[\s,)}]|$)/.exec(text.slice(from, from + maxLength)) : undefined;
  return unquoted(text, from, quoted ? from + quoted.index + 1 : text.length);
}

/** Where the backslashes before a quote start. */
function quoteStart(text: string, quote: number): number {
  return quote - (/\\{0,16}$/.exec(text.slice(Math.max(0, quote - 16), quote))?.[0].length ?? 0);
}

/** The line with a position; undefined if it has only a few words. */
export function lineAround(text: string, at: number): Message | undefined {
  const start = text.lastIndexOf('\n', at) + 1;
  const line = unquoted(text, start, text.length);
  return line && line.text.split(' ').length > 3 ? line : undefined;
}

/** The first labeled message between two positions, unless it belongs to another JSON object. */
function labeledMessage(text: string, start: number, end: number): Message | undefined {
  const [found] = text.slice(start, end).matchAll(label);
  if (!found || /[{}]/.test(text.slice(start, start + found.index))) return undefined;
  return valueAt(text, start + found.index + found[0].length, text.length);
}

function messageBefore(text: string, { at, from }: Place): Message | undefined {
  const start = Math.max(from, at - maxLength);
  const last = [...text.slice(start, at).matchAll(label)].at(-1);
  if (!last) return undefined;
  const value = valueAt(text, start + last.index + last[0].length, at);
  return value && /[{}]/.test(text.slice(value.end, at)) ? undefined : value;
}

/** The paragraph before a number in parentheses. */
function paragraphBefore(text: string, { at, end, from }: Place): Message | undefined {
  const start = Math.max(from, at - maxLength);
  const before = text.slice(start, at);
  const length = opening.exec(before)?.index;
  if (length === undefined || !/^\d+\)/.test(text.slice(at, end + 1))) return undefined;
  const last = [...before.slice(0, length).matchAll(paragraph)].at(-1);
  return unquoted(text, last ? start + last.index + last[0].length : start, start + length);
}

/** The value at a position. A quoted value ends at a quote with no more backslashes than its own, any other value at a trailer. */
function valueAt(text: string, start: number, limit: number): Message | undefined {
  const [opening] = /^\\{0,16}"/.exec(text.slice(start, start + 17)) ?? [];
  if (opening === undefined) return unquoted(text, start, limit);
  const inside = start + opening.length;
  const end = inside + closingQuote(text.slice(inside, Math.min(inside + maxLength, limit)), opening.length - 1);
  return message(cleaned(text.slice(inside, end)), inside, end);
}

function closingQuote(text: string, backslashes: number): number {
  for (const { index, 0: quote } of text.matchAll(/\\{0,16}"/g)) {
    if (quote.length - 1 <= backslashes) return index;
  }
  return text.length;
}

function unquoted(text: string, start: number, limit: number): Message | undefined {
  const rest = text.slice(start, Math.min(start + maxLength, limit));
  const found = rest.slice(0, messageEnd(rest));
  return message(withoutBracket(withoutQuotes(cleaned(found))), start, start + found.length);
}

function message(text: string, at: number, end: number): Message | undefined {
  return text === '' ? undefined : { text, at, end };
}

/** Removes quotes that start or end outside of the message. */
function withoutQuotes(line: string): string {
  const inner = line.replace(/[,;]$|`{1,3}$/, '');
  const [quote = ''] = /["']$/.exec(inner) ?? [];
  const quotes = [...inner.matchAll(/(?<!\w)["']|["'](?!\w)/g)].filter(([one]) => one === quote);
  return quotes.length % 2 === 1 ? inner.slice(0, -1) : inner.replace(/^(["'])(.*)\1$/, '$2');
}

/** Removes a parenthesis that starts before the message. */
function withoutBracket(line: string): string {
  const inner = line.replace(/\):?$/, '');
  const opened = inner.split('(').length;
  return inner !== line && opened === inner.split(')').length ? inner : line;
}

/** One line without escapes; empty if the value is JSON or markup itself. */
function cleaned(value: string): string {
  const line = oneLine(value.replace(/\\{1,40}(["'/])/g, '$1'));
  return /^[{[<]/.test(line) && !/^\[\w+ \(/.test(line) ? '' : line;
}
