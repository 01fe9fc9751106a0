import assert from 'node:assert/strict';
import type { HttpAnswer } from './armClient';
import { customerManaged, refusal, serverClient } from './serverClient';

describe('The activity log', () => {
  const { azure, id, uriOf, putKey, putProtector, succeeds } = serverClient();
  const day = 86_400_000;
  const subscription = () => id('sql-billing-weu').split('/resourceGroups/')[0] ?? '';
  const read = (filter: string) => {
    const values = `${subscription()}/providers/Microsoft.Insights/eventtypes/management/values`;
    return azure.arm.get(`${values}?api-version=2015-04-01&$filter=${encodeURIComponent(filter)}`);
  };
  const since = (days: number) => `eventTimestamp ge '${new Date(Date.now() - days * day).toISOString()}'`;
  const text = (value: unknown) => (value as { value: string }).value;
  const summary = ({ body }: HttpAnswer) =>
    (body.value ?? []).map(({ operationName, status }) => [text(operationName), text(status)]);

  it('has the start and the end of a change, which share a correlation ID, newest first', async () => {
    const uri = uriOf('kv-billing', 'tde-billing');
    await succeeds(putKey('sql-billing-weu', uri));
    await succeeds(putProtector('sql-billing-weu', customerManaged(uri)));
    const server = id('sql-billing-weu');
    const log = await read(`${since(1)} and resourceUri eq '${server}/encryptionProtector/current'`);
    const action = 'Microsoft.Sql/servers/encryptionProtector/write';
    assert.deepEqual(summary(log), [
      [action, 'Succeeded'],
      [action, 'Accepted'],
    ]);
    const [end, start] = log.body.value ?? [];
    assert.equal(end?.correlationId, start?.correlationId);
    assert.equal(end?.resourceId, `${server}/encryptionProtector/current`);
    assert.equal(end.resourceGroupName, 'rg-billing');
    const group = await read(`${since(1)} and resourceGroupName eq 'rg-billing'`);
    assert.equal(group.body.value?.length, 4);
    const correlated = await read(`${since(1)} and correlationId eq '${String(end.correlationId)}'`);
    assert.equal(correlated.body.value?.length, 2);
  });

  it('has the error of an operation and of a request that failed', async () => {
    await azure.arm.finish(await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing-disabled')));
    await azure.arm.call('DELETE', `${id('sql-legacy-neu')}/keys/none`);
    const log = (await read(`${since(1)} and resourceProvider eq 'Microsoft.Sql'`)).body.value ?? [];
    const failed = log.filter(({ status }) => text(status) === 'Failed');
    assert.deepEqual(
      failed.map(({ properties }) => (JSON.parse(String(properties.statusMessage)) as HttpAnswer['body']).error?.code),
      ['ScopeLocked', 'AzureKeyVaultKeyDisabled'],
    );
  });

  it('has no reads, and only what the caller may see', async () => {
    await azure.arm.get(id('sql-billing-weu'));
    await azure.arm.call('PATCH', id('sql-billing-weu'), { body: {} });
    const log = await read(since(1));
    assert.deepEqual(new Set(summary(log).map(([action]) => action)), new Set(['Microsoft.Sql/servers/write']));
    const { state } = azure.running.emulator;
    state.roleAssignments = state.roleAssignments.filter(({ scope }) => !scope.endsWith('rg-billing'));
    assert.deepEqual(summary(await read(since(1))), []);
  });

  it('shows when the demo servers got their TDE protectors', async () => {
    const log = await read(`${since(89)} and resourceUri eq '${id('sql-orders-weu')}/encryptionProtector/current'`);
    assert.deepEqual(summary(log)[0], ['Microsoft.Sql/servers/encryptionProtector/write', 'Succeeded']);
  });

  it('has the events about databases that lost their key and got it back, in the words of Azure SQL', async () => {
    const database = `${id('sql-archive-neu')}/databases/archive-2019`;
    const [waiting, lost] = (await read(`${since(2)} and resourceUri eq '${database}'`)).body.value ?? [];
    assert.deepEqual(
      [lost, waiting].map((event) => [text(event?.eventName), text(event?.status), event?.resourceId]),
      [
        ['MakeDatabaseInaccessible', 'Started', database],
        ['MakeDatabaseInaccessible', 'Succeeded', database],
      ],
    );
    assert.match(
      String(lost?.description),
      /^Database archive-2019 on server sql-archive-neu has lost access to Azure Key Vault Key/,
    );
    assert.equal(Date.parse(String(waiting?.eventTimestamp)) - Date.parse(String(lost?.eventTimestamp)), 30 * 60_000);
    assert.equal(text(lost?.resourceType), 'Microsoft.Sql/servers/databases');
    const revalidate = () => azure.arm.call('POST', `${id('sql-archive-neu')}/encryptionProtector/current/revalidate`);
    await azure.arm.finish(await revalidate());
    const now = await read(`${since(2)} and resourceUri eq '${database}'`);
    assert.deepEqual(summary(now).slice(0, 2), [
      ['MakeDatabaseAccessible', 'Failed'],
      ['MakeDatabaseAccessible', 'Started'],
    ]);
    for (const version of azure.running.emulator.state.vaults.flatMap(({ keys }) => keys.flatMap((k) => k.versions))) {
      version.enabled = true;
    }
    await succeeds(revalidate());
    const after = await read(`${since(2)} and resourceUri eq '${database}'`);
    assert.deepEqual(summary(after)[0], ['MakeDatabaseAccessible', 'Succeeded']);
    assert.deepEqual(summary(after).slice(-2), [
      ['MakeDatabaseInaccessible', 'Succeeded'],
      ['MakeDatabaseInaccessible', 'Started'],
    ]);
  });

  it('ends after 90 days, and needs a time', async () => {
    assert.deepEqual(refusal(await read(since(91))), [400, 'BadRequest']);
    assert.deepEqual(refusal(await read("resourceGroupName eq 'rg-billing'")), [400, 'BadRequest']);
  });
});
