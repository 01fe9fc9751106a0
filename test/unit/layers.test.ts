import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import type { ICruiseResult } from 'dependency-cruiser';
import { layers } from '../../.dependency-cruiser.mjs';

/** A source file and the rule that refuses its imports. */
interface Planted {
  readonly file: string;
  readonly code: string;
  readonly rule: string;
}

const core = 'core imports core and @vscode/l10n only';
const azure = 'azure does not import ui, VS Code, extension.ts, or firstUse.ts';
const ui = 'ui does not import azure, the Azure SDKs, extension.ts, or firstUse.ts';
const plainNode = 'plain Node can load ids, nodes, and describe';

const planted: readonly Planted[] = [
  { file: 'src/core/a.ts', code: "import * as vscode from 'vscode'; export const a = vscode;", rule: core },
  { file: 'src/core/b.ts', code: "import type { A } from '@azure/core-auth'; export type B = A;", rule: core },
  { file: 'src/core/c.ts', code: "import { readFileSync } from 'node:fs'; export const c = readFileSync;", rule: core },
  { file: 'src/core/d.ts', code: "import pMap from 'p-map'; export const d = pMap;", rule: core },
  { file: 'src/core/errors/e.ts', code: "import { top } from '../../azure/top'; export const e = top;", rule: core },
  { file: 'src/core/f.ts', code: "import { top } from '../ui/top'; export const f = top;", rule: core },
  { file: 'src/core/g.ts', code: "import { activate } from '../extension'; export const g = activate;", rule: core },
  { file: 'src/azure/a.ts', code: "import * as vscode from 'vscode'; export const a = vscode;", rule: azure },
  { file: 'src/azure/b.ts', code: "import { top } from '../ui/top'; export const b = top;", rule: azure },
  { file: 'src/azure/c.ts', code: "import { activate } from '../extension'; export const c = activate;", rule: azure },
  { file: 'src/ui/a.ts', code: "import { A } from '@azure/arm-sql'; export const a = A;", rule: ui },
  { file: 'src/ui/commands/b.ts', code: "import { top } from '../../azure/top'; export const b = top;", rule: ui },
  { file: 'src/ui/c.ts', code: "import type { top } from '../azure/top'; export type C = typeof top;", rule: ui },
  {
    file: 'src/ui/e.ts',
    code: "export const e = () => import('./top');",
    rule: 'only the lazy loaders call import()',
  },
  { file: 'src/ui/d.ts', code: "import { activate } from '../extension'; export const d = activate;", rule: ui },
  { file: 'src/ui/ids.ts', code: "import * as vscode from 'vscode'; export const a = vscode;", rule: plainNode },
  { file: 'src/ui/tree/nodes.ts', code: "import { top } from '../top'; export const a = top;", rule: plainNode },
  {
    file: 'src/firstUse.ts',
    code: "import { A } from '@azure/arm-sql'; export const activate = A;",
    rule: 'extension.ts and firstUse.ts do not import the Azure SDKs',
  },
  {
    file: 'src/extension.ts',
    code: "import { top } from './ui/top'; export const activate = top;",
    rule: 'activation loads ids and VS Code only',
  },
  {
    file: 'src/azure/d.ts',
    code: "import { helper } from '../../test/helper'; export const d = helper;",
    rule: 'the product does not import its tests',
  },
  {
    file: 'src/ui/unknown/a.ts',
    code: "import { top } from '../top'; export const a = top;",
    rule: 'the order lists every folder of src/ui',
  },
  {
    file: 'src/core/one.ts',
    code: "import type { Two } from './two'; export interface One { two: Two }",
    rule: 'no import circle, types included',
  },
];

/** What the planted files import. */
const targets: Readonly<Record<string, string>> = {
  'src/core/two.ts': "import type { One } from './one'; export interface Two { one: One }",
  'src/azure/top.ts': 'export const top = 1;',
  'src/ui/top.ts': 'export const top = 1;',
  'test/helper.ts': 'export const helper = 1;',
};

/** For each folder of a layer, a file that imports from the folder above it. */
const upward: readonly Planted[] = Object.entries(layers).flatMap(([layer, names]) =>
  names.slice(1).map((name, i) => {
    const above = names[i] ?? '';
    const target = join(name === '.' ? '.' : '..', above, 'top');
    const code = `import { top } from '${target.startsWith('.') ? target : `./${target}`}'; export const upward = top;`;
    return { file: join(layer, name, 'upward.ts'), code, rule: `${layer}/${name} imports nothing above it` };
  }),
);

/** Allowed imports: ui and azure import core, core imports l10n, a folder imports a folder below it. */
const allowed: Readonly<Record<string, string>> = {
  'src/core/allowed.ts': "import * as l10n from '@vscode/l10n'; export const a = l10n;",
  'src/ui/allowed.ts': "import { a } from '../core/allowed'; export const b = a;",
  'src/azure/allowed.ts': "import { a } from '../core/allowed'; export const c = a;",
  'test/emulator/base/allowed.ts': 'export const d = 1;',
  'test/emulator/arm/allowed.ts': "import { d } from '../base/allowed'; export const e = d;",
};

async function violations(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'layers-'));
  try {
    for (const [file, code] of Object.entries(files)) {
      await mkdir(dirname(join(dir, file)), { recursive: true });
      await writeFile(join(dir, file), code);
    }
    for (const name of ['node_modules', 'tsconfig.json', 'package.json']) await symlink(resolve(name), join(dir, name));
    const args = ['src', 'test/emulator', '--config', resolve('.dependency-cruiser.mjs'), '--output-type', 'json'];
    const { stdout, stderr } = spawnSync(resolve('node_modules/.bin/depcruise'), args, { cwd: dir, encoding: 'utf8' });
    assert.equal(stderr, '');
    const { summary } = JSON.parse(stdout) as ICruiseResult;
    return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
  } finally {
    await rm(dir, { recursive: true });
  }
}

describe('the directions of the architecture', () => {
  const all = [...planted, ...upward];
  let found: readonly string[] = [];

  before(async () => {
    const tops = Object.entries(layers).flatMap(([layer, names]) => names.map((name) => join(layer, name, 'top.ts')));
    found = await violations({
      ...Object.fromEntries(tops.map((file) => [file, 'export const top = 1;'])),
      ...targets,
      ...allowed,
      ...Object.fromEntries(all.map(({ file, code }) => [file, code])),
    });
  });

  for (const { file, code, rule } of all) {
    it(`refuse in ${file}: ${code.split(';')[0] ?? ''}`, () => {
      assert.ok(found.includes(`${file}: ${rule}`), found.join('\n'));
    });
  }

  it('refuse nothing else, in particular none of the allowed imports', () => {
    const expected = new Set([...all.map(({ file, rule }) => `${file}: ${rule}`)]);
    assert.deepEqual(
      found.filter((violation) => !expected.has(violation)),
      [],
    );
  });
});
