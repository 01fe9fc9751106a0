import assert from 'node:assert/strict';
import { emulator } from './emulator';
import { openTree, workbench } from './workbench';

const production = 'Contoso Production';
const [primary, replica] = ['sql-orders-weu', 'sql-orders-neu'];
const version = 'fedcba9876543210'.repeat(2);

/** Adds a version to the key of the failover pair. */
async function addVersion(): Promise<void> {
  const state = await emulator.state();
  const { keys } = state.vaults.find(({ name }) => name === 'kv-orders') ?? assert.fail();
  const { versions } = keys.find(({ name }) => name === 'tde-orders') ?? assert.fail();
  const last = versions.at(-1) ?? assert.fail();
  versions.push({ ...last, version, created: Date.now(), updated: Date.now(), thumbprint: '0F'.repeat(20) });
  await emulator.reset(state);
}

/** The changes sent so far, in order. */
async function changesSent(): Promise<string[]> {
  const puts = (await emulator.requests()).filter(({ method }) => method === 'PUT');
  return puts.map(({ path }) => path.replace(/^.*\/servers\/([^/]*)\/([^/]*)\/.*$/, '$1 $2'));
}

const inOrder = [
  `${replica} keys`,
  `${primary} keys`,
  `${replica} encryptionProtector`,
  `${primary} encryptionProtector`,
];

/** Makes a plan that rotates the pair to the new version. */
async function makePlan(): Promise<void> {
  await addVersion();
  const tree = await openTree();
  await emulator.options({ operationMs: 1000 });
  await (await tree.reveal(production, primary)).choose('Plan Key Rotation…');
  await (await workbench().quickPick('Select the new TDE protector')).pick('kv-orders / tde-orders');
  await workbench().preview(/Plan: rotate the TDE protector/);
}

describe('a rotation plan', () => {
  it('runs for a failover pair after consent: first the server keys, then the TDE protectors, replicas first', async () => {
    await makePlan();
    const offer = await workbench().waitForToast(`Plan for "${primary}" with 5 steps. Nothing has changed yet.`);
    await offer.press('Run Plan…');
    const consent = await workbench().modal(`Rotate the TDE protector of "${primary}"?`);
    assert.match(consent.detail, /^1\. Create server key .* on "sql-orders-neu"\n2\. /);
    await workbench().screenshot('run-plan-consent');
    await consent.choose('Run Plan');
    await workbench().waitForToast(
      `Plan finished: "kv-orders_tde-orders_fedc…" is the TDE protector of "${replica}", "${primary}".`,
    );
    assert.deepEqual(await changesSent(), inOrder);
  });
});
