import assert from 'node:assert/strict';
import { asText } from '../../src/core/markdown';
import { oneLine, plainLine, plainText, utcDay, utcMinute } from '../../src/core/text';

describe('text from outside', () => {
  it('is no link in a message and no icon in a label', () => {
    assert.equal(plainText('[x](command:workbench.action.quit)'), '[x] (command:workbench.action.quit)');
    assert.equal(plainText('$(bug) a'), '$ (bug) a');
    assert.equal(plainText('$\u202e(bug) [x]\u2066(command:a)'), '$ (bug) [x] (command:a)');
  });

  it('has no control characters and none that change its direction', () => {
    for (const clean of [oneLine, plainLine, asText]) {
      assert.equal(clean('a\u202eb\u0000c\nd\u2069'), 'ab c d');
    }
  });

  it('keeps the lines of a longer message, and ordinary text', () => {
    assert.equal(plainText('a\r\nb\nc'), 'a\nb\nc');
    for (const text of ['Server "sql-a" (West Europe)', 'a [b] (c)', '$5 (a)', 'Größe ü 日本語 عربي']) {
      assert.equal(plainText(text), text);
    }
  });
});

describe('a time in a text', () => {
  it('is in UTC', () => {
    assert.equal(utcMinute(new Date('2026-11-25T16:40:59.999Z')), '2026-11-25 16:40 UTC');
    assert.equal(utcDay(new Date('2026-11-25T23:59:00Z')), '2026-11-25');
    assert.equal(utcMinute(new Date(8.64e15)), '+275760-09-13 00:00 UTC');
  });

  it('is called unknown if it is invalid', () => {
    for (const shown of [utcMinute, utcDay]) assert.equal(shown(new Date('yesterday')), 'unknown time');
  });
});
