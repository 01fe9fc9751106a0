import assert from 'node:assert/strict';
import fc from 'fast-check';

/** Parts of Markdown, HTML, links, icons, shell words, JSON, and addresses, and characters that are not visible. */
const pieces = [
  ...Array.from('[](){}<>$#*_~|`"\'\\/!?&;:=+-.,@% \n\r\t\0'),
  '](',
  '$(bug)',
  '$(',
  '[a](command:workbench.action.quit)',
  '[a](https://evil.example)',
  '![a](https://evil.example/a.png)',
  '<img src=x onerror=alert(1)>',
  '<https://evil.example>',
  '&lt;',
  '# a',
  '```',
  '---',
  '===',
  'https://evil.example/a',
  'command:a',
  '\u001b[31m',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\u0085',
  '\ud800',
  '日本',
  'a',
  'B',
  '7',
  'sql-orders',
];

const glued = fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map((parts) => parts.join(''));
/** 10 KB of the same. */
const long = fc.constantFrom(...pieces).map((piece) => piece.repeat(Math.ceil(10_000 / piece.length)));

/** Text that nobody expects: quotes, line breaks, control and bidirectional characters, markup, and sometimes 10 KB of them. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: glued, weight: 60 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 40 }), weight: 20 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }), weight: 19 },
  { arbitrary: long, weight: 1 },
);

/** A word of these characters. */
export const word = (characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(characters)), minLength, maxLength });

/** Calls a function, and fails if it takes longer than a user notices. Other programs don't lengthen this time. */
export function soon<T>(call: () => T, milliseconds = 250): T {
  const began = process.cpuUsage();
  const result = call();
  const { user, system } = process.cpuUsage(began);
  const taken = (user + system) / 1000;
  assert.ok(taken < milliseconds, `took ${taken} ms`);
  return result;
}
