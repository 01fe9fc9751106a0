const removed = '[removed]';

const names = [
  'client_?secret',
  'client_?assertion',
  'access_?token',
  'refresh_?token',
  'id_?token',
  'password',
  'pwd',
  'sig',
  'signature',
  'shared_?access_?(?:key|signature)',
  'account_?key',
  'api_?key',
];

const replacements: readonly (readonly [pattern: RegExp, by: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?!-----END)[\s\S])*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g, removed],
  [/\b(Bearer|PoP)\s+[\w.~+/-]{16,}=*/gi, `$1 ${removed}`],
  [/\bBasic\s+[A-Za-z0-9+/]{20,}=*/gi, `Basic ${removed}`],
  [/\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g, removed],
  // The signature in the address of a long-running operation.
  [/([?&][csh]=)[^&\s"']{16,}/gi, `$1${removed}`],
  [
    new RegExp(`(\\b(?:${names.join('|')})\\\\?["']?\\s*[:=]\\s*)(?:\\\\?"[^"]*"|'[^']*'|[^\\s"'&,;}]+)`, 'gi'),
    `$1${removed}`,
  ],
  // The form of a Microsoft Entra ID client secret.
  [/[\w~.-]{3}\dQ~[\w~.-]{31,34}/g, removed],
];

/** Removes anything that may be a credential: tokens, client secrets, passwords, signatures in addresses, private keys. */
export function redactSecrets(text: string): string {
  return replacements.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text);
}
