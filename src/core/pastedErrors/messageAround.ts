import { oneLine } from '../text';

/** The position of a code in a text, and the range that belongs to it: from the code before it to the one after it. */
interface Place {
  readonly at: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** Maximum distance from a code to its message, and maximum length of a message. */
const maxDistance = 400;
const maxLength = 1500;

const label = /\b(?:error ?)?message(?:\\{0,16}["'])?\s{0,3}[:=]\s{0,3}/gi;
/** What separates a code from a message that follows without a label. */
const direct = /^\\{0,16}["']?(?::\s{1,3}|\) (?=\S)| - |\s?,\s?(?:level|severity)[^\n]{0,80}\n\s{0,8})/i;
/** What ends a message without quotes: an empty line, another label, or a trailer of PowerShell, Terraform, or JSON. */
const trailer = /\n[^\S\n]{0,20}(?:\n|[A-Z][\w ]{0,30}:(?:\s|$)|at line:|[+}\]{~-])|\s?\((?:error ?)?code:/i;

/** The message of a code: labeled, before or after the code, or directly after it. */
export function messageOf(text: string, place: Place): string {
  const after = labeledMessage(text, place.end, Math.min(place.to, place.end + maxDistance));
  if (after !== undefined) return after;
  const gap = direct.exec(text.slice(place.end, place.end + maxDistance))?.[0];
  const next = gap === undefined ? '' : unquoted(text, place.end + gap.length, text.length);
  return next || (messageBefore(text, place) ?? '');
}

/** The sentence around a position. It starts after a line break, a quote, or the previous sentence. */
export function sentenceAround(text: string, at: number): string {
  const start = Math.max(0, at - maxDistance);
  const before = [...text.slice(start, at).matchAll(/["\n]|[.:] /g)].at(-1);
  const from = before === undefined ? start : start + before.index + before[0].length;
  return unquoted(text, from, text.length).replace(/(?<!\\)".*$/, '');
}

/** The first labeled message between two positions, unless it belongs to another JSON object. */
function labeledMessage(text: string, start: number, end: number): string | undefined {
  const [found] = text.slice(start, end).matchAll(label);
  if (!found || /[{}]/.test(text.slice(start, start + found.index))) return undefined;
  return valueAt(text, start + found.index + found[0].length, text.length).text;
}

function messageBefore(text: string, { at, from }: Place): string | undefined {
  const start = Math.max(from, at - maxLength);
  const last = [...text.slice(start, at).matchAll(label)].at(-1);
  if (!last) return undefined;
  const value = valueAt(text, start + last.index + last[0].length, at);
  return /[{}]/.test(text.slice(value.end, at)) ? undefined : value.text;
}

/** The value at a position. A quoted value ends at a quote with no more backslashes than its own, any other value at a trailer. */
function valueAt(text: string, start: number, limit: number): { readonly text: string; readonly end: number } {
  const [opening] = /^\\{0,16}"/.exec(text.slice(start, start + 17)) ?? [];
  if (opening === undefined) {
    const value = unquoted(text, start, limit);
    return { text: value, end: Math.min(start + value.length, limit) };
  }
  const inside = start + opening.length;
  const closing = closingQuote(text.slice(inside, Math.min(inside + maxLength, limit)), opening.length - 1);
  return { text: cleaned(text.slice(inside, inside + closing)), end: inside + closing };
}

function closingQuote(text: string, backslashes: number): number {
  for (const { index, 0: quote } of text.matchAll(/\\{0,16}"/g)) {
    if (quote.length - 1 <= backslashes) return index;
  }
  return text.length;
}

function unquoted(text: string, start: number, limit: number): string {
  const rest = text.slice(start, Math.min(start + maxLength, limit));
  const end = rest.search(trailer);
  return cleaned(rest.slice(0, end < 0 ? rest.length : end).replace(/^['"]|['",]{1,3}$/g, ''));
}

/** One line without escapes; empty if the value is JSON or markup itself. */
function cleaned(value: string): string {
  const line = oneLine(value.replace(/\\{1,40}(["'/])/g, '$1'));
  return /^[{[<]/.test(line) ? '' : line;
}
