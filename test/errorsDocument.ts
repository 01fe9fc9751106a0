import { writeFileSync } from 'node:fs';
import type { CatalogueRow, Names, RetryMode } from '../src/core/errors/catalogueRow';
import { catalogueCodes, catalogueRow, commandsForCode, type ErrorCode } from '../src/core/errors/errorCatalogue';
import { documentedCodes, loggedCodes, otherServiceCodes } from './errorCodes';
import { pageTitle } from './pageTitles';

export const file = 'docs/errors.md';

/** Leaves all names out of the sentences. */
export const noNames: Names = {
  server: '',
  key: '',
  resource: '',
  resourceGroup: '',
  subscription: '',
  about: '',
  action: '',
  role: '',
  remote: '',
  policy: '',
  definition: '',
  says: '',
};

const retries: Readonly<Record<RetryMode, string>> = {
  auto: 'The same request may succeed later.',
  afterFix: 'The same request succeeds only after something changes.',
  never: "Repeating the same request doesn't help.",
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
    about: 'Codes in the REST reference *Server Keys – Create Or Update*.',
    isIn: (code) => code in documentedCodes,
  },
  {
    title: 'Azure Resource Manager, Azure SQL, and Key Vault',
    about: 'Codes that these services return for other requests, or for any request.',
    isIn: (code) => code in otherServiceCodes,
  },
  {
    title: 'Logs',
    about: 'Names in the activity log and in sign-in logs.',
    isIn: (code) => loggedCodes.includes(code),
  },
  {
    title: 'SQL clients',
    about: 'Error numbers that clients see instead of a code. Other numbers are listed with their codes.',
    isIn: (code) => /^\d+$/.test(code),
  },
  {
    title: 'This extension',
    about: 'Codes of the extension itself, for missing or unexpected responses from Azure.',
    isIn: () => true,
  },
];

/** The error catalogue as a Markdown document; each code has an anchor. */
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
    `The ${entries.length} errors that this extension explains: what they mean and what to do about them. Each code is a link target, for example \`errors.md#azurekeyvaultkeydisabled\`. \`npm run docs\` generates this page from the extension's error catalogue. Where several causes are possible, **Check Key for Server…** and **Explain Error…** find out which of them apply to your server.`,
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
  const { title, what, cause, steps } = row.texts(noNames);
  const commands = commandsOf(code);
  return [
    `### <a id="${code.toLowerCase()}"></a>${code}`,
    `**${title}.** ${what} ${cause}`,
    ...(row.numbers ? [`In SQL clients: error ${row.numbers.join(', ')}.`] : []),
    steps.map((step) => `- ${escaped(step)}`).join('\n'),
    ...(commands.length > 0 ? [['```sh', ...commands, '```'].join('\n')] : []),
    [
      retries[row.retryMode],
      ...(row.page === undefined
        ? []
        : [`Documentation: [${pageTitle(row.page)}](https://learn.microsoft.com/${row.page}).`]),
    ].join(' '),
  ];
}

/** The commands, each below its note. */
function commandsOf(code: string): string[] {
  const forAll = [commandsForCode(code), commandsForCode(code, { permissionModel: 'localRoles' })];
  const [vault = [], hsm = []] = forAll;
  const isSame = hsm.every(({ text }) => vault.some((other) => other.text === text));
  const ofVault = vault.map(({ text, note = 'For a key vault:' }) => ({ text, note }));
  const both = isSame ? vault : [...ofVault, ...hsm.map(({ text }) => ({ text, note: 'For a managed HSM:' }))];
  const instance = commandsForCode(code, { instance: '' }).filter(({ text }) =>
    both.every((other) => other.text !== text),
  );
  return [
    ...both,
    ...instance.map(({ text, note }) => ({ text, note: `For a managed instance. ${note ?? 'In Azure CLI:'}` })),
  ].flatMap(({ text, note }) => [...(note === undefined ? [] : [`# ${note}`]), text]);
}

/** Keeps `<key>` from becoming an HTML element. */
function escaped(text: string): string {
  return text.replaceAll('<', '\\<');
}

if (require.main === module) writeFileSync(file, errorsDocument());
