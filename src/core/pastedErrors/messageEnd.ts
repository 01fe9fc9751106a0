/** Lines of Key Vault's messages that look like a label of the tool. */
const keyVaultLines = [
  'Client address: ',
  'Caller: (?:appid|name)=',
  "Action: '",
  "Resource: '",
  'Assignment: ',
  'DenyAssignmentId: ',
  'DecisionReason: ',
  'Vault: ',
].join('|');

/** What ends a message that has no quotes. */
const ends: readonly RegExp[] = [
  /\n[^\S\n]{0,20}\n/,
  // A label in any language, a property, a time, and what belongs to the tool.
  new RegExp(String.raw`\n[^\S\n]{0,20}(?!${keyVaultLines})\p{Lu}[\p{L}\d ]{0,30}?[^\S\n]{0,16}:(?=\s|$)`, 'u'),
  /\n[^\S\n]{0,20}(?:[A-Z]\w{2,20}=|x-ms-|ClientConnectionId|Time elapsed |at line:|PowerShell exited |Process completed |##)/i,
  /\n\[?(?:\d{4}[-/]\d\d[-/]\d\d|\d\d[:/]\d\d[:/]\d\d)/,
  /\n[^\S\n]{0,20}[+}\]{~-]/,
  // A stack frame of .NET, Java, or JavaScript, and a position in PowerShell, in any language.
  /\n[^\S\n]{1,20}\S{1,12} [\w.$<>`/:\\-]{3,300} ?[(]/,
  /\n[^\S\n]{1,20}at \S/,
  /\n\p{L}{1,12} [^\n]{1,200}:\d{1,6} \p{L}{1,12}:\d{1,6}/u,
  // The next prompt.
  /\n(?:PS [^\n>]{0,200}>|[\w.-]{1,60}@[\w.-]{1,60}[:~ ][^\n$#]{0,200}[$#](?: |$)|[$>❯] )/,
  /\s?PS [A-Z]:\\[^\n>]{0,200}>/,
  // What a driver adds.
  /\s?\((?:error ?)?code:/i,
  /\s\(\d{3,5}\)(?=\s?(?:\(SQL|["')\n]|$))/,
  /\s\((?:[^()\n]{0,20} )?(?:Microsoft SQL Server|SqlClient|\.Net SqlClient|Microsoft SqlClient)\b[^()\n]{0,60}\)/i,
  /\s{1,3}ClientConnectionId:/,
  /<\/[a-z]/i,
  /,(?:Source|Class|Number|State)=/,
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
