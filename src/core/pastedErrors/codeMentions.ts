import { catalogueCodes, catalogueNumbers, codeOf, isErrorCode } from '../errors/errorCatalogue';
import { messageOf } from './messageAround';

/** A code in a text, its position, and the message next to it. */
export interface CodeMention {
  readonly code: string;
  readonly at: number;
  readonly end: number;
  /** On one line; empty if there is none. */
  readonly message: string;
}

/** Maximum codes read from one text. */
const maxMentions = 500;

const isNumber = (code: string) => /^\d+$/.test(code);
/** A code that is also an ordinary word, such as Conflict. Only its position shows that it is a code. */
const isPlainWord = (code: string) => /^[A-Z][a-z]+$/.test(code);
const numbers = catalogueNumbers().join('|');
const known: ReadonlyMap<string, string> = new Map(
  catalogueCodes()
    .filter((code) => !isNumber(code) && !isPlainWord(code))
    .map((code) => [code.toLowerCase(), code]),
);

/** Positions in which even an unknown word is a code: `"code":"X"`, `(X) …`, `with error: X: …`, `Cmdlet: X: …`. */
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

/** Two or more capitalized words: Azure's codes look like this, tokens do not. */
const codeLike = /^(?:[A-Z]{1,6}(?=[A-Z][a-z])|[A-Z][a-z]{1,20}){2,8}(?:\d{1,3}|[A-Z]{1,4})?$/;

/** Codes that only wrap another error or repeat the status. */
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

/** Whether a code only wraps another. */
export function isWrapper(code: string): boolean {
  return wrappers.has(code);
}

/** The codes in a text, in order: those in the catalogue, in any casing, and others that their position marks as codes. */
export function findCodes(text: string): readonly CodeMention[] {
  const places = new Map<number, { code: string; end: number }>();
  const add = (at: number, word: string, code: string) => {
    if (!places.has(at)) places.set(at, { code, end: at + word.length });
  };
  for (const { index, 0: word } of text.matchAll(/[a-z]\w{4,99}/gi)) {
    const code = known.get(word.toLowerCase());
    const isWhole = !/\w/.test(text[index - 1] ?? '');
    if (code !== undefined && isWhole) add(index, word, code);
  }
  for (const shape of [...shapes, sqlNumber]) {
    for (const match of text.matchAll(shape)) {
      const word = match[1] ?? match[2] ?? '';
      const at = match.index + match[0].lastIndexOf(word);
      if (isNumber(word) || isErrorCode(word) || isWrapper(word) || codeLike.test(word)) add(at, word, codeOf(word));
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
