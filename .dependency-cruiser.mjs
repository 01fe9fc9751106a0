/**
 * The folders of each layer, top to bottom. A folder imports only the folders below it in the list. The dot means the files
 * directly in the layer's folder.
 */
export const layers = {
  'src/core': [
    'pastedErrors',
    'serverState',
    'export',
    'plan',
    'retirement',
    'checks',
    'operations',
    'creation',
    'errors',
    'cli',
    'keys',
    '.',
  ],
  'src/azure': ['.', 'gateway'],
  'src/ui': [
    'commands',
    'wizard',
    'creation',
    'plans',
    'fixes',
    'operations',
    'tree',
    'handOver',
    'failures',
    'signIn',
    '.',
  ],
  'test/emulator': ['.', 'graph', 'vaultPlane', 'routes', 'rules', 'arm', 'directory', 'seeds', 'base'],
};

/**
 * @param {string} layer
 * @param {string} name
 */
const pathOf = (layer, name) => (name === '.' ? `^${layer}/[^/]+$` : `^${layer}/${name}/`);

const directions = Object.entries(layers).flatMap(([layer, names]) =>
  names.slice(1).map((name, i) => ({
    name: `${layer}/${name} imports nothing above it`,
    from: { path: pathOf(layer, name) },
    to: { path: names.slice(0, i + 1).map((above) => pathOf(layer, above)) },
  })),
);

const listed = Object.entries(layers).map(([layer, names]) => ({
  name: `the order lists every folder of ${layer}`,
  from: { path: `^${layer}/[^/]+/`, pathNot: names.map((name) => pathOf(layer, name)) },
  to: {},
}));

/** The files that may call `import()`, which loads another part of the bundle. */
const lazyLoaders = '^src/(extension|firstUse|ui/(commands/register|creation/createOne)|azure/clients)\\.ts$';

const vscodeFree = '^src/ui/(ids|tree/(nodes|describe\\w*|description))\\.ts$';

/** @type {import('dependency-cruiser').IRegularForbiddenRuleType[]} */
const rules = [
  { name: 'no import circle, types included', from: {}, to: { circular: true } },
  {
    name: 'core imports core and @vscode/l10n only',
    from: { path: '^src/core/' },
    to: { pathNot: ['^src/core/', 'node_modules/@vscode/l10n/'] },
  },
  {
    name: 'azure does not import ui, VS Code, extension.ts, or firstUse.ts',
    from: { path: '^src/azure/' },
    to: { path: ['^src/(ui/|extension|firstUse)', '^vscode$', '@types/vscode', '@microsoft/'] },
  },
  {
    name: 'ui does not import azure, the Azure SDKs, extension.ts, or firstUse.ts',
    from: { path: '^src/ui/' },
    to: { path: ['^src/(azure/|extension|firstUse)', '@azure/'] },
  },
  {
    name: 'extension.ts and firstUse.ts do not import the Azure SDKs',
    from: { path: '^src/[^/]+$' },
    to: { path: '@azure/' },
  },
  {
    name: 'activation loads ids and VS Code only',
    from: { path: '^src/extension' },
    to: { pathNot: ['^src/ui/ids', '@types/vscode'], dependencyTypesNot: ['type-only', 'dynamic-import'] },
  },
  {
    name: 'plain Node can load ids, nodes, and describe',
    from: { path: vscodeFree },
    to: { pathNot: ['^src/core/', 'node_modules/@vscode/l10n/', vscodeFree], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only the lazy loaders call import()',
    from: { path: '^src/', pathNot: lazyLoaders },
    to: { dependencyTypes: ['dynamic-import'] },
  },
  ...directions,
  ...listed,
  { name: 'the product does not import its tests', from: { path: '^src/' }, to: { path: '^test/' } },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: rules.map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
