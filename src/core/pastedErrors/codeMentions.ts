import { catalogueCodes, catalogueRow } from '../errors/errorCatalogue';
import { messageOf } from './messageAround';

/** A code in a text, where it stands, and what is said about it there. */
export interface CodeMention {
  readonly code: string;
  readonly at: number;
  readonly end: number;
  /** On one line; empty when there is none. */
  readonly message: string;
}

/** So many codes of one text are looked at. */
const maxMentions = 500;

const isNumber = (code: string) => /^\d+$/.test(code);
/** A word that people write too, such as Conflict: only its place tells that it is a code. */
const isPlainWord = (code: string) => /^[A-Z][a-z]+$/.test(code);
const numbers = catalogueCodes().filter(isNumber).join('|');
const known = new Map(
  catalogueCodes()
    .filter((code) => !isNumber(code) && !isPlainWord(code))
    .map((code) => [code.toLowerCase(), code]),
);

/** How the shape of a text tells that a word is a code although nobody knows it: `"code":"X"`, `(X) …`, `with error: X: …`, `Cmdlet: X: …`. */
const shapes: readonly RegExp[] = [
  /(?<!\bstatus )\b(?:error ?)?code(?:\\{0,16}["'])?\s{0,3}[:=]\s{0,3}\\{0,16}["']?([A-Z]\w{3,79})(?![\w.-])/gi,
  /\bstatus: "([A-Z]\w{3,79})"\s{1,9}code: ""/gi,
  /^[^\S\n]{0,9}(?:ERROR: ?)?\(([A-Z]\w{3,79})\) /gm,
  /\bwith error: ([A-Z]\w{3,79}): /g,
  /^[A-Z][a-z]{1,15}-Az\w{1,80} ?: ([A-Z]\w{3,79}): /gm,
];

const sqlNumber = new RegExp(
  String.raw`\b(?:msg|error|number|code)\w{0,8}(?:\\{0,16}["'])?[ :=#[]{1,4}(?:\\{0,16}["'])?(${numbers})(?!\d)|[([](${numbers})[)\]]`,
  'gi',
);

/** Two words or more, each with a capital: what Azure's codes look like, and tokens do not. */
const codeLike = /^(?:[A-Z]{1,6}(?=[A-Z][a-z])|[A-Z][a-z]{1,20}){2,8}(?:\d{1,3}|[A-Z]{1,4})?$/;

/** Codes that only say that something else has failed, or repeat the status. */
const wrappers: ReadonlySet<string> = new Set([
  'DeploymentFailed',
  'DeploymentOperationFailed',
  'ResourceDeploymentFailure',
  'InvalidTemplateDeployment',
  'MultipleErrorsOccurred',
  'BadRequest',
  'Unauthorized',
  'Forbidden',
  'NotFound',
  'Conflict',
]);

/** Whether a code says nothing by itself. */
export function isWrapper(code: string): boolean {
  return wrappers.has(code);
}

/** The codes in a text, in its order: those of the catalogue, in any casing, and those which only their place tells. */
export function findCodes(text: string): readonly CodeMention[] {
  const places = new Map<number, { code: string; end: number }>();
  const add = (at: number, word: string, code: string) => {
    if (!places.has(at)) places.set(at, { code, end: at + word.length });
  };
  for (const { index, 0: word } of text.matchAll(/[a-z]\w{4,79}/gi)) {
    const code = known.get(word.toLowerCase());
    const isWhole = !/\w/.test(text[index - 1] ?? '');
    if (code !== undefined && isWhole) add(index, word, code);
  }
  for (const shape of [...shapes, sqlNumber]) {
    for (const match of text.matchAll(shape)) {
      const word = match[1] ?? match[2] ?? '';
      const at = match.index + match[0].lastIndexOf(word);
      if (isNumber(word) || catalogueRow(word) || isWrapper(word) || codeLike.test(word)) add(at, word, word);
    }
  }
  const sorted = [...places].sort(([a], [b]) => a - b).slice(0, maxMentions);
  return sorted.map(([at, { code, end }], i) => ({
    code,
    at,
    end,
    message: messageOf(text, { at, end, from: sorted[i - 1]?.[1].end ?? 0, to: sorted[i + 1]?.[0] ?? text.length }),
  }));
}
