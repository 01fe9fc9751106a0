import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { azCommand, type CommandValues } from '../../src/core/cli/commands';
import { templates, type CommandName } from '../../src/core/cli/commandTemplates';
import { quoteForPowerShell, quoteForSh } from '../../src/core/cli/shellWord';
import type { PermissionModel } from '../../src/core/vaultModel';
import { azArguments } from './azArguments';
import { batchProperty, property } from './property';
import { hostileText } from './texts';

/** Those of Azure CLI. */
const names = (Object.keys(templates) as CommandName[]).filter((name) => azCommand(name).startsWith('az '));
const models: readonly PermissionModel[] = ['roles', 'accessPolicies', 'localRoles'];
/** Values by name, each recognizable in the arguments of az. */
const known = {
  resourceGroup: 'known-group',
  server: 'known-server',
  serverId: '/known/server',
  resourceGroupId: '/known/group',
  instance: 'known-instance',
  database: 'known-database',
  partnerResourceGroup: 'known-partner-group',
  partnerServer: 'known-partner',
  vault: 'known-vault',
  vaultId: '/known/vault',
  keyId: '/known/vault/keys/id',
  keyName: 'known-key',
  newKeyName: 'new-known-key',
  keyUri: 'https://known/key',
  principalId: 'known-principal',
  identityId: '/known/identity',
  account: 'known@account',
  role: 'known-role',
  scope: '/known/scope',
  provider: 'Known.Provider',
  tenantId: 'known-tenant',
  resourceId: '/known/resource',
  lockId: '/known/lock',
  location: 'known-region',
  actionGroupId: '/known/action-group',
  date: 'known-date',
} satisfies CommandValues;
type Values = Readonly<Record<keyof typeof known, string>>;
const valueNames = Object.keys(known) as (keyof typeof known)[];

const long: Readonly<Record<string, string>> = {
  '-g': '--resource-group',
  '-s': '--server',
  '-n': '--name',
  '-d': '--database',
  '-l': '--location',
};

/** A request body is between double quotes, where a shell changes more signs. */
const isChanged = (value: string): boolean => /[$`\\!\u201c-\u201e]/.test(value);
const bodyValue = (value: string, blank: string): string => (isChanged(value) ? `<${blank}>` : value);

/** An argument that contains values besides other text. */
function inPlace(arg: string, values: Values): string {
  return arg.startsWith("{'")
    ? arg
        .replace(known.tenantId, () => bodyValue(values.tenantId, 'tenant'))
        .replace(known.principalId, () => bodyValue(values.principalId, 'object ID of the identity'))
    : arg
        .replace(/^\/known\/vault(?=\/accessPolicies)/, () => values.vaultId)
        .replace(/^\/known\/resource(?=\/providers)/, () => values.resourceId)
        .replace(`/keys/${known.keyName}`, () => `/keys/${values.keyName}`);
}

/** The arguments that az must receive for hostile values, derived from those for known values. */
function expected(args: readonly string[], values: Values): string[] {
  return args.reduce<string[]>((done, arg) => {
    const name = valueNames.find((candidate) => arg === known[candidate]);
    const value = name ? values[name] : inPlace(arg, values);
    const option = done.at(-1) ?? '';
    return value !== arg && value.startsWith('-')
      ? [...done.slice(0, -1), `${long[option] ?? option}=${value}`]
      : [...done, value];
  }, []);
}

/** Whether the value can be passed to both shells and, on Windows, to the az batch file. */
const canBePassed = (value: string): boolean => !/['\u2018-\u201b"&|<>%]|\p{Cc}|\p{Bidi_Control}|^$/u.test(value);

const shellSigns = Array.from('ab -_.$`\\;()[]{}*?~#!=,@+/\u00e4');
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...shellSigns), minLength: 1 }),
  fc.constantFrom('--debug', '-o', '$(touch x)', '`touch x`', '; touch x', '~', '*', '#', '\\', '{a,b}', '$HOME', '@a'),
);
const command = fc.record({
  name: fc.constantFrom(...names),
  permissionModel: fc.constantFrom(...models),
  values: fc.record(
    Object.fromEntries(valueNames.map((name) => [name, hostile.filter(canBePassed)])) as Record<
      keyof typeof known,
      typeof hostile
    >,
  ),
});

function verifyCommands(cases: readonly { name: CommandName; permissionModel: PermissionModel; values: Values }[]) {
  const plain = new Map(
    cases.map(({ name, permissionModel }) => [name + permissionModel, azCommand(name, { ...known, permissionModel })]),
  );
  const hostileCommands = cases.map(({ name, permissionModel, values }) =>
    azCommand(name, { ...values, permissionModel }),
  );
  const calls = azArguments([...plain.values(), ...hostileCommands]);
  assert.equal(calls.length, plain.size + cases.length);
  const variants = [...plain.keys()];
  cases.forEach(({ name, permissionModel, values }, i) => {
    const variant = calls[variants.indexOf(name + permissionModel)] ?? [];
    assert.deepEqual(calls[plain.size + i], expected(variant, values));
  });
}

/** sh passes on what the encoding of a program's arguments can hold. */
const forArguments = (text: string): string => Buffer.from(text.replaceAll('\0', '')).toString();

/**
 * Reads a verbatim string of PowerShell: text between single quotes, in which two quotes in a row mean one. The four
 * typographic forms are single quotes, too. Source: PowerShell language specification, 2.3.5.2.
 */
function readVerbatim(text: string): string | undefined {
  const body = /^'((?:[^'\u2018-\u201b]|(['\u2018-\u201b])\2)*)'$/u.exec(text)?.[1];
  return body?.replace(/(['\u2018-\u201b])\1/gu, '$1');
}
/** Whether a word is a generic token: no character ends it or starts a variable, a string, an array, or a script block. */
const isGeneric = (text: string): boolean => /^[A-Za-z\d_/][A-Za-z\d_/@+:.-]*$/.test(text);
const quotes = Array.from(`'\u2018\u2019\u201a\u201b"\`$ a;|&(){}@,#-`);

export const commands = [
  batchProperty('passes names unchanged to the az that a real sh calls', 2000, command, verifyCommands),
  batchProperty('quotes any text as one word of a real sh', 6000, hostileText.map(forArguments), (texts) => {
    const script = texts.map((text) => `printf '%s\\0' ${quoteForSh(text)}`).join('\n');
    const output = execFileSync('/bin/sh', { input: script, encoding: 'utf8', maxBuffer: 1e9 }).split('\0');
    assert.deepEqual(output.slice(0, -1), texts);
  }),
  property(
    'has a placeholder instead of a name that a shell or the az batch file would interpret',
    5000,
    fc.oneof(hostileText, fc.string({ unit: 'binary' })),
    (text) => {
      const shown = azCommand('listLocks', { resourceGroup: text });
      assert.equal(shown.includes('<resource group>'), !canBePassed(text), shown);
      assert.doesNotMatch(shown, /\p{Cc}|\p{Bidi_Control}/u);
    },
  ),
  property(
    'quotes any text as one word of PowerShell, according to its rule for verbatim strings',
    6000,
    fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(...quotes) })),
    (text) => {
      const quoted = quoteForPowerShell(text);
      assert.equal(isGeneric(quoted) ? quoted : readVerbatim(quoted), text);
    },
  ),
];
