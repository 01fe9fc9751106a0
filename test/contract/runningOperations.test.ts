import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { findServer, keyBody, keyName, keyUri, serverId } from './demoIds';
import { freshEmulator } from './freshEmulator';

const name = 'sql-billing-weu';

describe("The list of a server's operations", () => {
  const azure = freshEmulator({ operationMs: 5 });

  const id = (server = name) => serverId(azure.running.emulator.state, server);
  const uriOf = (key = 'tde-billing') => keyUri(azure.running.emulator.state, 'kv-billing', key);
  const putKey = (uri = uriOf(), server = name) =>
    azure.arm.call('PUT', `${id(server)}/keys/${keyName(uri)}`, { body: keyBody(uri) });
  const list = async (server = name) => (await azure.arm.get(`${id(server)}/operations`)).body.value ?? [];
  const states = async () => (await list()).map((o) => o.properties.state);

  it('is empty at the start', async () => {
    assert.deepEqual(await list(), []);
  });

  it('shows an operation that succeeded', async () => {
    const poll = await azure.arm.finish(await putKey());
    assert.deepEqual(await list(), [
      {
        properties: {
          operation: 'UpsertLogicalServerEncryptionKeys',
          operationFriendlyName: 'CREATE SERVER KEY',
          percentComplete: 100,
          serverName: name,
          startTime: poll.body.startTime,
          state: 'Succeeded',
          isCancellable: false,
        },
        id: `${id()}/operations/${String(poll.body.name)}`,
        name: poll.body.name,
        type: 'Microsoft.Sql/servers/operations',
      },
    ]);
  });

  it('shows an operation from pending to succeeded', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    await putKey();
    assert.deepEqual(await states(), ['Pending']);
    const [operation] = azure.running.emulator.operations;
    assert.ok(operation);
    operation.startTime = new Date(Date.now() - 30_000).toISOString();
    operation.due = Date.now() + 30_000;
    const [running] = await list();
    assert.deepEqual([running?.properties.state, running?.properties.percentComplete], ['InProgress', 50]);
    operation.due = 0;
    assert.deepEqual(await states(), ['Succeeded']);
  });

  it('shows why an operation failed', async () => {
    await azure.arm.finish(await putKey(uriOf('tde-billing-ec')));
    const [failed] = await list();
    assert.equal(failed?.properties.state, 'Failed');
    assert.match(String(failed.properties.errorDescription), /unsupported RSA Key Size/);
  });

  it('shows a failure only at the end, like a poll', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    azure.running.emulator.faults.push({ match: { path: '/keys/' }, code: 'InternalServerError', when: 'poll' });
    const accepted = await putKey();
    assert.equal((await list())[0]?.properties.errorDescription, undefined);
    const poll = await azure.arm.get(String(accepted.headers['azure-asyncoperation']));
    assert.deepEqual([poll.body.status, poll.body.error], ['InProgress', undefined]);
  });

  it('has operations of all kinds, but only of this server', async () => {
    await azure.arm.finish(await putKey());
    const protector = `${id()}/encryptionProtector/current`;
    const properties = { serverKeyType: 'ServiceManaged', serverKeyName: 'ServiceManaged' };
    await azure.arm.finish(await azure.arm.call('PUT', protector, { body: { properties } }));
    await azure.arm.finish(await azure.arm.call('POST', `${protector}/revalidate`));
    await azure.arm.finish(await azure.arm.call('PATCH', id(), { body: { identity: { type: 'SystemAssigned' } } }));
    await azure.arm.finish(await azure.arm.call('DELETE', `${id()}/keys/${keyName(uriOf())}`));
    assert.deepEqual(
      (await list()).map((o) => o.properties.operation),
      [
        'UpsertLogicalServerEncryptionKeys',
        'UpsertLogicalServerEncryptionprotector',
        'MakeAllLogicalDatabasesAccessible',
        'UpsertLogicalServer',
        'DeleteLogicalServerEncryptionKeys',
      ],
    );
    assert.deepEqual(await list('sql-dev-weu'), []);
  });

  it('requires a separate permission', async () => {
    const answer = await azure.arm.get(`${id('sql-payroll-weu')}/operations`);
    assert.match(answer.body.error?.message ?? '', /Microsoft\.Sql\/servers\/operations\/read/);
  });
});

describe('A server key that is requested again while it is being created', () => {
  const azure = freshEmulator({ operationMs: 60_000 });
  const id = () => serverId(azure.running.emulator.state, name);
  const uriOf = (ordinal?: number) => keyUri(azure.running.emulator.state, 'kv-billing', 'tde-billing', ordinal);
  const put = (uri = uriOf(), keyNamed = keyName(uri)) =>
    azure.arm.call('PUT', `${id()}/keys/${keyNamed}`, { body: keyBody(uri) });
  const poll = (accepted: { headers: Record<string, unknown> }) =>
    azure.arm.get(String(accepted.headers['azure-asyncoperation']));

  it('is created by the second request, which interrupts the first', async () => {
    const first = await put();
    azure.running.emulator.options.operationMs = 5;
    const second = await put(uriOf(), keyName(uriOf()).toUpperCase());
    assert.equal(second.status, 202, second.text);
    const interrupted = await poll(first);
    assert.equal(interrupted.status, 200);
    assert.equal(interrupted.body.status, 'Failed');
    assert.deepEqual(interrupted.body.error, {
      code: 'OperationInterrupted',
      message:
        'The operation on the resource could not be completed because it was interrupted by another operation on the same resource.',
    });
    assert.equal((await azure.arm.finish(second)).body.status, 'Succeeded');
    await delay(10);
    const keys = findServer(azure.running.emulator.state, name).keys;
    assert.equal(keys.length, 1);
  });

  it('blocks other keys, a deletion, and a new TDE protector', async () => {
    const first = await put();
    const key = `${id()}/keys/${keyName(uriOf())}`;
    const others = [
      await put(uriOf(1)),
      await azure.arm.call('PUT', `${id()}/encryptionProtector/current`, {
        body: { properties: { serverKeyType: 'ServiceManaged' } },
      }),
    ];
    findServer(azure.running.emulator.state, name).keys.push({
      name: keyName(uriOf()),
      uri: uriOf(),
      thumbprint: 'AB',
      creationDate: '2026-01-01T00:00:00Z',
    });
    others.push(await azure.arm.call('DELETE', key));
    assert.deepEqual(
      others.map(({ body }) => body.error?.code),
      ['ConflictingServerOperation', 'ConflictingServerOperation', 'ConflictingServerOperation'],
    );
    assert.equal((await poll(first)).body.status, 'InProgress');
  });

  it('must wait for an operation of another kind', async () => {
    const body = { properties: { serverKeyType: 'ServiceManaged', serverKeyName: '' } };
    await azure.arm.call('PUT', `${id()}/encryptionProtector/current`, { body });
    assert.equal((await put()).body.error?.code, 'ConflictingServerOperation');
    const removal = await azure.arm.call('DELETE', `${id()}/keys/${keyName(uriOf())}`);
    assert.equal(removal.body.error?.code, 'ConflictingServerOperation');
  });
});
