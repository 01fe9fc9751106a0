import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { servedFile, withServed } from '../servedDocument';

describe("The emulator's README", () => {
  it('lists the resource types and api-versions that it serves (npm run docs updates the list)', () => {
    const text = readFileSync(servedFile, 'utf8');
    assert.equal(text, withServed(text));
  });
});
