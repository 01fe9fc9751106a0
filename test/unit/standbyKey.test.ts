import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArmError } from '../../src/core/armError';
import { copyKeyCommand } from '../../src/core/cli/restCommand';
import type { ServerKey } from '../../src/core/model';
import {
  haveSameThumbprint,
  standbyDocument,
  standbyKeyOf,
  standbyVaults,
} from '../../src/core/serverState/standbyKey';
import type { KeyVault } from '../../src/core/vaultModel';
import { key, place, vault } from './goodFacts';

const other = (name: string, changes: Partial<KeyVault> = {}): KeyVault => ({
  ...vault,
  id: vault.id.replace('kv-a', name),
  name,
  uri: `https://${name}.vault.azure.net`,
  ...changes,
});
const geographies = {
  value: new Map([
    ['westeurope', 'Europe'],
    ['northeurope', 'Europe'],
    ['swedencentral', 'Sweden'],
  ]),
};
const error = new ArmError({ code: 'AuthorizationFailed', message: 'no' });
const standby = {
  server: place,
  key,
  target: other('kv-b', { location: 'northeurope' }),
  protector: { autoRotation: true },
};

describe('the vaults for a standby key', () => {
  const described = (reading: Parameters<typeof standbyVaults>[2], ...vaults: readonly KeyVault[]) =>
    standbyVaults(vault, vaults, reading).map(({ vault: { name }, problem, note }) => [name, problem ?? note]);

  it('are in the same subscription and geography, and not the vault itself', () => {
    assert.deepEqual(
      described(
        geographies,
        other('kv-elsewhere', { subscriptionId: 'other' }),
        other('kv-sweden', { location: 'swedencentral' }),
        other('hsm', { kind: 'managedHsm' }),
        vault,
        other('kv-north', { location: 'North Europe' }),
        other('kv-here'),
      ),
      [
        ['kv-north', undefined],
        ['kv-here', "same region: doesn't help if the region fails"],
        ['kv-elsewhere', 'in another subscription'],
        ['kv-sweden', 'in the geography Sweden, but the key is in Europe'],
        ['hsm', "a managed HSM doesn't restore keys of a key vault"],
      ],
    );
  });

  it('include those whose geography could not be checked, with a note', () => {
    assert.deepEqual(described({ error }, other('kv-north', { location: 'northeurope' })), [
      ['kv-north', "the geography couldn't be checked"],
    ]);
  });
});

describe('a standby key', () => {
  it('has the name and the version of the key, in the other vault', () => {
    assert.deepEqual(standbyKeyOf(standby), { ...key, host: 'kv-b.vault.azure.net', vault: 'kv-b' });
  });

  it('is the same key if the thumbprints are the same', () => {
    const uris = ['kv-a', 'kv-b'].map((name) => `https://${name}.vault.azure.net/keys/tde/${key.version ?? ''}`);
    const rows = (...thumbprints: readonly string[]): ServerKey[] =>
      uris.map((uri, i) => ({
        id: uri,
        name: `k${i}`,
        type: 'customerManaged',
        uri,
        ...(thumbprints[i] && { thumbprint: thumbprints[i] }),
      }));
    const [one = '', two = ''] = uris;
    assert.equal(haveSameThumbprint(rows('AB', 'ab'), one, two), true);
    assert.equal(haveSameThumbprint(rows('AB', 'CD'), one, two), false);
    assert.equal(haveSameThumbprint(rows('AB'), one, two), undefined);
    assert.equal(haveSameThumbprint(rows('AB', 'AB').slice(0, 1), one, two), undefined);
  });

  it('comes with what Azure uses it for, and how the server rotates from then on', () => {
    const text = standbyDocument(standby);
    assert.match(text, /# Standby key for "sql-a" in "kv-b"/);
    assert.match(
      text,
      /can't be reached[^]*doesn't use it if you revoke the permissions[^]*To rotate, use a new key name/,
    );
    assert.match(text, /with purge protection, a deleted key keeps its name/);
    assert.match(text, /Automatic rotation is on/);
    assert.doesNotMatch(
      standbyDocument({ ...standby, protector: { autoRotation: false } }),
      /Automatic rotation is on/,
    );
  });

  it('is copied by a command that hands the backup from one vault to the other and leaves no file', () => {
    const dir = mkdtempSync(join(tmpdir(), 'standby-'));
    try {
      const cwd = join(dir, 'cwd');
      execFileSync('mkdir', [cwd]);
      // Prints a backup, and keeps what the second call gets.
      const az = `#!/bin/sh\ncase "$*" in\n*backup*) echo "$@" >"${dir}/backup"; echo '{"value":"blob"}';;\n*) echo "$@" >"${dir}/restore"; /bin/cat >"${dir}/stdin";;\nesac\n`;
      writeFileSync(join(dir, 'az'), az);
      chmodSync(join(dir, 'az'), 0o755);
      const command = copyKeyCommand(key, 'https://kv-b.vault.azure.net');
      execFileSync('/bin/sh', ['-c', command], { cwd, env: { PATH: dir } });
      const read = (name: string) => readFileSync(join(dir, name), 'utf8').trim();
      assert.equal(read('stdin'), '{"value":"blob"}');
      assert.match(
        read('backup'),
        /--resource https:\/\/vault\.azure\.net --url https:\/\/kv-a\.vault\.azure\.net\/keys\/tde\/backup\?api-version=7\.4/,
      );
      assert.match(
        read('restore'),
        /--url https:\/\/kv-b\.vault\.azure\.net\/keys\/restore\?api-version=7\.4 --body @-/,
      );
      assert.deepEqual(readdirSync(cwd), []);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
