import assert from 'node:assert/strict';
import type { Server } from '../emulator/base/state';
import type { HttpAnswer } from './armClient';
import { keyBody, keyName, keyUri, serverId } from './demoIds';
import { freshEmulator } from './freshEmulator';

const elsewhere = '33333333-0000-4000-8000-000000000000';

describe('A server', () => {
  const azure = freshEmulator({ operationMs: 5 });

  const id = (name = 'sql-billing-weu') => serverId(azure.running.emulator.state, name);
  const stateOf = (name = 'sql-billing-weu'): Server => {
    const found = azure.running.emulator.state.servers.find((s) => s.name === name);
    assert.ok(found);
    return found;
  };
  const principalOf = (server: Server) => {
    const found = azure.running.emulator.state.principals.find((p) => p.objectId === server.principalId);
    assert.ok(found);
    return found;
  };
  const putKey = () => {
    const uri = keyUri(azure.running.emulator.state, 'kv-billing', 'tde-billing');
    return azure.arm.call('PUT', `${id()}/keys/${keyName(uri)}`, { body: keyBody(uri) });
  };
  const graph = async (projected: string) => {
    const query = `resources | where type =~ 'microsoft.sql/servers' | where name =~ 'sql-billing-weu' | project ${projected}`;
    const { body } = await azure.arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { body: { query } });
    return (body.data as Record<string, unknown>[])[0];
  };
  const identityOf = async () => (await azure.arm.get(id())).body.identity as Record<string, string>;

  describe('that Azure SQL no longer knows', () => {
    const refusal = ({ status, body, headers }: HttpAnswer) => [
      status,
      body.error?.code,
      body.error?.message,
      headers['x-ms-failure-cause'],
    ];
    const notFound = [
      404,
      'ResourceNotFound',
      "The requested resource of type 'Microsoft.Sql/servers' with name 'sql-billing-weu' was not found.",
      undefined,
    ];
    const requests: [method: string, path: string][] = [
      ['GET', ''],
      ['PATCH', ''],
      ['GET', '/keys'],
      ['GET', '/encryptionProtector/current'],
      ['GET', '/databases'],
      ['GET', '/failoverGroups'],
      ['GET', '/replicationLinks'],
      ['GET', '/operations'],
      ['DELETE', '/keys/none'],
    ];
    for (const [method, path] of requests) {
      it(`is not found by the provider: ${method} …${path}`, async () => {
        stateOf().state = 'Gone';
        assert.deepEqual(refusal(await azure.arm.call(method, id() + path)), notFound);
      });
    }

    it('gets no key', async () => {
      stateOf().state = 'Gone';
      assert.deepEqual(refusal(await putKey()), notFound);
    });

    it('is still in Resource Graph, as it last was, and in no list of Azure SQL', async () => {
      stateOf().state = 'Gone';
      assert.deepEqual(await graph('name, state = properties.state'), { name: 'sql-billing-weu', state: 'Ready' });
      const listed = (await azure.arm.get(id().replace(/\/[^/]+$/, ''))).body.value;
      assert.deepEqual(
        listed?.map((s) => s.name),
        [],
      );
    });

    it('has locks and permissions all the same, which are those of Resource Manager', async () => {
      stateOf().state = 'Gone';
      for (const what of ['locks', 'permissions']) {
        const { status } = await azure.arm.get(`${id()}/providers/Microsoft.Authorization/${what}`);
        assert.equal(status, 200);
      }
    });
  });

  describe('that has moved to another tenant', () => {
    beforeEach(() => {
      principalOf(stateOf()).tenantId = elsewhere;
    });

    it('shows the tenant in which it left its identity', async () => {
      assert.equal((await identityOf()).tenantId, elsewhere);
      assert.equal(((await graph('identity'))?.identity as Record<string, string>).tenantId, elsewhere);
    });

    it('gets a new identity when one is assigned again, and keys once that has the rights', async () => {
      const { principalId: before = '' } = stateOf();
      const failed = await azure.arm.finish(await putKey());
      assert.equal(failed.body.error?.code, 'AdalServicePrincipalNotFound');
      const body = { identity: { type: 'SystemAssigned' } };
      await azure.arm.finish(await azure.arm.call('PATCH', id(), { body }));
      const { principalId, tenantId } = await identityOf();
      assert.notEqual(principalId, before);
      assert.equal(tenantId, stateOf().tenantId);
      const withoutRights = await azure.arm.finish(await putKey());
      assert.equal(withoutRights.body.error?.code, 'AzureKeyVaultMissingPermissions');
    });

    it('keeps its identity when something else is changed', async () => {
      const { principalId } = stateOf();
      await azure.arm.finish(await azure.arm.call('PATCH', id(), { body: { tags: {} } }));
      assert.equal(stateOf().principalId, principalId);
    });
  });

  it('keeps the identity that it has when one is assigned again', async () => {
    const { principalId } = stateOf();
    const body = { identity: { type: 'SystemAssigned' } };
    await azure.arm.finish(await azure.arm.call('PATCH', id(), { body }));
    assert.equal(stateOf().principalId, principalId);
  });
});
