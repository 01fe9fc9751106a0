import assert from 'node:assert/strict';
import type { Server } from '../emulator/base/state';
import type { HttpAnswer } from './armClient';
import { findServer, keyBody, keyName, keyUri } from './demoIds';
import { freshEmulator } from './freshEmulator';

const otherTenant = '33333333-0000-4000-8000-000000000000';

describe('A server', () => {
  const azure = freshEmulator({ operationMs: 5 });

  const id = () => stateOf().id;
  const stateOf = () => findServer(azure.running.emulator.state, 'sql-billing-weu');
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

  describe('that Azure SQL has deleted', () => {
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
      it(`is not found: ${method} …${path}`, async () => {
        stateOf().state = 'Gone';
        assert.deepEqual(refusal(await azure.arm.call(method, id() + path)), notFound);
      });
    }

    it('accepts no server key', async () => {
      stateOf().state = 'Gone';
      assert.deepEqual(refusal(await putKey()), notFound);
    });

    it('is in Resource Graph with its last state, but not in the list of servers', async () => {
      stateOf().state = 'Gone';
      assert.deepEqual(await graph('name, state = properties.state'), { name: 'sql-billing-weu', state: 'Ready' });
      const listed = (await azure.arm.get(id().replace(/\/[^/]+$/, ''))).body.value;
      assert.deepEqual(
        listed?.map((s) => s.name),
        [],
      );
    });

    it('still has locks and permissions, which come from ARM', async () => {
      stateOf().state = 'Gone';
      for (const what of ['locks', 'permissions']) {
        const { status } = await azure.arm.get(`${id()}/providers/Microsoft.Authorization/${what}`);
        assert.equal(status, 200);
      }
    });
  });

  describe('that moved to another tenant', () => {
    beforeEach(() => {
      principalOf(stateOf()).tenantId = otherTenant;
    });

    it('shows the tenant of its old identity', async () => {
      assert.equal((await identityOf()).tenantId, otherTenant);
      assert.equal(((await graph('identity'))?.identity as Record<string, string> | undefined)?.tenantId, otherTenant);
    });

    it('gets a new identity without permissions when one is assigned again', async () => {
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

    it('keeps its identity when other properties change', async () => {
      const { principalId } = stateOf();
      await azure.arm.finish(await azure.arm.call('PATCH', id(), { body: { tags: {} } }));
      assert.equal(stateOf().principalId, principalId);
    });
  });

  it('keeps its identity when one is assigned again', async () => {
    const { principalId } = stateOf();
    const body = { identity: { type: 'SystemAssigned' } };
    await azure.arm.finish(await azure.arm.call('PATCH', id(), { body }));
    assert.equal(stateOf().principalId, principalId);
  });
});
