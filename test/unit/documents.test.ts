import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const documents = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs').map((name) => join('docs', name)),
  'test/emulator/README.md',
  'test/vscode-host/README.md',
];
const pictures = readdirSync('media/screenshots').map((name) => join('media/screenshots', name));

/** The anchors of all headings, as GitHub and VS Code generate them, and the anchors that are written as HTML. */
function anchors(text: string): readonly string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)];
}

describe('the documents', () => {
  for (const document of documents) {
    it(`${document} links to files and headings that exist`, () => {
      const text = readFileSync(document, 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
      for (const [link, path = '', anchor] of links) {
        const target = path === '' ? document : join(dirname(document), path);
        assert.ok(existsSync(target), `${link}: ${target} does not exist`);
        if (anchor) assert.ok(anchors(readFileSync(target, 'utf8')).includes(anchor), `${link}: no such heading`);
      }
    });
  }

  it('README.md has at most 700 words', () => {
    assert.ok(readFileSync('README.md', 'utf8').split(/\s+/).length <= 700);
  });

  for (const picture of pictures) {
    it(`${picture} has at most 40 KB, and a document shows it`, () => {
      assert.ok(statSync(picture).size <= 40_000, `${statSync(picture).size} bytes`);
      assert.ok(documents.some((document) => readFileSync(document, 'utf8').includes(picture)));
    });
  }
});
