import assert from 'node:assert/strict';
import { knownError } from '../../src/core/errors/errorCode';
import type { TdeProtector } from '../../src/core/model';
import type { VaultKey } from '../../src/core/vaultModel';
import { publicCloud } from '../../src/core/clouds';
import { checkVersions, needsRotation } from '../../src/core/serverState/keyVersions';
import { keyVersionsDocument } from '../../src/core/serverState/keyVersionsDocument';
import { protectorKeys } from '../../src/core/serverState/protectorKey';
import { vault } from './keyVault';
import { now } from './goodFacts';
import { sqlServer } from './sqlServer';

const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

const versionOf = (digit: string, more: Partial<VaultKey> = {}): VaultKey => ({
  name: 'tde',
  uri: `${vault.uri}/keys/tde/${digit.repeat(32)}`,
  keyType: 'RSA',
  keySize: 3072,
  enabled: true,
  created: daysAgo(10),
  ...more,
});

/** Checks a server whose TDE protector is the version "a" of a key with these versions, the newest first. */
async function check(versions: readonly VaultKey[], more: Partial<TdeProtector> = {}) {
  const uri = `${vault.uri}/keys/tde/${'a'.repeat(32)}`;
  const protector = { type: 'customerManaged', serverKeyName: '', uri, autoRotation: false, ...more } as const;
  const absent = () => Promise.reject(knownError({ code: 'KeyNotFound', message: '' }));
  const keyVaults = {
    getKey: (_: unknown, __: string, version?: string) => {
      const one = version === undefined ? versions[0] : versions.find((any) => any.uri.endsWith(version));
      return one ? Promise.resolve(one) : absent();
    },
    listVersions: () => Promise.resolve(versions),
  };
  const keys = protectorKeys({ ...keyVaults } as never, Promise.resolve([vault]));
  const tdeProtectors = { get: () => Promise.resolve(protector) };
  const world = { cloud: publicCloud, now };
  return checkVersions({ tdeProtectors } as never, keys, sqlServer('sql-a'), world, new AbortController().signal);
}

/** What the only row advises, and whether the user has to rotate. */
async function adviceOn(...of: Parameters<typeof check>): Promise<readonly [string, boolean]> {
  const found = await check(...of);
  const row = keyVersionsDocument([found], [], now)
    .split('\n')
    .find((line) => line.startsWith('| sql-a'));
  return [row?.split(' | ')[1] ?? '', found.kind === 'read' && needsRotation(found, now)];
}

describe('the check for new key versions', () => {
  it('asks for a rotation if a newer version is usable and Azure SQL does not use it by itself', async () => {
    const rotate = ['Rotate to the newest version: Plan Key Rotation…', true];
    const [fresh, old] = [versionOf('b', { created: daysAgo(0.5) }), versionOf('b', { created: daysAgo(2) })];
    assert.deepEqual(await adviceOn([fresh, versionOf('a')]), rotate);
    assert.deepEqual(await adviceOn([fresh, versionOf('a')], { autoRotation: true }), [
      'Nothing: Azure SQL uses the newest version within 24 hours.',
      false,
    ]);
    const [overdue, needed] = await adviceOn([old, versionOf('a')], { autoRotation: true });
    assert.match(overdue, /^Automatic rotation is overdue/);
    assert.ok(needed);
  });

  it('passes over versions that TDE cannot use', async () => {
    const disabled = versionOf('c', { enabled: false });
    const large = versionOf('c', { keySize: 4096 });
    for (const newest of [disabled, large]) {
      const [advice, needed] = await adviceOn([newest, versionOf('b'), versionOf('a')]);
      assert.match(advice, /^Rotate to the newest version/);
      assert.ok(needed);
    }
    assert.deepEqual(await adviceOn([disabled, versionOf('a')]), [
      "The vault's newest version can't be used: disabled. The current one still works.",
      false,
    ]);
  });

  it('puts a current version that is lost or expires first, because a rotation needs it', async () => {
    const [lost, needed] = await adviceOn([versionOf('b'), versionOf('a', { enabled: false })]);
    assert.match(lost, /^The server can't use the current version: disabled\. .* revalidate/);
    assert.ok(!needed);
    assert.match((await adviceOn([versionOf('b')]))[0], /^The server can't use the current version: deleted/);
    const [expires] = await adviceOn([versionOf('a', { expires: daysAgo(-13.5) })]);
    assert.match(expires, /^Present version: expires in 13 days\. Create a new version in the vault, and rotate to it/);
    assert.deepEqual(await adviceOn([versionOf('a')]), ['Nothing.', false]);
  });

  it('says in the row why a server could not be checked, and counts it', async () => {
    const [unseen] = await adviceOn([versionOf('a')], { uri: 'https://kv-else.vault.azure.net/keys/tde/1' });
    assert.match(
      unseen,
      /^Could not be checked: https:.*The vault isn't in a subscription that your account can see\.$/,
    );
  });

  it('shows both versions with their dates, what needs work first, and counts the rest', async () => {
    const behind = await check([versionOf('b', { created: daysAgo(1), expires: daysAgo(-400) }), versionOf('a')]);
    const current = { ...(await check([versionOf('a')])), server: sqlServer('sql-0') };
    const managed = { kind: 'serviceManaged', server: sqlServer('sql-b') } as const;
    const text = keyVersionsDocument([current, managed, behind], ['Servers of "[x](y)" are missing.'], now);
    assert.match(text, /1 server needs a rotation, 1 server needs no rotation, 1 uses the service-managed key/);
    assert.ok(text.includes('Servers of "\\[x\\](y)" are missing.'));
    const rows = text.split('\n').filter((line) => line.startsWith('| sql'));
    assert.deepEqual(
      rows.map((row) => row.split(' | ')[0]),
      ['| sql-a', '| sql-0'],
    );
    assert.match(rows[0] ?? '', /\| kv-a \/ tde, aaaa…aaaa of [-\d]* \| bbbb…bbbb of [-\d]*, expires on 2/);
    assert.match(rows[1] ?? '', /^\| sql-0 \| Nothing\. \|.*\| the current one \| off \|$/);
  });
});
