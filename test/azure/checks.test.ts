import assert from 'node:assert/strict';
import type { SqlServer } from '../../src/core/model';
import type { Azure } from '../../src/core/ports';
import { deletionCheck } from '../../src/core/checks/deletionCheck';
import type { Facts } from '../../src/core/checks/facts';
import type { Finding } from '../../src/core/errors/finding';
import { preflight } from '../../src/core/checks/checkCreation';
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
  resetEmulator,
} from './connection';
import { keyIdentifierOf, predictions, type Prediction } from './predictions';

interface Case {
  readonly azure: Azure;
  readonly server: SqlServer;
  readonly facts: Facts;
}

/** Changes the state as the prediction says, then reads the facts. */
async function read({
  server: name = 'sql-billing-weu',
  key,
  change,
  before,
}: Omit<Prediction, 'code'>): Promise<Case> {
  const azure = connectToEmulator();
  const ids = (await listSubscriptions(azure)).map(({ id }) => id);
  const server = found(await listServers(azure), name);
  const state = await emulator.state();
  change?.(state);
  await resetEmulator(state);
  const identifier = keyIdentifierOf(state, key);
  await before?.({ server, facts: { request: serverKeyRequest(identifier) } });
  const facts = await factsReader(azure, ids)({ server, key: identifier });
  return { azure, server, facts };
}

const judge = (facts: Facts): readonly Finding[] => preflight(facts, emulatorCloud(), new Date());

const create = async ({ azure, server, facts: { key } }: Case): Promise<unknown> =>
  key && azure.serverKeys.create(server, key);

describe('preflight', () => {
  beforeEach(() => resetEmulator());

  for (const prediction of predictions) {
    const { code, act = create } = prediction;
    it(`predicts ${code}${prediction.detail ? `: ${prediction.detail}` : ''}`, async () => {
      const current = await read(prediction);
      const facts = { ...current.facts, ...prediction.request?.(current.facts) };
      const findings = judge(facts).filter(({ codes, outcome }) => codes.includes(code) && outcome !== 'pass');
      assert.deepEqual(
        findings.map(({ outcome }) => outcome),
        [prediction.outcome ?? 'fail'],
        JSON.stringify(judge(facts), undefined, 1),
      );
      assert.equal((await failureOf(act({ ...current, facts }))).code, code);
    });
  }

  it('reports facts that time out as unknown, and judges the others', async () => {
    const azure = connectToEmulator();
    const ids = (await listSubscriptions(azure)).map(({ id }) => id);
    const server = found(await listServers(azure), 'sql-billing-weu');
    await emulator.addFault({ match: { path: '/locks$' }, behaviour: 'hang' });
    const key = keyIdentifierOf(await emulator.state(), ['kv-noaccess', 'tde-noaccess']);
    const facts = await factsReader(azure, ids, undefined, 1500)({ server, key });
    const findings = judge(facts).flatMap(({ outcome, codes }) => (outcome === 'pass' ? [] : [[outcome, ...codes]]));
    assert.deepEqual(findings, [
      ['unknown', 'ScopeLocked'],
      ['fail', 'AzureKeyVaultMissingPermissions'],
    ]);
  });

  it('gives each server its own time: a server that is read later is read in full', async () => {
    const azure = connectToEmulator();
    const ids = (await listSubscriptions(azure)).map(({ id }) => id);
    const servers = await listServers(azure);
    await emulator.addFault({ match: { path: 'sql-billing-weu/.*/locks$' }, behaviour: 'hang' });
    const key = keyIdentifierOf(await emulator.state(), ['kv-orders', 'tde-orders']);
    const readFacts = factsReader(azure, ids, undefined, 1500);
    const slow = await readFacts({ server: found(servers, 'sql-billing-weu'), key });
    const later = await readFacts({ server: found(servers, 'sql-dev-weu'), key });
    assert.equal(slow.locks.error?.code, 'RequestTimeout');
    assert.deepEqual(later.locks, { value: [] });
  });

  it('uses the newest enabled version of a versionless key identifier, and lists versions only if it has to', async () => {
    const azure = connectToEmulator();
    const server = found(await listServers(azure), 'sql-billing-weu');
    const ids = (await listSubscriptions(azure)).map(({ id }) => id);
    const state = await emulator.state();
    const versions = state.vaults.find(({ name }) => name === 'kv-orders')?.keys[0]?.versions ?? [];
    const { host, vault, kind, name } = keyIdentifierOf(state, ['kv-orders', 'tde-orders']);
    const key = { host, vault, kind, name };
    const usedVersion = async () => {
      await resetEmulator(state);
      const { version } = await factsReader(azure, ids)({ server, key });
      const listed = (await emulator.requests()).filter(({ path }) => path.endsWith('/versions'));
      return [version?.value?.uri.split('/').at(-1), listed.length];
    };
    const [newest, before] = versions.toReversed();
    assert.ok(newest && before);
    assert.deepEqual(await usedVersion(), [newest.version, 0]);
    newest.enabled = false;
    assert.deepEqual(await usedVersion(), [before.version, 1]);
    versions.forEach((version) => (version.enabled = false));
    assert.deepEqual(await usedVersion(), [newest.version, 1]);
  });

  it('predicts AzureKeyVaultKeyInUse for a deletion', async () => {
    const azure = connectToEmulator();
    const server = found(await listServers(azure), 'sql-orders-weu');
    const protector = await azure.tdeProtectors.get(server);
    const keys = await azure.serverKeys.list(server);
    const codes = keys.map((key) => deletionCheck(server, key, protector)?.codes);
    assert.deepEqual(codes, [undefined, ['AzureKeyVaultKeyInUse'], ['InvalidUpsertKeyType']]);
    const inUse = found(keys, protector.serverKeyName);
    assert.equal((await failureOf(azure.serverKeys.delete(server, inUse))).code, 'AzureKeyVaultKeyInUse');
  });

  it("predicts all documented codes except those that depend on facts that can't be read", () => {
    const predicted = new Set<string>(['AzureKeyVaultKeyInUse', ...predictions.map(({ code }) => code)]);
    const documented = Object.keys(documentedCodes);
    assert.deepEqual(
      documented.filter((code) => !predicted.has(code)).sort(),
      [
        // These belong to operations other than the creation of a server key.
        'PerDatabaseCMKDWNotSupported',
        'PerDatabaseCMKHSNotSupported',
        'PerDatabaseCMKRestoreNotSupported',
        'ServerKeyDoesNotExists',
        // No fact that can be read predicts these.
        'AdalGenericError',
        'OperationCancelled',
        'OperationIdNotFound',
        'OperationTimedOut',
        'SecurityAdalPrincipalCertExpiredError',
        'SubscriptionTooManyCreateUpdateRequests',
      ].sort(),
    );
    assert.equal(documented.filter((code) => predicted.has(code)).length, 34);
  });

  it('has no findings if the server key can be created', async () => {
    const current = await read({});
    assert.deepEqual(
      judge(current.facts).filter(({ outcome }) => outcome !== 'pass'),
      [],
    );
    await create(current);
  });
});
