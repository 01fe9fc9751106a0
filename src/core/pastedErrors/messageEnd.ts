/** Labels that tools write after a message, each on a line of its own. */
const labels = [
  'code',
  'error ?code',
  'message',
  'target',
  'exception details',
  'inner ?error',
  'additional information',
  'status(?: ?code)?',
  'content',
  'headers',
  'details',
  'response',
  'api response',
  '(?:x-ms-)?(?:correlation|activity|request|tracking|trace)[- ]?(?:request[- ]?)?id',
  'timestamp',
  'at line',
  'buttons',
  'for help',
  'clientconnectionid',
  'error number',
].join('|');

/** What ends a message that has no quotes. */
const ends: readonly RegExp[] = [
  /\n[^\S\n]{0,20}\n/,
  new RegExp(String.raw`\n[^\S\n]{0,20}(?:${labels})(?: ?:|\b(?=:))`, 'i'),
  /\n[^\S\n]{0,20}at line:/i,
  /\n[^\S\n]{0,20}[+}\]{~-]/,
  // A stack frame of .NET, Java, or JavaScript, in any language.
  /\n[^\S\n]{1,20}\S{1,12} [\w.$<>`/:\\-]{3,300}[(]/,
  // The next prompt.
  /\n(?:PS [^\n>]{0,200}>|[\w.-]{1,60}@[\w.-]{1,60}[:~ ][^\n$#]{0,200}[$#](?: |$)|[$>❯] )/,
  / PS [A-Z]:\\[^\n>]{0,200}>/,
  /\n(?:Time elapsed |PowerShell exited with code|Process completed with exit code|The process '|##)/,
  // What a driver adds.
  /\s?\((?:error ?)?code:/i,
  /\s\(\d{3,5}\)(?=\s?(?:\(SQL|["')\n]|$))/,
  /\s\((?:[^()\n]{0,20} )?(?:Microsoft SQL Server|SqlClient|\.Net SqlClient|Microsoft SqlClient)\b[^()\n]{0,60}\)/i,
  /\s{1,3}ClientConnectionId:/,
  /\.? Msg \d{3,5}, /,
  / in \/[\w./-]{1,200}:\d{1,6}\b/,
];

/** The length of the message at the start of a text. */
export function messageEnd(text: string): number {
  return ends.reduce((end, pattern) => {
    const found = text.slice(0, end).search(pattern);
    return found < 0 ? end : found;
  }, text.length);
}
