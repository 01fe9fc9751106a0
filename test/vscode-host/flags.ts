import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** The flags of the desktop `code` that the launcher supports. It ignores all others. */
export interface Flags {
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  readonly userDataDir?: string;
  readonly extensionsDir?: string;
  readonly inspectExtensions?: string;
  /** Arguments that manage extensions instead of opening a window, for the server's command line. */
  readonly manage: readonly string[];
  readonly folder?: string;
}

const valued = [
  'extensionDevelopmentPath',
  'extensionTestsPath',
  'user-data-dir',
  'extensions-dir',
  'inspect-extensions',
] as const;
const managing = new Set(['install-extension', 'uninstall-extension', 'list-extensions', 'version', 'help']);
const managingDetails = new Set(['force', 'show-versions']);

const options = {
  ...Object.fromEntries(valued.map((name) => [name, { type: 'string' as const }])),
  'install-extension': { type: 'string' as const },
  'uninstall-extension': { type: 'string' as const },
};

export function parseFlags(argv: readonly string[]): Flags {
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = tokens.filter((token) => token.kind === 'option');
  // VS Code's page keeps the last value of each flag.
  const last = (name: (typeof valued)[number]): string | undefined =>
    given.findLast((token) => token.name === name)?.value;
  const manages = given.some((token) => managing.has(token.name));
  const manage = given
    .filter((token) => managing.has(token.name) || managingDetails.has(token.name))
    .map((token) => (token.value === undefined ? `--${token.name}` : `--${token.name}=${token.value}`));
  return {
    ...named('extensionDevelopmentPath', last('extensionDevelopmentPath')),
    ...named('extensionTestsPath', last('extensionTestsPath')),
    ...named('userDataDir', last('user-data-dir')),
    ...named('extensionsDir', last('extensions-dir')),
    ...named('inspectExtensions', last('inspect-extensions')),
    ...named('folder', positionals.find(isFolder)),
    manage: manages ? manage : [],
  };
}

function named<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
