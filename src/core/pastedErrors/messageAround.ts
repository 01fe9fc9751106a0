import { oneLine } from './tidyText';

/** Where a code stands in a text, and how far its surroundings reach: to the codes before and behind it. */
interface Place {
  readonly at: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** So far from a code its message begins at most, and so long it is at most. */
const farthest = 400;
const longest = 1500;

const label = /\b(?:error ?)?message(?:\\{0,16}["'])?\s{0,3}[:=]\s{0,3}/gi;
/** What stands between a code and a message that follows it without a label. */
const direct = /\\{0,16}["']?(?::\s{1,3}|\) (?=\S)| - |\s?,\s?(?:level|severity)[^\n]{0,80}\n\s{0,8})/iy;
/** What ends a message that stands there without quotes: an empty line, another label, a trailer of PowerShell, Terraform or JSON. */
const trailer = /\n[^\S\n]{0,20}(?:\n|[A-Z][\w ]{0,30}:(?:\s|$)|at line:|[+}\]{~-])|\s?\((?:error ?)?code:/i;

/** What is said about a code: behind a label before or behind it, or right behind it. */
export function messageOf(text: string, place: Place): string {
  const behind = labelled(text, place.end, Math.min(place.to, place.end + farthest));
  if (behind !== undefined) return behind;
  direct.lastIndex = place.end;
  const gap = direct.exec(text)?.[0];
  const said = gap === undefined ? '' : plain(text, place.end + gap.length, text.length);
  return said || (before(text, place) ?? '');
}

/** The sentence around a place: from where its line, its quotes or the sentence before it end. */
export function sentenceAround(text: string, at: number): string {
  const start = Math.max(0, at - farthest);
  const before = [...text.slice(start, at).matchAll(/["\n]|[.:] /g)].at(-1);
  const from = before === undefined ? start : start + before.index + before[0].length;
  return plain(text, from, text.length).replace(/(?<!\\)".*$/, '');
}

/** The first labelled message between two places, unless it is of another object of JSON. */
function labelled(text: string, start: number, end: number): string | undefined {
  const [found] = text.slice(start, end).matchAll(label);
  if (!found || /[{}]/.test(text.slice(start, start + found.index))) return undefined;
  return valueAt(text, start + found.index + found[0].length, text.length).text;
}

function before(text: string, { at, from }: Place): string | undefined {
  const start = Math.max(from, at - longest);
  const last = [...text.slice(start, at).matchAll(label)].at(-1);
  if (!last) return undefined;
  const value = valueAt(text, start + last.index + last[0].length, at);
  return /[{}]/.test(text.slice(value.end, at)) ? undefined : value.text;
}

/** The value that starts here: up to the closing quote, which has no more backslashes than the opening one, or as far as plain text goes. */
function valueAt(text: string, start: number, limit: number): { readonly text: string; readonly end: number } {
  const [opening] = /^\\{0,16}"/.exec(text.slice(start, start + 17)) ?? [];
  if (opening === undefined) {
    const said = plain(text, start, limit);
    return { text: said, end: Math.min(start + said.length, limit) };
  }
  const inside = start + opening.length;
  const closing = closingQuote(text.slice(inside, Math.min(inside + longest, limit)), opening.length - 1);
  return { text: cleaned(text.slice(inside, inside + closing)), end: inside + closing };
}

function closingQuote(text: string, backslashes: number): number {
  for (const { index, 0: quote } of text.matchAll(/\\{0,16}"/g)) {
    if (quote.length - 1 <= backslashes) return index;
  }
  return text.length;
}

function plain(text: string, start: number, limit: number): string {
  const rest = text.slice(start, Math.min(start + longest, limit));
  const end = rest.search(trailer);
  return cleaned(rest.slice(0, end < 0 ? rest.length : end).replace(/^['"]|['",]{1,3}$/g, ''));
}

/** One line without escapes; a value that is JSON itself says nothing of its own. */
function cleaned(value: string): string {
  const line = oneLine(value.replace(/\\{1,40}(["'/])/g, '$1'));
  return /^[{[<]/.test(line) ? '' : line;
}
