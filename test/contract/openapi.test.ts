import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator, type RunningEmulator } from '../emulator/startEmulator';
import { armClient, type ArmClient } from './armClient';
import { keyBody, keyName, keyUri, serverId, vaultId } from './demoIds';
import { reads } from './openApiReads';
import { documents, loadDocuments, specs, type CheckAnswer } from './openApiDocuments';

describe("Answers and Azure's OpenAPI documents", function () {
  this.timeout(60_000);

  let running: RunningEmulator;
  let arm: ArmClient;
  let check: CheckAnswer;
  before(async () => {
    running = await startEmulator({ operationMs: 5 });
    arm = await armClient(running.info);
    check = await loadDocuments();
  });
  after(() => running.close());

  const server = (name: string) => serverId(running.emulator.state, name);
  const vault = (name: string) => vaultId(running.emulator.state, name);
  const resolveIds = (url: string): string => {
    const { state } = running.emulator;
    const ids = new Map([
      ['caller', state.caller],
      ...state.subscriptions.map((s) => [s.displayName, `/subscriptions/${s.subscriptionId}`] as const),
      ...[...state.servers, ...state.managedInstances, ...state.vaults].map(({ name, id }) => [name, id] as const),
    ]);
    return url.replace(/\{(.+?)\}/g, (_, name: string) => ids.get(name) ?? assert.fail(name));
  };

  it('use all documents of their api-versions', () => {
    for (const [folder, names] of Object.entries(documents)) {
      const present = readdirSync(join(specs, folder)).filter((name) => name.endsWith('.json'));
      assert.deepEqual(present.toSorted(), names, folder);
    }
  });

  for (const [title, url] of reads) {
    it(`agree: ${title}`, async () => {
      await check('GET', resolveIds(url), await arm.get(resolveIds(url)));
    });
  }

  for (const parent of ['sql-billing-weu', 'sqlmi-billing-weu']) {
    it(`agree when a key of ${parent} is created, created again, and deleted`, async () => {
      const uri = keyUri(running.emulator.state, 'kv-billing', 'tde-billing');
      const url = `${resolveIds(`{${parent}}`)}/keys/${keyName(uri)}?api-version=2023-08-01`;
      const accepted = await arm.call('PUT', url, { body: keyBody(uri) });
      assert.equal(accepted.status, 202);
      await check('PUT', url, accepted);
      await arm.finish(accepted);
      await check('PUT', url, await arm.get(String(accepted.headers.location)));
      await check('PUT', url, await arm.call('PUT', url, { body: keyBody(uri) }));
      const removed = await arm.call('DELETE', url);
      assert.equal(removed.status, 202);
      await check('DELETE', url, removed);
      await arm.finish(removed);
      const absent = await arm.call('DELETE', url);
      assert.equal(absent.status, 204);
      await check('DELETE', url, absent);
    });
  }

  for (const parent of ['sql-hr-weu', 'sqlmi-orders-weu']) {
    it(`agree when the TDE protector of ${parent} is set and revalidated`, async () => {
      const url = `${resolveIds(`{${parent}}`)}/encryptionProtector/current`;
      const body = { properties: { serverKeyType: 'ServiceManaged', serverKeyName: 'ServiceManaged' } };
      const accepted = await arm.call('PUT', `${url}?api-version=2023-08-01`, { body });
      await check('PUT', `${url}?api-version=2023-08-01`, accepted);
      await arm.finish(accepted);
      await check('PUT', `${url}?api-version=2023-08-01`, await arm.get(String(accepted.headers.location)));
      const revalidate = `${url}/revalidate?api-version=2023-08-01`;
      await check('POST', revalidate, await arm.call('POST', revalidate));
    });
  }

  /** Sends requests one after the other, waits for their operations, and returns the statuses. */
  async function agree(
    requests: readonly [method: string, path: string, body?: object][],
    version = '2023-08-01',
  ): Promise<number[]> {
    const statuses: number[] = [];
    for (const [method, path, body] of requests) {
      const url = `${path}?api-version=${version}`;
      const answer = await arm.call(method, url, { body });
      await check(method, url, answer);
      statuses.push(answer.status);
      if (answer.status !== 202) continue;
      assert.equal((await arm.finish(answer)).body.status, 'Succeeded', `${method} ${path}`);
      const result = await arm.get(String(answer.headers.location));
      if (result.text !== '"OK"') await check(method, url, result);
    }
    return statuses;
  }

  it('agree when the encryption of databases changes', async () => {
    const database = resolveIds('{sql-inventory-weu}/databases/suppliers');
    const encryptionProtector = keyUri(running.emulator.state, 'kv-billing', 'tde-billing');
    const statuses = await agree([
      ['PATCH', database, { properties: { encryptionProtector } }],
      ['POST', `${database}/encryptionProtector/current/revalidate`],
      ['POST', `${database}/encryptionProtector/current/revert`],
      ['POST', `${database}/encryptionProtector/current/revert`],
      ['PUT', `${database}/transparentDataEncryption/current`, { properties: { state: 'Disabled' } }],
      ['PUT', `${database}/transparentDataEncryption/current`, { properties: { state: 'Disabled' } }],
    ]);
    assert.deepEqual(statuses, [202, 202, 202, 400, 202, 200]);
  });

  it('agree when a failover group is created, fails over, and is deleted, and when its link is deleted', async () => {
    const [primary, secondary] = [resolveIds('{sql-dev-weu}'), resolveIds('{sql-dev-neu}')];
    const properties = {
      readWriteEndpoint: { failoverPolicy: 'Manual' },
      partnerServers: [{ id: secondary }],
      databases: [`${primary}/databases/dev-test`],
    };
    const group = `/failoverGroups/fog-dev`;
    const changes = await agree([
      ['PUT', `${primary}${group}`, { properties }],
      ['PATCH', `${primary}${group}`, { properties: { readWriteEndpoint: { failoverPolicy: 'Manual' } } }],
      ['POST', `${primary}${group}/failover`],
      ['POST', `${secondary}${group}/failover`],
      ['DELETE', `${secondary}${group}`],
      ['DELETE', `${secondary}${group}`],
    ]);
    assert.deepEqual(changes, [202, 202, 400, 202, 202, 204]);
    const links = await arm.get(`${primary}/replicationLinks?api-version=2023-08-01`);
    const link = links.body.value?.[0]?.id ?? '';
    const ends = await agree([
      ['GET', link],
      ['POST', `${link}/failover`],
      ['POST', `${link}/failover`],
      ['DELETE', link],
    ]);
    assert.deepEqual(ends, [200, 202, 400, 202]);
  });

  it('agree when a server is updated with a key, and in the list of its operations', async () => {
    const { state } = running.emulator;
    const url = `${server('sql-inventory-weu')}?api-version=2023-08-01`;
    for (const vaultName of ['kv-billing', 'kv-orders']) {
      const keyId = keyUri(state, vaultName, vaultName.replace('kv', 'tde'));
      const accepted = await arm.call('PATCH', url, { body: { properties: { keyId } } });
      await check('PATCH', url, accepted);
      await arm.finish(accepted);
    }
    const operations = url.replace('?', '/operations?');
    const listed = await arm.get(operations);
    assert.deepEqual(
      listed.body.value?.map((o) => o.properties.state),
      ['Succeeded', 'Failed'],
    );
    await check('GET', operations, listed);
    const refused = await arm.call('PATCH', url, { body: { properties: { keyId: 'none' } } });
    assert.equal(refused.status, 400);
    await check('PATCH', url, refused);
  });

  it('agree when servers and vaults are created, replaced, and deleted', async () => {
    const server = resolveIds('{sql-dev-weu}').replace('sql-dev-weu', 'sql-new-weu');
    const properties = { administratorLogin: 'sqladmin', administratorLoginPassword: 'Correct horse 9' };
    const ofServer = await agree([
      ['PUT', server, { location: 'westeurope', properties }],
      ['PUT', server, { location: 'westeurope' }],
      ['PUT', server, { location: 'eastus' }],
      ['DELETE', server],
      ['DELETE', server],
    ]);
    assert.deepEqual(ofServer, [202, 202, 409, 202, 204]);
    const vaultPath = resolveIds('{kv-orders}').replace('kv-orders', 'kv-new');
    const tenantId = '33333333-0000-4000-8000-000000000000';
    const body = { location: 'westeurope', properties: { tenantId, sku: { family: 'A', name: 'standard' } } };
    const accessPolicies = [{ tenantId, objectId: tenantId, permissions: { keys: ['get'] } }];
    const statuses = await agree(
      [
        ['PUT', vaultPath, body],
        ['PUT', vaultPath, body],
        ['PUT', `${vaultPath}/accessPolicies/replace`, { properties: { accessPolicies } }],
        ['PUT', `${vaultPath}/accessPolicies/remove`, { properties: { accessPolicies } }],
        ['DELETE', vaultPath],
        ['DELETE', vaultPath],
        ['PUT', vaultPath, body],
      ],
      '2023-07-01',
    );
    assert.deepEqual(statuses, [201, 200, 200, 200, 200, 204, 409]);
  });

  it('agree for a server that Azure SQL has deleted', async () => {
    const gone = running.emulator.state.servers.find((s) => s.name === 'sql-dev-neu');
    assert.ok(gone);
    gone.state = 'Gone';
    const url = `${server('sql-dev-neu')}?api-version=2023-08-01`;
    await check('GET', url, await arm.get(url));
  });

  it('agree when vaults and managed HSMs are updated, and in the list of deleted vaults', async () => {
    const networkAcls = {
      defaultAction: 'Deny',
      ipRules: [{ value: '203.0.113.7' }],
      virtualNetworkRules: [{ id: '/subscriptions/s/subnets/n', ignoreMissingVnetServiceEndpoint: true }],
    };
    for (const properties of [{ networkAcls, enableRbacAuthorization: false }, { enablePurgeProtection: false }]) {
      for (const name of ['kv-billing', 'hsm-contoso']) {
        const url = `${vault(name)}?api-version=2023-07-01`;
        await check('PATCH', url, await arm.call('PATCH', url, { body: { properties } }));
      }
    }
    const add = `${vault('kv-billing')}/accessPolicies/add?api-version=2023-07-01`;
    const tenantId = '33333333-0000-4000-8000-000000000000';
    const accessPolicies = [{ tenantId, objectId: tenantId, permissions: { keys: ['get'], secrets: ['list'] } }];
    await check('PUT', add, await arm.call('PUT', add, { body: { properties: { accessPolicies } } }));
    const fabrikam = running.emulator.state.vaults.find((v) => v.name === 'kv-fabrikam');
    assert.ok(fabrikam);
    Object.assign(fabrikam, { deleted: true, deletionDate: '2026-11-01T12:00:00.000Z' });
    const deleted = resolveIds('{Fabrikam Test}/providers/Microsoft.KeyVault/deletedVaults?api-version=2023-07-01');
    const listed = await arm.get(deleted);
    assert.equal(listed.body.value?.length, 1);
    await check('GET', deleted, listed);
  });

  it('agree for queries of Resource Graph', async () => {
    const url = '/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01';
    const query = "resources | where type =~ 'microsoft.sql/servers' | project id, name, identity";
    await check('POST', url, await arm.call('POST', url, { body: { query } }));
    await check('POST', url, await arm.call('POST', url, { body: { query: 'nonsense' } }));
  });

  it('differ if an answer is wrong', async () => {
    const url = `${server('sql-orders-weu')}/encryptionProtector/current?api-version=2023-08-01`;
    const answer = await arm.get(url);
    answer.body.properties = { serverKeyName: 1 };
    await assert.rejects(check('GET', url, answer), /serverKeyName|serverKeyType/);
  });

  if (!existsSync(specs)) {
    // The summary of `npm test` repeats this line.
    console.log(
      `Not run: ${this.tests.length} tests against Azure's OpenAPI documents, because there is no folder ${specs}. ` +
        'Set AZURE_SPECS_DIR to a copy of https://github.com/Azure/azure-rest-api-specs to run them.',
    );
    this.tests = [];
  }
});
