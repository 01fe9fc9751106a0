import assert from 'node:assert/strict';
import type { SqlServer } from '../../src/core/model';
import type { Azure } from '../../src/core/ports';
import { deletionCheck } from '../../src/core/checks/deletionCheck';
import type { Facts } from '../../src/core/checks/facts';
import type { Finding } from '../../src/core/errors/finding';
import { preflight } from '../../src/core/checks/preflight';
import { factsReader, serverKeyRequest } from '../../src/core/checks/readFacts';
import { documentedCodes } from '../errorCodes';
import {
  connectToEmulator,
  emulator,
  emulatorCloud,
  failureOf,
  found,
  listServers,
  listSubscriptions,
} from './connection';
import { asAsked, predictions, type Prediction } from './predictions';

interface Case {
  readonly azure: Azure;
  readonly server: SqlServer;
  readonly facts: Facts;
}

/** The facts of a scenario: the state it needs is there before anything is read. */
async function read({
  server: name = 'sql-billing-weu',
  key,
  given,
  meanwhile,
}: Omit<Prediction, 'code'>): Promise<Case> {
  const azure = connectToEmulator();
  const ids = (await listSubscriptions(azure)).map(({ id }) => id);
  const server = found(await listServers(azure), name);
  const state = await emulator.state();
  given?.(state);
  await emulator.reset(state);
  await emulator.options({ failures: 'start' });
  const asked = asAsked(state, key);
  await meanwhile?.({ server, facts: { request: serverKeyRequest(asked) } });
  const facts = await factsReader(azure, ids)({ server, key: asked });
  return { azure, server, facts };
}

const judge = (facts: Facts): readonly Finding[] => preflight(facts, emulatorCloud(), new Date());

const create = async ({ azure, server, facts: { key } }: Case): Promise<unknown> =>
  key && azure.serverKeys.create(server, key);

describe('preflight', () => {
  beforeEach(() => emulator.reset());

  for (const prediction of predictions) {
    const { code, how = create } = prediction;
    it(`foresees ${code}${prediction.why ? `: ${prediction.why}` : ''}`, async () => {
      const asked = await read(prediction);
      const facts = { ...asked.facts, ...prediction.request?.(asked.facts) };
      const about = judge(facts).filter(({ codes, outcome }) => codes.includes(code) && outcome !== 'pass');
      assert.deepEqual(
        about.map(({ outcome }) => outcome),
        [prediction.outcome ?? 'fail'],
        JSON.stringify(judge(facts), undefined, 1),
      );
      assert.equal((await failureOf(how({ ...asked, facts }))).code, code);
    });
  }

  it('leaves open what got no answer in time, and tells the rest', async () => {
    const azure = connectToEmulator();
    const ids = (await listSubscriptions(azure)).map(({ id }) => id);
    const server = found(await listServers(azure), 'sql-billing-weu');
    await emulator.addFault({ match: { path: '/locks$' }, behaviour: 'hang' });
    const key = asAsked(await emulator.state(), ['kv-noaccess', 'tde-noaccess']);
    const facts = await factsReader(azure, ids, AbortSignal.timeout(1500))({ server, key });
    const told = judge(facts).flatMap(({ outcome, codes }) => (outcome === 'pass' ? [] : [[outcome, ...codes]]));
    assert.deepEqual(told, [
      ['unknown', 'ScopeLocked'],
      ['fail', 'AzureKeyVaultMissingPermissions'],
    ]);
  });

  it('takes a key without version for its newest enabled one, and reads the others only where it has to', async () => {
    const azure = connectToEmulator();
    const server = found(await listServers(azure), 'sql-billing-weu');
    const ids = (await listSubscriptions(azure)).map(({ id }) => id);
    const state = await emulator.state();
    const versions = state.vaults.find(({ name }) => name === 'kv-orders')?.keys[0]?.versions ?? [];
    const { host, vault, kind, name } = asAsked(state, ['kv-orders', 'tde-orders']);
    const key = { host, vault, kind, name };
    const used = async () => {
      await emulator.reset(state);
      const { version } = await factsReader(azure, ids)({ server, key });
      const listed = (await emulator.requests()).filter(({ path }) => path.endsWith('/versions'));
      return [version?.value?.uri.split('/').at(-1), listed.length];
    };
    const [newest, before] = versions.toReversed();
    assert.ok(newest && before);
    assert.deepEqual(await used(), [newest.version, 0]);
    newest.enabled = false;
    assert.deepEqual(await used(), [before.version, 1]);
    versions.forEach((version) => (version.enabled = false));
    assert.deepEqual(await used(), [newest.version, 1]);
  });

  it('foresees AzureKeyVaultKeyInUse of a deletion', async () => {
    const azure = connectToEmulator();
    const server = found(await listServers(azure), 'sql-orders-weu');
    const protector = await azure.tdeProtectors.get(server);
    const keys = await azure.serverKeys.list(server);
    const judged = keys.map((key) => deletionCheck(server, key, protector)?.codes);
    assert.deepEqual(judged, [undefined, ['AzureKeyVaultKeyInUse'], ['InvalidUpsertKeyType']]);
    const inUse = found(keys, protector.serverKeyName);
    assert.equal((await failureOf(azure.serverKeys.delete(server, inUse))).code, 'AzureKeyVaultKeyInUse');
  });

  it('foresees all documented codes but those that only a running service knows', () => {
    const foreseen = new Set<string>(['AzureKeyVaultKeyInUse', ...predictions.map(({ code }) => code)]);
    const documented = Object.keys(documentedCodes);
    assert.deepEqual(
      documented.filter((code) => !foreseen.has(code)).sort(),
      [
        // Of another operation than creating a server key of a server.
        'PerDatabaseCMKDWNotSupported',
        'PerDatabaseCMKHSNotSupported',
        'PerDatabaseCMKRestoreNotSupported',
        'ServerKeyDoesNotExists',
        // Nothing that can be read tells them beforehand.
        'AdalGenericError',
        'OperationCancelled',
        'OperationIdNotFound',
        'OperationTimedOut',
        'SecurityAdalPrincipalCertExpiredError',
        'SubscriptionTooManyCreateUpdateRequests',
      ].sort(),
    );
    assert.equal(documented.filter((code) => foreseen.has(code)).length, 34);
  });

  it('finds nothing where nothing is wrong, and then the server key can be created', async () => {
    const asked = await read({});
    assert.deepEqual(
      judge(asked.facts).filter(({ outcome }) => outcome !== 'pass'),
      [],
    );
    await create(asked);
  });
});
