import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redactSecrets } from '../../src/core/errors/redact';
import { credentials } from '../unit/redactTable';
import { property } from './property';
import { hostileText, soon, word } from './texts';

type Planted = readonly [text: string, secret: string];

/** Names whose value is a credential, each with the signs that tools write between the two. */
const names = [
  'password',
  'Pwd',
  'ARM_CLIENT_SECRET',
  'client_secret',
  'AccountKey',
  'administratorLoginPassword',
  'refresh_token',
  'x-functions-key',
  'SharedAccessSignature',
];
const written: readonly ((name: string, secret: string) => string)[] = [
  (name, secret) => `${name}=${secret}`,
  (name, secret) => `${name}: ${secret}`,
  (name, secret) => JSON.stringify({ [name]: secret }),
  (name, secret) => JSON.stringify(JSON.stringify({ a: 1, [name]: secret, b: 2 })),
  (name, secret) => `$env:${name} = '${secret}'`,
  (name, secret) => `--${name} ${secret}`,
  (name, secret) => `--${name}="${secret}"`,
  (name, secret) => `<${name}>${secret}</${name}>`,
  (name, secret) => `Server=x;${name}=${secret};Encrypt=true`,
  (name, secret) => `https://example.org/a?x=1&${name}=${secret}&y=2`,
  (name, secret) => `token: https://example.org/a?${name}=${secret}`,
];

/** A credential with another value each time. */
const random: fc.Arbitrary<Planted> = fc
  .tuple(fc.constantFrom(...written), fc.constantFrom(...names), word('abXY019_~+/.-', 8, 40))
  .map(([write, name, secret]) => [write(name, `Q9${secret}`), `Q9${secret}`]);

/** A text with a credential, and the credential. */
const secretIn: fc.Arbitrary<Planted> = fc.oneof(fc.constantFrom(...Object.values(credentials).flat()), random);

/** The same without credentials that are also words of an explanation. */
export const distinctSecretIn = secretIn.filter(([, secret]) => secret.length > 5);

const gap = fc.constantFrom('\n', '\r\n', ' ', '\t', '\n\n', ' | ', '\n│ ', ' - ', '; ');
const before = fc.oneof(
  hostileText,
  fc.constantFrom(
    'token:',
    'Failed to get a token:',
    'secret:',
    'The signature:',
    'Authorization:',
    '"message":',
    'at',
  ),
);

export const redaction = [
  property(
    'is removed wherever it is in a text',
    16_000,
    fc.tuple(before, gap, secretIn, gap, hostileText),
    ([start, one, [text, secret], other, end]) => {
      const left = redactSecrets(start + one + text + other + end);
      assert.ok(!left.includes(secret), left);
    },
  ),
  property(
    'is looked for in any text without delay',
    3000,
    fc.array(fc.oneof(hostileText, before), { maxLength: 8 }),
    (parts) => {
      soon(() => redactSecrets(parts.join('')), 1000);
    },
  ),
];
