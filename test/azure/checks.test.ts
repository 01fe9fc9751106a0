import assert from 'node:assert/strict';
import type { Azure } from '../../src/core/ports';
import { deletionCheck } from '../../src/core/checks/deletionCheck';
import type { Facts } from '../../src/core/checks/facts';
import type { Finding } from '../../src/core/errors/finding';
import { checkCreation } from '../../src/core/checks/checkCreation';
import { factsReader } from '../../src/core/checks/readFacts';
import { serverKeyRequest, type Creation } from '../../src/core/creation/creation';
import { documentedCodes } from '../errorCodes';
import {
  connectToEmulator,
  emulator,
  emulatorCloud,
  failureOf,
  found,
  listServers,
  resetEmulator,
  subscriptionIds,
} from './connection';
import { keyIdentifierOf, predictions, type Prediction } from './predictions';

interface Case {
  readonly azure: Azure;
  readonly creation: Creation;
  readonly facts: Facts;
}

/** Changes the state as the prediction requires, then reads the facts. */
async function read({
  server: name = 'sql-billing-weu',
  key,
  change,
  before,
}: Omit<Prediction, 'code'>): Promise<Case> {
  const azure = connectToEmulator({ limits: { retryMs: 10 } });
  const ids = await subscriptionIds(azure);
  const server = found(await listServers(azure), name);
  const state = await emulator.state();
  change?.(state);
  await resetEmulator(state);
  const identifier = keyIdentifierOf(state, key);
  const creation = { server, key: identifier };
  await before?.(creation);
  return { azure, creation, facts: await factsReader(azure, ids).read(creation) };
}

const judge = ({ creation, facts }: Omit<Case, 'azure'>): readonly Finding[] =>
  checkCreation(creation, facts, { cloud: emulatorCloud(), now: new Date() });

const create = async ({ azure, creation }: Case): Promise<unknown> =>
  azure.serverKeys.create(creation.server, serverKeyRequest(creation));

describe('the checks before a creation', () => {
  beforeEach(() => resetEmulator());

  for (const prediction of predictions) {
    const { code, act } = prediction;
    it(`predict ${code}${prediction.detail ? `: ${prediction.detail}` : ''}`, async () => {
      const current = await read(prediction);
      const findings = judge(current).filter(({ codes, outcome }) => codes.includes(code) && outcome !== 'pass');
      assert.deepEqual(
        findings.map(({ outcome }) => outcome),
        [prediction.outcome ?? 'fail'],
        JSON.stringify(judge(current), undefined, 1),
      );
      assert.equal((await failureOf(act ? act(current.creation) : create(current))).code, code);
    });
  }

  it('report facts that time out as unknown, and judge the others', async () => {
    const azure = connectToEmulator();
    const ids = await subscriptionIds(azure);
    const server = found(await listServers(azure), 'sql-billing-weu');
    await emulator.addFault({ match: { path: '/locks$' }, behavior: 'hang' });
    const key = keyIdentifierOf(await emulator.state(), ['kv-noaccess', 'tde-noaccess']);
    const creation = { server, key };
    const facts = await factsReader(azure, ids).read(creation, AbortSignal.timeout(4000));
    const findings = judge({ creation, facts }).flatMap(({ outcome, codes }) =>
      outcome === 'pass' ? [] : [[outcome, ...codes]],
    );
    assert.deepEqual(findings, [
      ['unknown', 'ScopeLocked'],
      ['fail', 'AzureKeyVaultMissingPermissions'],
    ]);
  });

  it('have a separate timeout for each server, so that a slow server does not affect the next', async () => {
    const azure = connectToEmulator();
    const ids = await subscriptionIds(azure);
    const servers = await listServers(azure);
    await emulator.addFault({ match: { path: 'sql-billing-weu/.*/locks$' }, behavior: 'hang' });
    const key = keyIdentifierOf(await emulator.state(), ['kv-orders', 'tde-orders']);
    const { read: readFacts } = factsReader(azure, ids);
    const readInTime = (name: string) => readFacts({ server: found(servers, name), key }, AbortSignal.timeout(4000));
    const slow = await readInTime('sql-billing-weu');
    const later = await readInTime('sql-dev-weu');
    assert.equal(slow.locks.error?.code, 'RequestTimeout');
    assert.deepEqual(later.locks, { value: [] });
  });

  it('use the newest enabled version of a versionless key identifier, and list versions only if necessary', async () => {
    const azure = connectToEmulator();
    const server = found(await listServers(azure), 'sql-billing-weu');
    const ids = await subscriptionIds(azure);
    const state = await emulator.state();
    const versions = state.vaults.find(({ name }) => name === 'kv-orders')?.keys[0]?.versions ?? [];
    const { host, vault, kind, name } = keyIdentifierOf(state, ['kv-orders', 'tde-orders']);
    const key = { host, vault, kind, name };
    const usedVersion = async () => {
      await resetEmulator(state);
      const { version } = await factsReader(azure, ids).read({ server, key });
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

  it('predict AzureKeyVaultKeyInUse for a deletion', async () => {
    const azure = connectToEmulator();
    const server = found(await listServers(azure), 'sql-orders-weu');
    const protector = await azure.tdeProtectors.get(server);
    const keys = await azure.serverKeys.list(server);
    const codes = keys.map((key) => deletionCheck(server, key, protector)?.codes);
    assert.deepEqual(codes, [undefined, ['AzureKeyVaultKeyInUse'], ['InvalidUpsertKeyType']]);
    const inUse = found(keys, protector.serverKeyName);
    assert.equal((await failureOf(azure.serverKeys.delete(server, inUse))).code, 'AzureKeyVaultKeyInUse');
  });

  it("predict all documented codes except those that depend on facts that can't be read", () => {
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
        // The extension can't send such a request.
        'AzureKeyVaultInvalidUri',
        'InvalidKeyType',
        'InvalidKeyUpsertRequest',
        'InvalidUpsertKeyType',
        'SecurityAzureKeyVaultInvalidKeyName',
        'SecurityAzureKeyVaultUrlNullOrEmpty',
        // No fact that can be read predicts these.
        'AdalGenericError',
        'OperationCancelled',
        'OperationIdNotFound',
        'OperationTimedOut',
        'SecurityAdalPrincipalCertExpiredError',
        'SubscriptionTooManyCreateUpdateRequests',
      ].sort(),
    );
    assert.equal(documented.filter((code) => predicted.has(code)).length, 28);
  });

  it('find nothing if the server key can be created', async () => {
    const current = await read({});
    assert.deepEqual(
      judge(current).filter(({ outcome }) => outcome !== 'pass'),
      [],
    );
    await create(current);
  });
});
