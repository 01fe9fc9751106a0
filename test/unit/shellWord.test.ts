import assert from 'node:assert/strict';
import { azCommand } from '../../src/core/cli/commands';
import { templates, type CommandName } from '../../src/core/cli/commandTemplates';
import { quoteForPowerShell } from '../../src/core/cli/shellWord';
import type { PermissionModel } from '../../src/core/vaultModel';
import { azArguments } from '../generated/azArguments';

const names = (Object.keys(templates) as CommandName[]).filter((name) => azCommand(name).startsWith('az '));
const models: readonly PermissionModel[] = ['roles', 'accessPolicies', 'localRoles'];

describe('an exported command', () => {
  it('calls az once, with placeholders for unknown values', () => {
    const commands = names.flatMap((name) => models.map((permissionModel) => azCommand(name, { permissionModel })));
    const calls = azArguments(commands);
    assert.equal(calls.length, commands.length);
    const blanks = calls.flat().filter((arg) => arg.includes('<'));
    assert.ok(blanks.length > 100);
    for (const blank of blanks) assert.match(blank, /^(\/keys\/)?<[\w -]+(:[\w:-]+)?>(\/[\w.?=/-]+)?$|^\{'.*\}$/);
  });

  it('has a placeholder instead of a name that a shell or the az batch file would interpret', () => {
    for (const value of ["it's", 'it\u2019s', 'a"b', 'a&b', 'a|b', 'a<b', '%PATH%', 'a\nb', 'a\u202eb', '\0']) {
      assert.equal(azCommand('listLocks', { resourceGroup: value }), "az lock list -g '<resource group>' -o table");
    }
  });

  it('passes a name that looks like an option with its option', () => {
    assert.equal(
      azCommand('showVaultKeyByName', { vault: '-x', keyName: '--debug' }),
      "az keyvault key show '--vault-name=-x' '--name=--debug'",
    );
  });
});

describe('a word for PowerShell', () => {
  it('doubles every kind of single quote', () => {
    assert.equal(quoteForPowerShell("it's"), "'it''s'");
    assert.equal(quoteForPowerShell('it\u2019s'), "'it\u2019\u2019s'");
    assert.equal(quoteForPowerShell('a'), 'a');
    assert.equal(quoteForPowerShell('@a'), "'@a'");
    assert.equal(quoteForPowerShell(''), "''");
  });
});
