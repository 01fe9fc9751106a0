import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asText } from '../../src/core/markdown';
import { oneLine, plainLine, plainText } from '../../src/core/text';

/** As in VS Code: base/common/linkedText.ts and base/common/iconLabels.ts. */
const vscodeLink = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const vscodeIcon = /\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/;
const pieces = [
  '[',
  ']',
  '(',
  ')',
  '$',
  '$(',
  '](',
  'command:a',
  'https://a',
  'bug',
  ' ',
  '\u202e',
  '\u0000',
  '\n',
  '\u2066',
  'a',
];
const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(''));

describe('text from outside', () => {
  it('is no link in a message and no icon in a label', () => {
    assert.equal(plainText('[x](command:workbench.action.quit)'), '[x] (command:workbench.action.quit)');
    assert.equal(plainText('$(bug) a'), '$ (bug) a');
    assert.equal(plainText('$\u202e(bug) [x]\u2066(command:a)'), '$ (bug) [x] (command:a)');
    fc.assert(
      fc.property(hostile, (text) => {
        for (const shown of [plainText(text), plainLine(text)]) {
          assert.doesNotMatch(shown, vscodeLink);
          assert.doesNotMatch(shown, vscodeIcon);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it('has no control characters and none that change its direction', () => {
    for (const clean of [oneLine, plainLine, asText]) {
      assert.equal(clean('a\u202eb\u0000c\nd\u2069'), 'ab c d');
      fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/\p{Cc}|\p{Bidi_Control}/u.test(clean(text))));
    }
  });

  it('keeps the lines of a longer message, and ordinary text', () => {
    assert.equal(plainText('a\r\nb\nc'), 'a\nb\nc');
    for (const text of ['Server "sql-a" (West Europe)', 'a [b] (c)', '$5 (a)', 'Größe ü 日本語 عربي']) {
      assert.equal(plainText(text), text);
    }
  });
});
