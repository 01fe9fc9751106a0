import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseServerKeyName, serverKeyName, shortServerKeyName } from '../../src/core/keys/serverKeyName';
import { keys } from './keyIdentifiers';
import { property } from './property';
import { hostileText, soon, word } from './texts';

const nearly = fc
  .array(fc.oneof(fc.constantFrom('_', '-', 'kv-a', 'tde', 'ServiceManaged'), word('aF09-_', 1, 40)), { maxLength: 6 })
  .map((parts) => parts.join(''));

export const serverKeyNames = [
  property('is read back into vault, key, and version, and fits in 128 characters', 6000, keys, ({ key }) => {
    const name = serverKeyName(key);
    assert.ok(name.length <= 128);
    assert.deepEqual(parseServerKeyName(name), {
      vault: key.vault,
      key: key.name,
      ...(key.version !== undefined && { version: key.version }),
    });
  }),
  property(
    'is read from any text only if writing it again gives the same text',
    8000,
    fc.oneof(nearly, hostileText),
    (text) => {
      const parts = soon(() => parseServerKeyName(text));
      if (parts) assert.equal(serverKeyName({ ...parts, name: parts.key }), text);
      else assert.equal(shortServerKeyName(text), text);
    },
  ),
];
