import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** esbuild's description of its output files. */
export interface Bundles {
  readonly production: boolean;
  readonly outputs: Readonly<Record<string, Bundle>>;
}

interface Bundle {
  readonly bytes: number;
  /** The modules in it. */
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

export type Entry = 'extension' | 'firstUse' | 'commands' | 'signIn' | 'azure';

/** The file of an entry, for a test that imports it. */
export const bundleFile = (entry: Entry): string => resolve(`dist/${entry}.mjs`);

export const readBundles = (): Bundles => JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Bundles;

/** The outputs that an entry imports statically, itself included: what its first use loads. */
export function loadedBy({ outputs }: Bundles, entry: Entry): readonly string[] {
  const loaded = new Set<string>();
  const load = (output: string): void => {
    if (loaded.has(output)) return;
    loaded.add(output);
    for (const { path, kind, external } of outputs[output]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) load(path);
    }
  };
  load(`dist/${entry}.mjs`);
  return [...loaded];
}

/** The outputs that an entry loads after the first use of the extension. */
export function loadedLater(bundles: Bundles, entry: Entry): readonly string[] {
  const before = loadedBy(bundles, 'firstUse');
  return loadedBy(bundles, entry).filter((output) => !before.includes(output));
}

/** The size of outputs in KiB. */
export const kibOf = ({ outputs }: Bundles, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (outputs[name]?.bytes ?? 0), 0) / 1024;
