import { catalogueNumbers, codeOf } from '../errors/errorCatalogue';

/** The number of an error of the database engine, and its place in a text. */
export interface SqlNumber {
  readonly at: number;
  readonly number: string;
  /** The code that Azure SQL sends for it, or the number itself. */
  readonly code: string;
}

const known = catalogueNumbers().join('|');
/** A letter of any language; `\p{L}` needs the flag u, which slows down the search. */
const letter = String.raw`[a-z\u00c0-\u1fff\u3003-\ufefe]`;
/** Words for an error, its number, or its message, in the languages of the clients. */
const label = [
  String.raw`(?<!${letter}|\d)(?:msg|mens|mes+ag|err|fehler|meldung|foutc?|melding|fejl|fel|hata|hiba|virhe|chyb|błąd|komunikat|number|nummer|num[eé]r|n[uú]mero|code|c[oó]dig|codice)${letter}{0,12}`,
  `エラー(?: ?番号)?|メッセージ|错误(?: ?号)?|消息|錯誤|訊息|오류|메시지|ошибк${letter}{0,4}|сообщени${letter}{0,4}`,
].join('|');
const comma = String.raw`[^\S\n]?[,，、;][^\S\n]?`;
/** A word and a number, in either order: "Level 14", "State:1", "第 1 行". */
const wordAndNumber = String.raw`${letter}(?:${letter}| ){0,14}[ :：]{0,3}\d{1,3}`;

const shapes: readonly RegExp[] = [
  // "Msg 40981, Level 14, State 1", "Error Number:40981,State:1,Class:14"
  new RegExp(String.raw`(?:${label})[ .:：]{0,3}(\d{3,5})${comma}${wordAndNumber}${comma}${wordAndNumber}`, 'gi'),
  // "(Microsoft SQL Server, Error: 40981)"
  /\([^()\n]{0,40}(?:SQL Server|SqlClient)[^()\n]{0,40}?[:：] ?(\d{3,5})\)/gi,
  new RegExp(String.raw`(?:${label})[\\"' \t:：=#[\](>.,№]{1,48}(${known})(?!\d)`, 'gi'),
  new RegExp(String.raw`(?<!\d)(${known})${comma}${wordAndNumber}${comma}${wordAndNumber}`, 'gi'),
  new RegExp(String.raw`[([](${known})[)\]]`, 'g'),
  // A tuple of Python: (40613, b"Database …")
  new RegExp(String.raw`\((${known}), [bu]?\\{0,16}["']`, 'g'),
];

/** The numbers in a text that their form, or the word before a known number, marks as errors of the database engine. */
export function findSqlNumbers(text: string): readonly SqlNumber[] {
  return shapes.flatMap((shape) =>
    Array.from(text.matchAll(shape), ({ index, 0: whole, 1: number = '' }) => ({
      at: index + whole.indexOf(number),
      number,
      code: codeOf(number),
    })),
  );
}
