import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { preProcessFile } from 'typescript';

export const structureFile = 'CONTRIBUTING.md';
const begin = '<!-- structure: written by npm run docs -->\n';
const end = '<!-- end of structure -->';

/** The folder of a source file as the picture shows it: `ui/tree`, `core` for files directly in src/core, `extension.ts`. */
function folderOf(file: string): string {
  const [, ...path] = file.split('/');
  return path.length > 1 ? path.slice(0, Math.min(2, path.length - 1)).join('/') : path.join('/');
}

/** Which folders of src import which, read from the code. Imports of types count. */
function readImports(): ReadonlyMap<string, ReadonlySet<string>> {
  const imports = new Map<string, Set<string>>();
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of files.map((name) => `src/${name}`)) {
    const from = folderOf(file);
    const targets = imports.get(from) ?? new Set();
    imports.set(from, targets);
    for (const { fileName } of preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      const to = fileName.startsWith('.') ? folderOf(`${join(dirname(file), fileName)}.ts`) : from;
      if (to !== from) targets.add(to);
    }
  }
  return imports;
}

/** Leaves out an arrow where other arrows lead to the same folder. */
function withoutShortcuts(imports: ReadonlyMap<string, ReadonlySet<string>>): [from: string, to: string][] {
  const below = (from: string, seen = new Set<string>()): ReadonlySet<string> => {
    for (const to of imports.get(from) ?? []) {
      if (!seen.has(to)) below(to, seen.add(to));
    }
    return seen;
  };
  return [...imports].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && below(other).has(to)))
      .map((to): [string, string] => [from, to]),
  );
}

/** The folders of src and the direction of their imports as a Mermaid flowchart. */
export function structurePicture(): string {
  const imports = readImports();
  const id = (folder: string) => folder.replace(/\W/g, '_');
  const folders = [...imports.keys()].sort();
  const arrows = withoutShortcuts(imports)
    .map(([from, to]) => `  ${id(from)} --> ${id(to)}`)
    .sort();
  return [
    '```mermaid',
    'flowchart TD',
    ...folders.map((folder) => `  ${id(folder)}["${folder}"]`),
    ...arrows,
    '```',
    '',
  ].join('\n');
}

/** Replaces the picture between the two marks of a document by the current one. */
export function withStructure(text: string): string {
  const [head = '', rest = ''] = text.split(begin);
  return `${head}${begin}\n${structurePicture()}\n${rest.slice(rest.indexOf(end))}`;
}

if (require.main === module) writeFileSync(structureFile, withStructure(readFileSync(structureFile, 'utf8')));
