import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { azCommand } from '../../src/core/cli/commands';
import { newerCommands, templates, type CommandName } from '../../src/core/cli/commandTemplates';
import { addKeyPermissions, assignBesides } from '../../src/core/cli/restCommand';
import type { PermissionModel } from '../../src/core/vaultModel';
import { azArguments } from '../generated/azArguments';

const names = (Object.keys(templates) as CommandName[]).filter((name) => azCommand(name).startsWith('az '));
const models: readonly PermissionModel[] = ['roles', 'accessPolicies', 'localRoles'];
/** az accepts only a few words as the value of these. */
const values = { keyUri: 'https://kv-a.vault.azure.net/keys/tde', date: '2027-01-01T00:00:00Z', autoRotation: 'true' };

/** The Python that az runs in: the one in its first line, or the one beside it in its own packages. */
function pythonOfAz(): string {
  const az = realpathSync(execFileSync('sh', ['-c', 'command -v az'], { encoding: 'utf8' }).trim());
  const [, python = 'python3'] = /^#!(\S*python\S*)/.exec(readFileSync(az, 'utf8')) ?? [];
  return python;
}

/** What az's own parser says against each command; null for one that it accepts. */
function complaints(commands: readonly string[]): readonly (string | null)[] {
  const home = mkdtempSync(join(tmpdir(), 'azure-cli-test-'));
  try {
    const output = execFileSync(pythonOfAz(), [join(__dirname, 'parseCommands.py')], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: home, AZURE_CONFIG_DIR: home, AZURE_CORE_COLLECT_TELEMETRY: 'no' },
      input: JSON.stringify(azArguments(commands)),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return JSON.parse(output) as (string | null)[];
  } finally {
    rmSync(home, { recursive: true });
  }
}

describe("Azure CLI's parser", () => {
  it('accepts every printed command, except those that say that they need a later Azure CLI', () => {
    const all = names.flatMap((name) =>
      models.map((permissionModel) => ({ name, command: azCommand(name, { ...values, permissionModel }) })),
    );
    const printed = all.filter(({ command }, i) => all.findIndex((other) => other.command === command) === i);
    const said = complaints(printed.map(({ command }) => command));
    assert.equal(said.length, printed.length);
    const refused = printed.flatMap(({ name, command }, i) =>
      said[i] === null ? [] : [{ name, command, said: said[i] }],
    );
    // Debian's package lacks a module that the commands for keys of vaults need.
    const isMissing = ({ command, said = '' }: { command: string; said?: string | null | undefined }) =>
      command.startsWith('az keyvault key ') &&
      said?.startsWith("not installed: No module named 'azure.keyvault") === true;
    assert.deepEqual(
      refused.filter((one) => !newerCommands.includes(one.name) && !isMissing(one)),
      [],
    );
  });

  it('accepts the requests that fixes print', () => {
    const id = '/subscriptions/s/resourceGroups/rg (old)/providers/Microsoft.Sql/servers/sql-a';
    const said = complaints([
      assignBesides(id, { userAssigned: [{ id: '/subscriptions/s/id-a' }] }),
      addKeyPermissions(id, { tenantId: 't', objectId: 'o', keyPermissions: ['get'] }),
    ]);
    assert.deepEqual(said, [null, null]);
  });
});
