import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { structureFile, withStructure } from '../structure';

describe('CONTRIBUTING.md', () => {
  it('shows the current folders and imports (npm run docs updates the picture)', () => {
    const text = readFileSync(structureFile, 'utf8');
    assert.equal(text, withStructure(text));
  });
});
