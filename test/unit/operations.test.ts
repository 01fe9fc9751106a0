import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { isMade, serverOf, type Change } from '../../src/core/operations/change';
import { endedWith, isDue, newsCount, superfluous } from '../../src/core/operations/entry';
import { findEnd } from '../../src/core/operations/findEnd';
import {
  describeChange,
  describeState,
  operationDiagnostics,
  operationDocument,
} from '../../src/core/operations/operationTexts';
import { parseEntry } from '../../src/core/operations/parseEntry';
import { viewLine } from '../../src/ui/tree/viewLine';
import type { RoleGrant } from '../../src/core/accessModel';
import type { ServerDetails, ServerKey } from '../../src/core/model';
import type { VaultKey, VaultSettings } from '../../src/core/vaultModel';
import { azureWith } from '../azureWith';
import {
  cloud,
  creation,
  entryWith,
  failed,
  hsmId,
  keyIdentifier,
  keyName,
  knownWith,
  serverId,
  vaultId,
} from './operations';

/** A run that creates one server key on each of these servers. */
function run(...names: readonly string[]): Change {
  const items = names.map((name) => ({ server: serverId.replace('sql-billing-weu', name), keyIdentifier }));
  return { kind: 'createServerKeys', resource: serverId, items };
}

/** A plan that creates a server key and makes it the TDE protector. */
const item = { server: serverId, keyIdentifier };
const plan: Change = { kind: 'runPlan', resource: serverId, items: [item, { ...item, autoRotation: true }] };

const serverKey = { id: `${serverId}/keys/${keyName}`, name: keyName, uri: keyIdentifier } as ServerKey;

describe('an entry of the journal', () => {
  const full = entryWith({
    state: 'failed',
    url: `${cloud}/subscriptions/s/providers/Microsoft.Sql/locations/x/serverKeyAzureAsyncOperation/1?h=${'x'.repeat(3300)}`,
    ended: 1,
    failure: { code: 'C', message: 'M' },
    isNews: true,
  });

  it('is read as it was written', () => {
    const newKey: Change = { kind: 'createKey', resource: `${vaultId}/keys/tde-new`, expires: 1, rotates: false };
    for (const entry of [
      full,
      entryWith(),
      entryWith({ change: run('a', 'b'), run: 'r' }),
      entryWith({ change: plan }),
      entryWith({ change: newKey }),
    ])
      assert.deepEqual(parseEntry(JSON.stringify(entry), entry.id), entry);
  });

  const broken: Readonly<Record<string, unknown>> = {
    'a part of a file': JSON.stringify(full).slice(0, 200),
    'another version': { ...full, version: 2 },
    'another id than that of its file': { ...full, id: 'other' },
    'an unknown kind': { ...full, change: { ...creation, kind: 'formatDisk' } },
    'a resource that is no ARM ID': { ...full, change: { ...creation, resource: 'https://evil.example' } },
    'no change': { ...full, change: null },
    'a date that is a text': { ...full, change: { ...creation, expires: '2027-11-26' } },
    'a number for a text': { ...full, cloud: 7 },
    'a long text': { ...full, change: { ...creation, principalId: 'x'.repeat(3000) } },
    'an unknown state': { ...full, state: 'maybe' },
    'a time that is no number': { ...full, started: '2026' },
    'a time that is no date': { ...full, started: Number.MAX_SAFE_INTEGER },
    'no owner': { ...full, owner: undefined },
    'a run without server keys': { ...full, change: { ...creation, kind: 'createServerKeys' } },
    'a plan without changes': { ...full, change: { ...plan, items: undefined } },
    'a TDE protector whose rotation is no flag': {
      ...full,
      change: { ...plan, items: [{ ...item, autoRotation: 1 }] },
    },
    'a server key without a server': { ...full, change: { ...run('a'), items: [{ keyIdentifier }] } },
    'a failure without a code': { ...full, failure: { message: '' } },
    'automatic rotation that is no flag': { ...full, change: { ...creation, autoRotation: 'yes' } },
    'permissions that are no texts': { ...full, change: { ...creation, keyPermissions: [1] } },
    'a list': [full],
    nothing: null,
  };
  for (const [name, content] of Object.entries(broken)) {
    it(`is ignored if it has ${name}`, () => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      assert.equal(parseEntry(text, full.id), undefined);
    });
  }

  it('keeps the code and the message of a failure, without credentials', () => {
    const error = new ArmError({ code: 'Refused', message: `password=hunter2 ${'x'.repeat(2000)}` });
    const { state, failure, ended } = endedWith(entryWith(), error, 5);
    assert.deepEqual([state, failure?.code, ended, failure?.message.length], ['failed', 'Refused', 5, 1000]);
    assert.ok(failure?.message.startsWith('password=[removed] x'));
  });

  it('tells an unknown result and the end of the wait from a failure', () => {
    const unknown = new ArmError({ code: 'OutcomeUnknown', message: 'RequestTimeout' });
    assert.equal(endedWith(entryWith(), unknown, 5).state, 'unknown');
    assert.equal(endedWith(entryWith(), new DOMException('', 'AbortError'), 5).state, 'stopped');
    assert.equal(endedWith(entryWith(), undefined, 5).state, 'succeeded');
    assert.equal(endedWith(entryWith(), new Error('bug'), 5).failure?.code, 'UnexpectedError');
  });

  it('is due if nobody waits for its end, in the connected cloud, for a week', () => {
    const { started } = entryWith();
    const week = 7 * 24 * 60 * 60_000;
    assert.ok(isDue(knownWith(), cloud, started + 1));
    assert.ok(isDue(knownWith({ state: 'accepted' }), cloud, started + 1));
    assert.ok(isDue(knownWith({ state: 'unknown' }), cloud, started + 1));
    assert.ok(!isDue(knownWith({}, 'otherWindow'), cloud, started + 1));
    assert.ok(!isDue(knownWith({}, 'thisWindow'), cloud, started + 1));
    assert.ok(!isDue(knownWith({ state: 'succeeded' }), cloud, started + 1));
    assert.ok(!isDue(knownWith(), 'https://management.chinacloudapi.cn', started + 1));
    assert.ok(!isDue(knownWith(), cloud, started + week));
  });

  it('is dropped as one of the oldest of more than 200 ended ones, but never while its end is unknown', () => {
    const ended = Array.from({ length: 203 }, (_, i) => knownWith({ id: String(i), state: 'succeeded', started: i }));
    const open = Array.from({ length: 5 }, (_, i) => knownWith({ id: `open ${i}`, state: 'unknown', started: -1 }));
    assert.deepEqual(
      superfluous([...open, ...ended]).map(({ id }) => id),
      ['2', '1', '0'],
    );
  });

  it('is news until the user has looked at it', () => {
    assert.equal(newsCount([knownWith({ isNews: true }), knownWith()]), 1);
  });

  it('counts once with all operations of its run', () => {
    const part = knownWith({ id: 'part', run: 'r', isNews: true });
    assert.equal(newsCount([knownWith({ id: 'r', change: run('a'), isNews: true }), part]), 1);
    assert.equal(newsCount([part]), 1, 'the entry of the run may be gone');
  });
});

describe('whether a change has been made', () => {
  const expires = Date.UTC(2027, 10, 26);
  const vaultKey = { name: 'tde-new', expires: new Date(expires) } as VaultKey;
  const settings: VaultSettings = {
    tenantId: 't',
    provisioningState: 'Succeeded',
    permissionModel: 'accessPolicies',
    softDelete: true,
    purgeProtection: true,
    firewall: 'trustedServices',
    accessPolicies: [{ objectId: 'p1', keyPermissions: ['get', 'wrapkey'] }],
  };
  const azure = azureWith({
    sqlServers: {
      get: () =>
        Promise.resolve({
          identity: { systemAssigned: { principalId: 'p' }, primaryUserAssigned: '/x/ID-A' },
        } as ServerDetails),
    },
    serverKeys: { list: ({ name }) => Promise.resolve(name === 'sql-billing-weu' ? [serverKey] : []) },
    keyVaults: {
      listKeys: ({ kind }) => Promise.resolve(kind === 'managedHsm' ? [vaultKey] : []),
      getSettings: () => Promise.resolve(settings),
    },
    access: { listRoles: () => Promise.resolve([{ roleId: 'role1' } as RoleGrant]) },
    tdeProtectors: {
      get: () => Promise.resolve({ ...serverKey, serverKeyName: 'other', type: 'customerManaged', autoRotation: true }),
      listInaccessible: ({ name }) => Promise.resolve(name === 'sql-billing-weu' ? [] : ['archive']),
    },
    resourceProviders: { isRegistered: (_, namespace) => Promise.resolve(namespace === 'Microsoft.Sql') },
  });
  const scope = `${vaultId}/keys/tde-billing`;
  const rows: readonly (readonly [Change, boolean])[] = [
    [creation, true],
    [{ ...creation, keyIdentifier: `${keyIdentifier.slice(0, -1)}0` }, false],
    [{ kind: 'deleteServerKey', resource: `${serverId}/keys/${keyName.toUpperCase()}` }, false],
    [{ kind: 'deleteServerKey', resource: `${serverId}/keys/kv_other` }, true],
    [{ kind: 'setProtector', resource: serverKey.id, autoRotation: true }, true],
    [{ kind: 'setProtector', resource: serverKey.id, autoRotation: false }, false],
    [{ kind: 'setProtector', resource: `${serverId}/keys/kv_other`, autoRotation: true }, false],
    [{ kind: 'revalidateProtector', resource: serverId }, true],
    [{ kind: 'revalidateProtector', resource: serverId.replace('sql-billing', 'sql-archive') }, false],
    [run('sql-billing-weu'), true],
    [run('sql-billing-weu', 'sql-dev-weu'), false],
    [plan, true],
    [{ ...plan, items: [{ ...item, autoRotation: false }] }, false],
    [{ kind: 'assignIdentity', resource: serverId }, true],
    [{ kind: 'setPrimaryIdentity', resource: serverId, identityId: '/x/id-a' }, true],
    [{ kind: 'setPrimaryIdentity', resource: serverId, identityId: '/x/id-b' }, false],
    [{ kind: 'registerProvider', resource: '/subscriptions/s/providers/Microsoft.Sql' }, true],
    [{ kind: 'registerProvider', resource: '/subscriptions/s/providers/Microsoft.KeyVault' }, false],
    [{ kind: 'createKey', resource: `${hsmId}/keys/tde-new` }, true],
    [{ kind: 'createKey', resource: `${hsmId}/keys/tde-new`, expires, rotates: true }, true],
    [{ kind: 'createKey', resource: `${hsmId}/keys/tde-new`, expires: expires + 1, rotates: false }, false],
    [{ kind: 'createKey', resource: `${vaultId}/keys/tde-new` }, false],
    [{ kind: 'grantRole', resource: scope, principalId: 'p1', roleId: 'ROLE1' }, true],
    [{ kind: 'grantRole', resource: scope, principalId: 'p1', roleId: 'role2' }, false],
    [{ kind: 'enablePurgeProtection', resource: vaultId }, true],
    [{ kind: 'allowTrustedServices', resource: hsmId }, true],
    [{ kind: 'addAccessPolicy', resource: vaultId, principalId: 'P1', keyPermissions: ['get', 'wrapKey'] }, true],
    [{ kind: 'addAccessPolicy', resource: vaultId, principalId: 'p1', keyPermissions: ['unwrapKey'] }, false],
  ];
  for (const [change, expected] of rows) {
    it(`is ${String(expected)} for ${describeChange(change)} (${change.keyIdentifier?.slice(-2) ?? change.identityId ?? change.roleId ?? ''})`, async () => {
      assert.equal(await isMade(azure, change), expected);
    });
  }

  it('is not asked of a resource that is neither', async () => {
    const resource = '/subscriptions/s/__proto__/x';
    await assert.rejects(isMade(azure, { kind: 'createKey', resource }), /^Error: Not the ARM ID of a vault/);
  });

  it('is asked of the server or vault that the ARM ID names', () => {
    assert.deepEqual(serverOf(creation), {
      id: serverId,
      name: 'sql-billing-weu',
      subscriptionId: '8c2f1e64-0000-4000-8000-000000000001',
      resourceGroup: 'rg-billing',
    });
    assert.equal(serverOf({ resource: vaultId }), undefined);
  });
});

describe('the end of an operation', () => {
  /** Finds the end of an operation whose reads answer in this order, and counts the pauses. */
  async function endOf(answers: {
    readonly url?: readonly (boolean | ArmError)[];
    readonly made: readonly boolean[];
    readonly running?: readonly number[];
  }) {
    const url = [...(answers.url ?? [])];
    const made = [...answers.made];
    const running = [...(answers.running ?? [])];
    let pauses = 0;
    const azure = azureWith({
      operations: {
        hasSucceeded: () => {
          const next = url.shift();
          return next instanceof ArmError
            ? Promise.reject(next)
            : Promise.resolve(next ?? assert.fail('asked once more'));
        },
      },
      serverKeys: { list: () => Promise.resolve((made.shift() ?? assert.fail('read once more')) ? [serverKey] : []) },
      sqlServers: {
        listRunningOperations: () =>
          Promise.resolve(Array.from({ length: running.shift() ?? 0 }, () => ({ name: 'x' }))),
      },
    });
    const entry = entryWith(answers.url ? { state: 'accepted', url: `${cloud}/operation` } : {});
    const pause = () => {
      pauses += 1;
      return Promise.resolve();
    };
    const failure = await findEnd(azure, entry, { signal: new AbortController().signal, pause });
    return [failure?.code, pauses];
  }
  const forgotten = new ArmError({ code: 'OperationIdNotFound', message: '', status: 404 });

  it('is asked of its address until it has ended, and the resource decides', async () => {
    assert.deepEqual(await endOf({ url: [false, false, true], made: [true] }), [undefined, 2]);
    assert.deepEqual(await endOf({ url: [true], made: [false] }), ['ChangeNotThere', 0]);
  });

  it('is a failure with the code that the operation reports, unless the change is there nevertheless', async () => {
    assert.deepEqual(await endOf({ url: [false, failed], made: [false] }), ['AzureKeyVaultKeyDisabled', 1]);
    assert.deepEqual(await endOf({ url: [failed], made: [true] }), [undefined, 0]);
  });

  it('is read from the resource without an address, or if Azure has forgotten it', async () => {
    assert.deepEqual(await endOf({ made: [true] }), [undefined, 0]);
    assert.deepEqual(await endOf({ url: [forgotten], made: [true] }), [undefined, 0]);
    assert.deepEqual(await endOf({ made: [false] }), ['ChangeNotThere', 0]);
  });

  it('comes after the operations that run on the server, one of which may be it', async () => {
    assert.deepEqual(await endOf({ made: [false, false, true], running: [1, 1] }), [undefined, 2]);
    assert.deepEqual(await endOf({ made: [false, false], running: [1, 0] }), ['ChangeNotThere', 1]);
  });

  it('is not guessed if Azure cannot be asked', async () => {
    const lost = new ArmError({ code: 'ConnectionFailed', message: '' });
    await assert.rejects(endOf({ url: [lost], made: [] }), { code: 'ConnectionFailed' });
  });
});

describe('the words about an operation', () => {
  it('name the change and its resources', () => {
    assert.equal(describeChange(creation), 'Create server key "kv-billing_tde-billing_0123…" on "sql-billing-weu"');
    assert.equal(
      describeChange({ kind: 'setProtector', resource: `${serverId}/keys/ServiceManaged`, autoRotation: false }),
      'Make the service-managed key the TDE protector of "sql-billing-weu"',
    );
    assert.equal(
      describeChange({ kind: 'grantRole', resource: `${vaultId}/keys/tde-billing` }),
      'Grant access to the key "tde-billing" in "kv-billing"',
    );
  });

  it('say the state, and who waits', () => {
    const words = (...known: Parameters<typeof knownWith>) => describeState(knownWith(...known)).words;
    assert.equal(words({}, 'thisWindow'), 'running');
    assert.equal(words({ state: 'accepted' }, 'otherWindow'), 'running in another window');
    assert.equal(words({ state: 'accepted' }), 'interrupted, end not known yet');
    assert.equal(words({ state: 'failed', failure: { code: 'ScopeLocked', message: '' } }), 'failed: ScopeLocked');
    assert.equal(
      words({ state: 'failed', failure: { code: 'ChangeNotThere', message: '' } }),
      "not done: the change isn't there",
    );
  });

  const hostile = knownWith({
    url: `${cloud}/subscriptions/s/locations/x/AzureAsyncOperation/1234-abcd?api-version=1&h=signature&s=${'s'.repeat(300)}`,
    state: 'failed',
    failure: { code: 'C', message: '[click](command:evil) <img src=x>\n# Heading' },
  });

  it('contain every fact but the signatures of the address, and no Markdown from Azure', () => {
    const text = operationDocument(hostile, [hostile]);
    assert.match(text, /Operation ID:\*\* 1234-abcd/);
    assert.match(text, /State:\*\* failed: C/);
    assert.doesNotMatch(text, /signature|\[click\]\(|<img|^# Heading/m);
  });

  it('can be copied as text', () => {
    const text = operationDiagnostics(hostile);
    assert.match(text, /^Create server key .*\n {2}State +failed: C\n/);
    assert.doesNotMatch(text, /signature/);
    assert.equal(text.split('\n').filter((line) => line.includes('Heading')).length, 1);
  });
});

describe('the line above the rows', () => {
  it('says first what ended while the user was away, and makes room for the welcome text', () => {
    const shown: string[] = [];
    const line = viewLine((text) => shown.push(text));
    line.setNews(1);
    line.setRows('12 servers');
    line.setNews(2);
    line.setNews(0);
    line.setRows('');
    assert.deepEqual(shown, [
      '',
      '1 operation ended while you were away · 12 servers',
      '2 operations ended while you were away · 12 servers',
      '12 servers',
      '',
    ]);
  });
});
