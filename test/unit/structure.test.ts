import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { structureFile, withStructure } from '../structure';

describe('CONTRIBUTING.md', () => {
  it('shows the folders and imports of today (npm run docs writes the picture)', () => {
    const text = readFileSync(structureFile, 'utf8');
    assert.equal(text, withStructure(text));
  });
});
