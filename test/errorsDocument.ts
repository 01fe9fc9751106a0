import { writeFileSync } from 'node:fs';
import type { CatalogueRow, Names, RetryMode } from '../src/core/errors/catalogueRow';
import { catalogueCodes, catalogueRow, commandForCode, type ErrorCode } from '../src/core/errors/errorCatalogue';
import { documentedCodes, otherServiceCodes } from './errorCodes';

export const file = 'docs/errors.md';

/** For sentences that name nothing. */
export const noNames: Names = {
  server: '',
  key: '',
  resource: '',
  resourceGroup: '',
  subscription: '',
  about: '',
  action: '',
  remote: '',
  says: '',
};

const retries: Readonly<Record<RetryMode, string>> = {
  auto: 'The same request may succeed later.',
  afterFix: 'The same request succeeds only after something has changed.',
  never: 'The same request never succeeds.',
};

interface Entry {
  readonly code: ErrorCode;
  readonly row: CatalogueRow;
}

/** A group of codes, in the order of the document. */
interface Group {
  readonly title: string;
  readonly about: string;
  readonly isIn: (code: ErrorCode) => boolean;
}

const groups: readonly Group[] = [
  {
    title: 'Server keys',
    about: 'The codes of the REST reference *Server Keys – Create Or Update*.',
    isIn: (code) => code in documentedCodes,
  },
  {
    title: 'Azure Resource Manager, Azure SQL and Key Vault',
    about: 'What they answer to other requests, or to any.',
    isIn: (code) => code in otherServiceCodes,
  },
  {
    title: 'The database engine',
    about: 'Numbers that a client of a database sees when its server has lost the key.',
    isIn: (code) => /^\d+$/.test(code),
  },
  {
    title: 'This extension',
    about: 'Its own codes, for what never got an answer of Azure or is not understood.',
    isIn: () => true,
  },
];

/** The catalogue of errors as a document: each code with an anchor of its own. */
export function errorsDocument(): string {
  const entries = catalogueCodes().flatMap((code) => {
    const row = catalogueRow(code);
    return row ? [{ code, row }] : [];
  });
  const sections = groups.map((group, i) => ({
    ...group,
    members: entries.filter(({ code }) => groups.findIndex(({ isIn }) => isIn(code)) === i),
  }));
  return [
    '# Errors',
    `What the ${entries.length} errors mean that this extension explains, and what to do about them. Each code is a link target: \`errors.md#azurekeyvaultkeydisabled\`. This page is made from the catalogue of the extension; \`npm run docs\` makes it anew.`,
    ...sections.flatMap(({ title, about, members }) => [
      `**${title}.** ${about}`,
      members.map(({ code, row }) => `- [${code}](#${code.toLowerCase()}): ${row.texts(noNames).title}`).join('\n'),
    ]),
    ...sections.flatMap(({ title, members }) => [`## ${title}`, ...members.flatMap(chapter)]),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function chapter({ code, row }: Entry): string[] {
  const { title, what, cause, remedies } = row.texts(noNames);
  const commands = commandsOf(code);
  return [
    `### <a id="${code.toLowerCase()}"></a>${code}`,
    `**${title}.** ${what} ${cause}`,
    remedies.map((remedy) => `- ${escaped(remedy)}`).join('\n'),
    ...(commands.length > 0 ? [['```sh', ...commands, '```'].join('\n')] : []),
    [
      retries[row.retryMode],
      ...(row.page === undefined ? [] : [`[Documentation](https://learn.microsoft.com/${row.page})`]),
    ].join(' '),
  ];
}

/** The command, or one for each kind of vault. */
function commandsOf(code: string): string[] {
  const vaults = {
    roles: 'a key vault',
    accessPolicies: 'a key vault with access policies',
    localRoles: 'a managed HSM',
  };
  const models = Object.keys(vaults) as (keyof typeof vaults)[];
  const all = models.map((permissionModel) => ({
    permissionModel,
    command: commandForCode(code, { permissionModel }),
  }));
  const different = all.filter(({ command }, i) => all.findIndex((other) => other.command === command) === i);
  return different.flatMap(({ permissionModel, command }) =>
    command === undefined ? [] : [...(different.length > 1 ? [`# ${vaults[permissionModel]}`] : []), command],
  );
}

/** `<key>` would be an element of HTML. */
function escaped(text: string): string {
  return text.replaceAll('<', '\\<');
}

if (require.main === module) writeFileSync(file, errorsDocument());
