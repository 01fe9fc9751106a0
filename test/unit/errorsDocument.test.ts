import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { catalogueCodes } from '../../src/core/errors/errorCatalogue';
import { errorsDocument, file } from '../errorsDocument';

describe('docs/errors.md', () => {
  it('matches the catalogue (npm run docs updates it)', () => {
    assert.equal(readFileSync(file, 'utf8'), errorsDocument());
  });

  it('has one anchor for each code, and a link to each', () => {
    const text = errorsDocument();
    const anchors = [...text.matchAll(/^### <a id="([a-z0-9]+)"><\/a>(\w+)$/gm)];
    assert.deepEqual(anchors.map(([, , code]) => code).sort(), [...catalogueCodes()].sort());
    for (const [, anchor, code = ''] of anchors) {
      assert.equal(anchor, code.toLowerCase());
      assert.ok(text.includes(`](#${code.toLowerCase()})`), code);
    }
  });

  it('has no text that Markdown would hide', () => {
    const prose = errorsDocument().replace(/```[^`]*```|`[^`]*`|<a id="\w+"><\/a>/g, '');
    const swallowed = prose.split('\n').filter((line) => /(?<!\\)<|[{}]|undefined/.test(line));
    assert.deepEqual(swallowed, []);
  });
});
