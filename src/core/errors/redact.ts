const removed = '[removed]';

/** Ends of names whose value is always a credential. */
const secretNames = [
  'pass(?:word|wd|phrase)',
  'pwd',
  'client[ _-]?(?:secret|assertion)',
  'secret[_-]?(?:text|value)',
  '(?:access|account|api|shared|storage|subscription|functions?|host|sas|private)[ _-]?key',
  '(?:primary|secondary|master|service[_-]?principal|instrumentation)[_-]?key',
  '(?:access|refresh|id|sas|session)_?token',
  'shared_?access_?signature',
  'identity[_-]header',
  'device[_-]?code',
  'authorization(?:-auxiliary)?',
  'sig',
].join('|');

/** Ends of names that also occur before a colon in messages, as in "Can't get a token: …". */
const ambiguousNames = 'token|secret|signature|assertion';

const quote = String.raw`\\{0,16}(?:["'\`]|u0022|u0027)`;
const equals = String.raw`(?:=>?|:|%3D|\\{1,16}u003d)`;
/** One word, or a text in quotes, which may be cut off. A word in a connection string may contain "&". */
const value = [
  String.raw`\[removed\](?=[\]}),.:;"'\s\\]|$)`,
  String.raw`\\{1,16}(?:"|u0022)(?:(?!\\{1,16}(?:"|u0022))[^\r\n])*(?:\\{1,16}(?:"|u0022))?`,
  String.raw`"(?:[^"\\\r\n]|\\.)*"?`,
  String.raw`'(?:[^'\r\n]|'')*'?`,
  String.raw`(?:[^\s"'&;<>]|&(?!(?:amp;)?[\w.%-]{1,64}=))+`,
].join('|');

const names = String.raw`(?:${secretNames}|${ambiguousNames})(?:[_-]?\d{1,2})?`;
/** Another name and its sign, which are no value. */
const nextName = String.raw`[\w$:."'\\-]{0,64}?(?:${names}|cookie)(?:${quote})?\s{0,8}${equals}`;
/** The space before a value, which may be on the next line. A value on the same line may look like "name:value". */
const gap = String.raw`(?:[ \t]{0,64}(?!${nextName}[\s"'\\[])|\s{0,64}(?!${nextName}))`;
const named = new RegExp(String.raw`(${names})(${quote})?(\s{0,64}${equals}${gap}|>)(${value})`, 'gi');
/** {"name": "CLIENT_SECRET", "value": "…"} and the same in XML. */
const pair = new RegExp(
  String.raw`(${names}${quote}[^{}]{0,80}?value(?:${quote})?\s{0,64}[:=]${gap})(?:${value})`,
  'gi',
);
const option = new RegExp(
  String.raw`((?<![\w-])(?:--?[\w-]{0,64}?(?:${names})|-p|ConvertTo-SecureString(?:[ \t]{1,64}-String)?)(?:[ \t]|\\\r?\n){1,64})(?!-|${nextName})(?:${value})`,
  'gi',
);

const schemes = 'Bearer|PoP|Basic|Digest|NTLM|Negotiate|SharedKey(?:Lite)?|SharedAccessSignature';
const lineBreak = String.raw`(?:[ \t]*\r?\n|\\{1,16}r\\{1,16}n|\\{1,16}[rn])`;
/** A JSON Web Token, which may continue on the next lines, or after spaces if line breaks were lost. */
const webToken = new RegExp(
  String.raw`eyJ[\w-]{5,}[\w.-]*(?:${lineBreak}[ \t]*[\w.-]+(?=[ \t]*(?:[\r\n"'\\]|$))|(?:${lineBreak}[ \t]*|[ \t]+)(?=[\w.-]{0,40}\d)[\w.-]{20,})*`,
  'g',
);

const replacements: readonly (readonly [pattern: RegExp, by: string])[] = [
  [
    /-{4,5} ?BEGIN [A-Z\d ]*PRIVATE KEY(?: BLOCK)? ?-{4,5}(?:(?!-{4} ?-?END)[\s\S])*(?:-{4,5} ?END [A-Z\d ]*-{4,5})?/g,
    removed,
  ],
  [/<RSAKeyValue>(?:(?!<\/RSAKeyValue>)[\s\S])*/g, removed],
  [webToken, removed],
  [
    new RegExp(
      String.raw`(authorization[\w-]{0,16}(?:${quote})?\s{0,64}[:=]\s{0,64}(?:${quote})?(?:${schemes})[ \t]+)[^\s"']+`,
      'gi',
    ),
    `$1${removed}`,
  ],
  [/\b(Digest\s+)(?=[\w-]{1,32}=|\[removed\])[^\r\n]+/gi, `$1${removed}`],
  [/\b(Bearer|PoP)[ \t]+[\w.~+/-]{16,}=*/gi, `$1 ${removed}`],
  [/\bBasic[ \t]+[A-Za-z0-9+/]{20,}=*/gi, `Basic ${removed}`],
  [
    new RegExp(
      String.raw`(cookie(?:${quote})?\s{0,64}[:=]\s{0,64}\[?(?:${quote})?)[^\s"'=;]{1,128}=(?:[^\r\n"']|="[^"\r\n]*")*`,
      'gi',
    ),
    `$1${removed}`,
  ],
  [pair, `$1${removed}`],
  [option, `$1${removed}`],
  [/(:\/\/(?:[^\s/?#@:"'<>]{0,128}:)?)[^\s/?#"'<>]+@/g, `$1${removed}@`],
  // The signature in the address of a long-running operation.
  [/((?:[?&;]|\\{1,16}u0026|%26|%3F)[csh](?:=|%3D|\\{1,16}u003d))[^&\s"']{16,}/gi, `$1${removed}`],
  [/([?&]code=)(?=[^\s&?"']{0,64}\d)[^\s&?"']{20,}/gi, `$1${removed}`],
  // Private parts of a JSON Web Key.
  [/(\\{0,16}"(?:d|p|q|dp|dq|qi|k)\\{0,16}"\s{0,64}:\s{0,64}\\{0,16}")[\w-]{20,}/g, `$1${removed}`],
  // The formats of a Microsoft Entra ID client secret, a refresh token, personal access tokens, keys of 32 and 64 bytes,
  // the key of a certificate, and a device code.
  [/[\w~.-]{3}\dQ~[\w~.-]{31,34}/g, removed],
  [/\b[01]\.A[\w-]{40,}[\w.-]*/g, removed],
  [/\b(?:gh[oprsu]_|github_pat_|glpat-|hvs\.)[\w-]{16,}/g, removed],
  [/\b(?:[a-z2-7]{52}|[A-Za-z\d]{76}AZDO[A-Za-z\d]{4})\b/g, removed],
  [/(?<![\w+/-])(?:[A-Za-z\d+/]{43}=|[A-Za-z\d+/]{86}==)(?![\w=])/g, removed],
  [/MII[A-Za-z\d+/]{100,}=*/g, removed],
  [/(\benter the code )[A-Z\d]{6,12}\b/g, `$1${removed}`],
];

/**
 * Removes what looks like a credential, by its form or by the name before it: tokens, secrets, passwords, keys, cookies,
 * signatures in addresses. The time is proportional to the length of the text.
 */
export function redactSecrets(text: string): string {
  return removeNamed(replacements.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text));
}

/** Removes the values of names. A message or address after a name stays, but may contain a name and its value. */
function removeNamed(text: string, depth = 0): string {
  return text.replace(
    named,
    (whole, name: string, quoted: string | undefined, sign: string, found: string, at: number, all: string) => {
      const isMessage =
        sign.includes(':') && quoted === undefined && isProse(name, found, all.slice(at + whole.length).slice(0, 40));
      const start = `${name}${quoted ?? ''}${sign}`;
      if (!isMessage && !keyword.test(found)) return start + removed;
      return start + (depth < deepest ? removeNamed(found, depth + 1) : found);
    },
  );
}

/** Limits the time for a text in which each value contains the next name. */
const deepest = 3;

const keyword = new RegExp(String.raw`^(?:null|true|false|${schemes})\W{0,4}$`, 'i');
const ambiguous = new RegExp(`^(?:${ambiguousNames})`, 'i');

/** Whether the words after "name:" are a message, not a value. */
function isProse(name: string, found: string, rest: string): boolean {
  if (/^[A-Z][a-z']*$/.test(found) && /^\s+[a-z]/.test(rest)) return true;
  return ambiguous.test(name) && !/^(?!AADSTS|https?:)(?=.*\d)\S{8,}$/.test(found);
}
