import { readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import esbuild from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const outdir = process.argv.find((argument) => argument.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';

/**
 * Packages that azext-utils imports but this extension never uses, each replaced by a stub: telemetry, experiments, the
 * HTML parser of the default error handler (this extension registers its own), and the durations of activities, which
 * appear only in the Azure Resources extension.
 * @type {Record<string, string>}
 */
const leftOut = {
  '@vscode/extension-telemetry':
    'export class TelemetryReporter { sendTelemetryErrorEvent() {} dispose() {} }\nexport class TelemetryTrustedValue {}',
  'vscode-tas-client': 'export const TargetPopulation = {}; export const getExperimentationServiceAsync = undefined;',
  'html-to-text': 'export const convert = (html) => html;',
  dayjs: 'export default { extend() {} };',
  'dayjs/plugin/duration': 'export default {};',
  'dayjs/plugin/relativeTime': 'export default {};',
};

/** @type {esbuild.Plugin} */
const leaveOut = {
  name: 'leave-out',
  setup(build) {
    const filter = new RegExp(`^(${Object.keys(leftOut).join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({ contents: leftOut[path] ?? '' }));
  },
};

/**
 * Drops the unused modules of packages that don't declare their modules free of side effects. Otherwise esbuild keeps
 * all of them, and the packages that only they need.
 * @type {esbuild.Plugin}
 */
const dropUnused = {
  name: 'drop-unused',
  setup(build) {
    const packages = /@microsoft[\\/]vscode-(azext-utils|azureresources-api)/;
    build.onResolve({ filter: /./ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === dropUnused || !(packages.test(path) || packages.test(from.importer))) return undefined;
      return { ...(await build.resolve(path, { ...from, pluginData: dropUnused })), sideEffects: false };
    });
  },
};

/**
 * Replaces `import` of `vscode` by `require`. For an import, VS Code generates a module with its whole API, which takes
 * longer than the rest of activation; `require` returns the API object. esbuild drops the names that nothing uses.
 * @type {esbuild.Plugin}
 */
const requireVscode = {
  name: 'require-vscode',
  setup(build) {
    const types = readFileSync('node_modules/@types/vscode/index.d.ts', 'utf8');
    const names = [...types.matchAll(/^\texport (?:class|enum|namespace|function|const) (\w+)/gm)].map(
      ([, name]) => name,
    );
    const lines = [...new Set(names)].map((name) => `export const ${name} = /* @__PURE__ */ (() => api.${name})();`);
    build.onResolve({ filter: /^vscode$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'vscode-api' } : { path, external: true },
    );
    build.onLoad({ filter: /./, namespace: 'vscode-api' }, () => ({
      contents: ['const api = require("vscode");', ...lines].join('\n'),
    }));
  },
};

/**
 * Keeps the number of chunks small, because every file that activation loads takes time. esbuild makes a chunk for each
 * set of parts that share modules. Here each part imports the part that always loads before it, so there are few sets.
 * @type {esbuild.Plugin}
 */
const fewChunks = {
  name: 'few-chunks',
  setup(build) {
    const afterFirstUse =
      /src\/ui\/(commands\/register|signIn\/vscodeAccounts|failures\/report|tree\/tooltip|waits|operations\/(journal|recorder|settle))\.ts$/;
    const afterAzure = /@azure\/identity\/dist\/esm\/index\.js$/;
    for (const [filter, before] of /** @type {const} */ ([
      [/src\/firstUse\.ts$/, 'src/extension.ts'],
      [afterFirstUse, 'src/firstUse.ts'],
      [
        /src\/ui\/commands\/(checkKeyNeed|createServerKey|deleteServerKey|diagnosticsCommands|explainError|find|planRotation|rowCommands|showOperations)\.ts$/,
        'src/ui/commands/register.ts',
      ],
      [afterAzure, 'src/azure/connect.ts'],
    ])) {
      const portable = new RegExp(filter.source.replaceAll('\\/', '[\\\\/]'));
      build.onLoad({ filter: portable }, ({ path }) => ({
        contents: `import ${JSON.stringify(resolve(before))};\n${readFileSync(path, 'utf8')}`,
        loader: 'ts',
      }));
    }
  },
};

/** The operation groups of @azure/arm-sql that src/azure uses. */
const sqlGroups = ['servers', 'serverKeys', 'managedInstanceKeys', 'failoverGroups', 'replicationLinks'];

/**
 * Keeps the groups above and the mappers that they use, about a tenth of @azure/arm-sql. Tree shaking can't do this,
 * because each of the 150 groups passes all 900 mappers to its serializer.
 * @type {esbuild.Plugin}
 */
const pruneArmSql = {
  name: 'prune-arm-sql',
  setup(build) {
    const root = 'node_modules/@azure/arm-sql/dist-esm/src';
    const read = (/** @type {string} */ file) => readFileSync(`${root}/${file}.js`, 'utf8');
    const mappers = new Map(
      [...read('models/mappers').matchAll(/^export const (\w+) = [\s\S]*?^\};/gm)].map(([text, name = '']) => [
        name,
        text,
      ]),
    );
    const bodies = new Map(
      [
        ...read('models/parameters').matchAll(
          /^export const (\w+) = \{\s+parameterPath: [^,]+,\s+mapper: (\w+)Mapper\b/gm,
        ),
      ].map(([, parameter, mapper]) => [parameter, mapper]),
    );
    /** @type {Set<string>} */
    const reached = new Set();
    const reach = (/** @type {string | undefined} */ name) => {
      const text = name && !reached.has(name) ? mappers.get(name) : undefined;
      if (name && text) {
        reached.add(name);
        for (const [, other] of text.matchAll(/(?:className: "|\b)([A-Z]\w+)(?:"|\.type\b)/g)) reach(other);
      }
    };
    for (const group of sqlGroups) {
      const text = read(`operations/${group}`);
      for (const [, name] of text.matchAll(/Mappers\.(\w+)/g)) reach(name);
      for (const [, name] of text.matchAll(/Parameters\.(\w+)/g)) reach(bodies.get(name));
    }
    const load = (/** @type {string} */ file, /** @type {(text: string) => string} */ change) => {
      const filter = new RegExp(`arm-sql[\\\\/]dist-esm[\\\\/]src[\\\\/]${file.replace('/', '[\\\\/]')}\\.js$`);
      const contents = change(read(file));
      if (contents === read(file)) throw new Error(`@azure/arm-sql has changed: ${file} cannot be pruned`);
      build.onLoad({ filter }, () => ({ contents, loader: 'js' }));
    };
    load('index', () => 'export { SqlManagementClient } from "./sqlManagementClient";');
    load('operations/index', () => sqlGroups.map((group) => `export * from "./${group}";`).join('\n'));
    load('models/mappers', () =>
      [...mappers].map(([name, text]) => (reached.has(name) ? text : `export const ${name} = void 0;`)).join('\n'),
    );
    load('sqlManagementClient', (text) => {
      const kept = text.replace(/^ +this\.(\w+) = new \w+Impl\(this\);\n/gm, (line, /** @type {string} */ group) =>
        sqlGroups.includes(group) ? line : '',
      );
      return kept.replace(/^import \{[^}]+\} from "\.\/operations";/m, () => {
        const classes = [...kept.matchAll(/new (\w+Impl)\(this\)/g)].map(([, name]) => name);
        return `import { ${classes.join(', ')} } from "./operations";`;
      });
    });
    for (const group of sqlGroups) {
      const all = [...reached].map((name) => `${name}: Mappers.${name}`).join(', ');
      load(`operations/${group}`, (text) => text.replace('createSerializer(Mappers,', `createSerializer({ ${all} },`));
    }
  },
};

/** @type {esbuild.BuildOptions} */
const options = {
  // VS Code activates `extension`, which imports the others on first use. Modules that several of them import are in
  // chunks, so each module exists once.
  entryPoints: {
    extension: 'src/extension.ts',
    firstUse: 'src/firstUse.ts',
    commands: 'src/ui/commands/register.ts',
    signIn: 'src/ui/signIn/vscodeAccounts.ts',
    azure: 'src/azure/connect.ts',
  },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  mainFields: ['module', 'main'],
  // Only credentials that open a browser import it, and this extension uses none of them.
  external: ['open'],
  // CommonJS packages call `require`, which an ES module must create.
  banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  // The wizards of azext-utils compare class names; without them the Back button fails.
  keepNames: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  plugins: [leaveOut, dropUnused, requireVscode, fewChunks, pruneArmSql],
  logLevel: 'warning',
};

/** @typedef {{ name: string, version: string, license: string, author?: string | { name: string } }} Package */

/**
 * The licenses of the bundled packages, each text once. A package without a license file has the text of its author's
 * other packages under the same license; the build fails if there is none.
 * @param {esbuild.Metafile} metafile
 */
function thirdPartyNotices({ outputs }) {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const packages = [...folders].sort().map((folder) => {
    /** @type {unknown} */
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const { name, version, license, author } = /** @type {Package} */ (manifest);
    const texts = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r\n', '\n').trim());
    const terms = `${license} ${typeof author === 'string' ? author : author?.name}`;
    return { title: `${name} ${version} (${license})`, terms, text: texts.join('\n\n') };
  });
  /** @type {Map<string, string[]>} */
  const titles = new Map();
  for (const { title, terms, text } of packages) {
    const found = text || packages.find((other) => other.terms === terms && other.text)?.text;
    if (!found) throw new Error(`${title} has no license text`);
    titles.set(found, [...(titles.get(found) ?? []), title]);
  }
  const sections = [...titles].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return ['This extension contains the following packages.\n', ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}

// Chunk names change with their content, so old chunks would remain.
await rm(outdir, { recursive: true, force: true });
if (watch) {
  const context = await esbuild.context({ ...options, logLevel: 'info' });
  await context.watch();
} else {
  const { metafile } = await esbuild.build({ ...options, metafile: true });
  await writeFile(`${outdir}/ThirdPartyNotices.txt`, thirdPartyNotices(metafile));
  await writeFile(`${outdir}/meta.json`, JSON.stringify({ ...metafile, production }));
}
