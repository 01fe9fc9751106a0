import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { azCommand, type CommandValues } from '../../src/core/cli/commands';
import { templates, type CommandName } from '../../src/core/cli/commandTemplates';
import { quoteForPowerShell, quoteForSh } from '../../src/core/cli/shellWord';
import type { PermissionModel } from '../../src/core/model';

const names = Object.keys(templates) as CommandName[];
const models: readonly PermissionModel[] = ['roles', 'accessPolicies', 'localRoles'];
/** Values by name, each recognizable in the arguments of az. */
const known = {
  resourceGroup: 'known-group',
  server: 'known-server',
  serverId: '/known/server',
  instance: 'known-instance',
  database: 'known-database',
  partnerResourceGroup: 'known-partner-group',
  partnerServer: 'known-partner',
  vault: 'known-vault',
  vaultId: '/known/vault',
  keyName: 'known-key',
  keyUri: 'https://known/key',
  principalId: 'known-principal',
  identityId: '/known/identity',
  appId: 'known-app',
  account: 'known@account',
  tenantId: 'known-tenant',
  resourceId: '/known/resource',
  lockId: '/known/lock',
  location: 'known-region',
  date: 'known-date',
} satisfies CommandValues;
const valueNames = Object.keys(known) as (keyof typeof known)[];

/** Runs commands in the real shell. The only program on its PATH is an az that prints its arguments. */
function argumentsOf(commands: readonly string[]): readonly (readonly string[])[] {
  const dir = mkdtempSync(join(tmpdir(), 'az-'));
  const [bin, cwd] = [join(dir, 'bin'), join(dir, 'cwd')];
  try {
    mkdirSync(bin);
    mkdirSync(cwd);
    writeFileSync(join(bin, 'az'), `#!/bin/sh\nprintf '%s\\0' "$@"\nprintf '\\0\\0'\n`);
    chmodSync(join(bin, 'az'), 0o755);
    writeFileSync(join(dir, 'script'), commands.join('\n'));
    const options = { cwd, env: { PATH: bin, HOME: cwd }, encoding: 'utf8', maxBuffer: 1e9 } as const;
    const { status, stdout, stderr } = spawnSync('/bin/sh', [join(dir, 'script')], options);
    assert.deepEqual([status, stderr, readdirSync(cwd)], [0, '', []]);
    return stdout
      .split('\0\0\0')
      .slice(0, -1)
      .map((call) => call.split('\0'));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const long: Readonly<Record<string, string>> = {
  '-g': '--resource-group',
  '-s': '--server',
  '-n': '--name',
  '-d': '--database',
  '-l': '--location',
};

/** The arguments that az must receive for hostile values, derived from those for known values. */
function expected(args: readonly string[], values: Readonly<Record<keyof typeof known, string>>): string[] {
  return args.reduce<string[]>((done, arg) => {
    const name = valueNames.find((candidate) => arg === known[candidate]);
    const value = name ? values[name] : arg.replace(`/keys/${known.keyName}`, `/keys/${values.keyName}`);
    const option = done.at(-1) ?? '';
    return name && value.startsWith('-')
      ? [...done.slice(0, -1), `${long[option] ?? option}=${value}`]
      : [...done, value];
  }, []);
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...Array.from('ab -_.$`\\;()[]{}*?~#!=,@+/\u00e4')), minLength: 1 }),
  fc.constantFrom(
    '--debug',
    '-o',
    '$(touch x)',
    '`touch x`',
    '; touch x',
    'a b',
    '~',
    '*',
    '#',
    '\\',
    '{a,b}',
    '$HOME',
    '()',
    '@a',
  ),
);
/** Whether the value can be passed to both shells and, on Windows, to the az batch file. */
const canBePassed = (value: string) => !/['\u2018-\u201b"&|<>%]|\p{Cc}|\p{Bidi_Control}/u.test(value);

describe('an exported command', () => {
  it('calls az once, with placeholders for unknown values', () => {
    const commands = names.flatMap((name) => models.map((permissionModel) => azCommand(name, { permissionModel })));
    const calls = argumentsOf(commands);
    assert.equal(calls.length, commands.length);
    const blanks = calls.flat().filter((arg) => arg.includes('<'));
    assert.ok(blanks.length > 100);
    for (const blank of blanks) assert.match(blank, /^(\/keys\/)?<[\w -]+(:[\w:-]+)?>$/);
  });

  it('passes hostile names to az unchanged', () => {
    const cases = fc.sample(
      fc.record({
        name: fc.constantFrom(...names),
        permissionModel: fc.constantFrom(...models),
        values: fc.record(
          Object.fromEntries(valueNames.map((name) => [name, hostile.filter(canBePassed)])) as Record<
            keyof typeof known,
            typeof hostile
          >,
        ),
      }),
      1000,
    );
    const variants = names.flatMap((name) => models.map((permissionModel) => ({ name, permissionModel })));
    const plain = argumentsOf(
      variants.map(({ name, permissionModel }) => azCommand(name, { ...known, permissionModel })),
    );
    const calls = argumentsOf(
      cases.map(({ name, permissionModel, values }) => azCommand(name, { ...values, permissionModel })),
    );
    assert.equal(calls.length, cases.length);
    calls.forEach((args, i) => {
      const { name, permissionModel, values } = cases[i] ?? assert.fail();
      const variant = variants.findIndex((each) => each.name === name && each.permissionModel === permissionModel);
      assert.deepEqual(args, expected(plain[variant] ?? [], values));
    });
  });

  it('has a placeholder instead of a name that a shell or the az batch file would interpret', () => {
    for (const value of ["it's", 'it\u2019s', 'a"b', 'a&b', 'a|b', 'a<b', '%PATH%', 'a\nb', 'a\u202eb', '\0']) {
      assert.equal(azCommand('listLocks', { resourceGroup: value }), "az lock list -g '<resource group>' -o table");
    }
    const any = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(any, (value) => {
        const command = azCommand('listLocks', { resourceGroup: value });
        assert.equal(command.includes('<resource group>'), value === '' || !canBePassed(value), command);
      }),
      { numRuns: 2000 },
    );
  });

  it('passes a name that looks like an option with its option', () => {
    assert.equal(
      azCommand('showVaultKeyByName', { vault: '-x', keyName: '--debug' }),
      "az keyvault key show '--vault-name=-x' '--name=--debug'",
    );
  });
});

describe('a word for sh', () => {
  it('reaches the program unchanged, regardless of its characters', () => {
    const values = fc
      .sample(fc.string({ unit: 'binary', minLength: 1 }), 1000)
      .map((value) => value.replaceAll('\0', ''));
    const script = values.map((value) => `printf '%s\\0' ${quoteForSh(value)}`).join('\n');
    const output = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    assert.deepEqual(
      output,
      values.map((value) => Buffer.from(value).toString()),
    );
  });
});

describe('a word for PowerShell', () => {
  /**
   * Reads a verbatim string: text between single quotes, in which two quotes in a row mean one. The four typographic forms
   * are single quotes, too. Source: PowerShell language specification, 2.3.5.2.
   */
  const read = (word: string): string | undefined => {
    const body = /^'((?:[^'\u2018-\u201b]|(['\u2018-\u201b])\2)*)'$/u.exec(word)?.[1];
    return body?.replace(/(['\u2018-\u201b])\1/gu, '$1');
  };
  /** Whether a word is a generic token: no character ends it or starts a variable, a string, an array, or a script block. */
  const isPlain = (word: string) => /^[A-Za-z\d_/][A-Za-z\d_/@+:.-]*$/.test(word);

  it('is a plain token or a verbatim string with the same text', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...Array.from(`'\u2018\u2019\u201a\u201b"\`$ a;|&(){}@,#-`)) }),
    );
    fc.assert(
      fc.property(any, (value) => {
        const word = quoteForPowerShell(value);
        assert.equal(isPlain(word) ? word : read(word), value);
      }),
      { numRuns: 2000 },
    );
  });

  it('doubles every kind of single quote', () => {
    assert.equal(quoteForPowerShell("it's"), "'it''s'");
    assert.equal(quoteForPowerShell('it\u2019s'), "'it\u2019\u2019s'");
    assert.equal(quoteForPowerShell('a'), 'a');
    assert.equal(quoteForPowerShell('@a'), "'@a'");
    assert.equal(quoteForPowerShell(''), "''");
  });
});
