import assert from 'node:assert/strict';
import { roles } from '../emulator/seeds/roleDefinitions';
import type { HttpAnswer } from './armClient';
import { findServer, keyBody, keyName, keyUri, serverId, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';

describe('The ARM gateway', () => {
  const azure = freshEmulator({ operationMs: 5 });

  const server = (name: string) => serverId(azure.running.emulator.state, name);
  const outcome = ({ status, body, headers }: HttpAnswer) => [
    status,
    body.error?.code,
    headers['x-ms-failure-cause'] ?? 'service',
  ];

  it('ignores the casing of IDs in requests, and returns them in their original casing', async () => {
    const { status, body } = await azure.arm.get(server('sql-orders-weu').toUpperCase());
    assert.equal(status, 200);
    assert.equal(body.id, server('sql-orders-weu'));
  });

  it('adds its headers to every answer', async () => {
    const correlationId = '11111111-2222-4333-8444-555555555555';
    const { headers } = await azure.arm.get(server('sql-dev-weu'), {
      headers: { 'x-ms-correlation-request-id': correlationId },
    });
    assert.equal(headers['x-ms-correlation-request-id'], correlationId);
    assert.match(String(headers['x-ms-request-id']), /^[0-9a-f-]{36}$/);
    assert.match(String(headers['x-ms-ratelimit-remaining-subscription-reads']), /^\d+$/);
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  });

  it('refuses reads beyond its limit for a subscription and a principal, and says when to try again', async () => {
    azure.running.emulator.options.armQuota = 3;
    const read = () => azure.arm.get(server('sql-dev-weu'));
    const remaining: unknown[] = [];
    for (let i = 0; i < 3; i += 1)
      remaining.push((await read()).headers['x-ms-ratelimit-remaining-subscription-reads']);
    assert.deepEqual(remaining, ['2', '1', '0']);
    const refused = await read();
    assert.deepEqual(outcome(refused), [429, 'SubscriptionRequestsThrottled', 'gateway']);
    assert.ok(Number(refused.headers['retry-after']) >= 1);
    assert.match(
      refused.body.error?.message ?? '',
      /^Number of 'read' requests for subscription '[^']+' actor '[^']+' exceeded\./,
    );
    assert.equal((await azure.arm.get('/subscriptions')).status, 200);
    assert.equal((await azure.arm.call('PATCH', server('sql-dev-weu'), { body: {} })).status, 202);
    const reads = [...azure.running.emulator.buckets].filter(([name]) => name.includes('reads'));
    for (const [name, { tokens }] of reads)
      azure.running.emulator.buckets.set(name, { tokens, time: Date.now() - 4000 });
    assert.equal((await read()).status, 200);
  });

  const versions: [title: string, method: string, query: string, expected: [number, string]][] = [
    ['a missing api-version', 'GET', '?api-version=', [400, 'MissingApiVersionParameter']],
    ['an invalid api-version', 'GET', '?api-version=latest', [400, 'InvalidApiVersionParameter']],
    ['an unknown api-version of a read', 'GET', '?api-version=2099-01-01', [404, 'InvalidResourceType']],
    ['an unknown api-version of a write', 'PUT', '?api-version=2099-01-01', [400, 'NoRegisteredProviderFound']],
  ];
  for (const [title, method, query, expected] of versions) {
    it(`refuses ${title} and lists the supported ones`, async () => {
      const answer = await azure.arm.call(method, `${server('sql-dev-weu')}/keys/x${query}`);
      assert.deepEqual(outcome(answer), [...expected, 'gateway']);
      if (expected[1] !== 'MissingApiVersionParameter') {
        assert.match(answer.body.error?.message ?? '', /2023-08-01.*2021-11-01/);
      }
    });
  }

  it('can simulate a cloud with older api-versions', async () => {
    azure.running.emulator.options.apiVersions = { 'Microsoft.Sql': ['2021-11-01'] };
    const put = await azure.arm.call('PUT', `${server('sql-dev-weu')}/keys/x?api-version=2023-08-01`);
    assert.deepEqual(outcome(put), [400, 'NoRegisteredProviderFound', 'gateway']);
    assert.equal((await azure.arm.get(`${server('sql-dev-weu')}/keys?api-version=2021-11-01`)).status, 200);
  });

  const places: [title: string, path: (id: string) => string, expected: unknown[]][] = [
    [
      'an unknown subscription',
      (id) => id.replace(/\/subscriptions\/[^/]+/, '/subscriptions/00000000-0000-0000-0000-000000000000'),
      [404, 'SubscriptionNotFound', 'gateway'],
    ],
    ['an unknown resource group', (id) => id.replace('rg-orders', 'rg-none'), [403, 'AuthorizationFailed', 'gateway']],
    [
      'a server of another resource group',
      (id) => id.replace('rg-orders', 'rg-billing'),
      [404, 'ServerNotInSubscriptionResourceGroup', 'service'],
    ],
    [
      'a server of another subscription',
      (id) => id.replace('sql-orders-weu', 'sql-dev-weu'),
      [404, 'SubscriptionDoesNotHaveServer', 'service'],
    ],
    [
      'a server that does not exist',
      (id) => id.replace('sql-orders-weu', 'sql-none'),
      [404, 'ResourceNotFound', 'gateway'],
    ],
    [
      'a key of a server that does not exist',
      (id) => `${id.replace('sql-orders-weu', 'sql-none')}/keys`,
      [404, 'ParentResourceNotFound', 'gateway'],
    ],
    ['a key that the server does not have', (id) => `${id}/keys/none`, [404, 'ResourceNotFound', 'service']],
  ];
  for (const [title, path, expected] of places) {
    it(`answers ${title} with ${String(expected[1])}`, async () => {
      assert.deepEqual(outcome(await azure.arm.get(path(server('sql-orders-weu')))), expected);
    });
  }

  it('reports an unknown resource group to a caller with permissions for the subscription', async () => {
    const path = server('sql-dev-weu').replace('rg-dev', 'rg-none');
    assert.deepEqual(outcome(await azure.arm.get(path)), [404, 'ResourceGroupNotFound', 'gateway']);
  });

  it('refuses an action without permission, and names the caller, the action, and the scope', async () => {
    const id = server('sql-payroll-weu');
    assert.equal((await azure.arm.get(id)).status, 200);
    for (const path of ['keys', 'encryptionProtector']) {
      const answer = await azure.arm.get(`${id}/${path}`);
      assert.deepEqual(outcome(answer), [403, 'AuthorizationFailed', 'gateway']);
      const { caller } = azure.running.emulator.state;
      const text = `object id '${caller}' does not have authorization to perform action 'Microsoft.Sql/servers/${path}/read' over scope '${id}'`;
      assert.ok(answer.body.error?.message.includes(text), answer.text);
    }
  });

  it('requires the actions of the operation to poll it, in the resource group', async () => {
    const { state } = azure.running.emulator;
    const uri = keyUri(state, 'kv-billing', 'tde-billing');
    const id = `${server('sql-billing-weu')}/keys/${keyName(uri)}`;
    const accepted = await azure.arm.call('PUT', id, { body: keyBody(uri) });
    // The role remains for the server alone.
    for (const assignment of state.roleAssignments) {
      if (assignment.scope.endsWith('rg-billing')) assignment.scope = server('sql-billing-weu');
    }
    for (const [header, name] of [
      ['azure-asyncoperation', 'serverKeyAzureAsyncOperation'],
      ['location', 'serverKeyOperationResults'],
    ] as const) {
      const url = String(accepted.headers[header]);
      const answer = await azure.arm.get(url);
      assert.deepEqual(outcome(answer), [403, 'AuthorizationFailed', 'gateway']);
      const text = `action 'Microsoft.Sql/locations/${name}/read' over scope '${new URL(url).pathname}'`;
      assert.ok(answer.body.error?.message.includes(text), answer.text);
    }
  });

  for (const what of ['permissions', 'roleDefinitions', 'roleAssignments', 'locks']) {
    it(`requires the action for ${what}`, async () => {
      for (const role of azure.running.emulator.state.roleDefinitions) {
        role.notActions.push(`Microsoft.Authorization/${what}/read`);
      }
      const answer = await azure.arm.get(`${server('sql-orders-weu')}/providers/Microsoft.Authorization/${what}`);
      assert.deepEqual(outcome(answer), [403, 'AuthorizationFailed', 'gateway']);
      assert.match(answer.body.error?.message ?? '', new RegExp(`action 'Microsoft.Authorization/${what}/read'`));
    });
  }

  it('requires the write action at the resource for a PUT', async () => {
    const { state } = azure.running.emulator;
    const uri = keyUri(state, 'kv-billing', 'tde-billing');
    const id = `${server('sql-payroll-weu')}/keys/${keyName(uri)}`;
    const { body } = await azure.arm.call('PUT', id, { body: keyBody(uri) });
    assert.ok(
      body.error?.message.includes(`action 'Microsoft.Sql/servers/keys/write' over scope '${id}'`),
      body.error?.message,
    );
  });

  it('refuses writes, deletes, and actions but not reads under a ReadOnly lock', async () => {
    const uri = keyUri(azure.running.emulator.state, 'kv-billing', 'tde-billing');
    const id = `${server('sql-legacy-neu')}/keys/${keyName(uri)}`;
    assert.deepEqual(outcome(await azure.arm.call('PUT', id, { body: keyBody(uri) })), [409, 'ScopeLocked', 'gateway']);
    assert.deepEqual(outcome(await azure.arm.call('DELETE', id)), [409, 'ScopeLocked', 'gateway']);
    const revalidate = `${server('sql-legacy-neu')}/encryptionProtector/current/revalidate`;
    assert.deepEqual(outcome(await azure.arm.call('POST', revalidate)), [409, 'ScopeLocked', 'gateway']);
    assert.equal((await azure.arm.get(`${server('sql-legacy-neu')}/keys`)).status, 200);
    const locks = await azure.arm.get(`${server('sql-legacy-neu')}/providers/Microsoft.Authorization/locks`);
    assert.deepEqual(
      locks.body.value?.map((lock) => lock.properties.level),
      ['ReadOnly'],
    );
  });

  it('refuses only deletes under a CanNotDelete lock', async () => {
    azure.running.emulator.state.locks = [
      { scope: server('sql-billing-weu'), name: 'keep', level: 'CanNotDelete', notes: '' },
    ];
    const uri = keyUri(azure.running.emulator.state, 'kv-billing', 'tde-billing');
    const id = `${server('sql-billing-weu')}/keys/${keyName(uri)}`;
    assert.equal((await azure.arm.call('PUT', id, { body: keyBody(uri) })).status, 202);
    assert.equal((await azure.arm.call('DELETE', id)).body.error?.code, 'ScopeLocked');
  });

  it('lists the subscriptions of the tenant and those that Azure Lighthouse delegates to it', async () => {
    const { state } = azure.running.emulator;
    const names = async () => (await azure.arm.get('/subscriptions')).body.value?.map((s) => s.displayName);
    assert.deepEqual(await names(), ['Contoso Production', 'Contoso Development', 'Fabrikam Test']);
    const fabrikam = state.subscriptions.find((s) => s.displayName === 'Fabrikam Test');
    assert.ok(fabrikam);
    fabrikam.managedByTenants = [];
    assert.deepEqual(await names(), ['Contoso Production', 'Contoso Development']);
    assert.deepEqual(outcome(await azure.arm.get(`/subscriptions/${fabrikam.subscriptionId}`)), [
      401,
      'InvalidAuthenticationTokenTenant',
      'gateway',
    ]);
  });

  it('omits from lists what the caller has no permission to read', async () => {
    const { state } = azure.running.emulator;
    state.roleAssignments = state.roleAssignments.filter((a) => !a.scope.endsWith('rg-orders'));
    const path = `${server('sql-orders-weu').split('/').slice(0, 3).join('/')}/providers/Microsoft.Sql/servers`;
    const names = (await azure.arm.get(path)).body.value?.map((s) => s.name) ?? [];
    assert.ok(names.includes('sql-billing-weu') && !names.includes('sql-orders-weu'), names.join());
    assert.deepEqual(outcome(await azure.arm.get(server('sql-orders-weu'))), [403, 'AuthorizationFailed', 'gateway']);
  });

  it('returns the permissions of the caller', async () => {
    const path = '/providers/Microsoft.Authorization/permissions';
    const owner = await azure.arm.get(server('sql-orders-weu') + path);
    assert.deepEqual(
      owner.body.value?.map((p) => p.actions),
      [['*']],
    );
    const payroll = JSON.stringify((await azure.arm.get(server('sql-payroll-weu') + path)).body.value);
    assert.ok(payroll.includes('Microsoft.Sql/servers/read') && !payroll.includes('servers/keys'), payroll);
  });

  it('refuses invalid JSON as ARM does', async () => {
    const answer = await azure.arm.call('PUT', `${server('sql-dev-weu')}/keys/x`, { body: '{"properties":' });
    assert.deepEqual(outcome(answer), [400, 'InvalidRequestContent', 'gateway']);
  });

  it('creates role assignments once, and deletes them', async () => {
    const { state } = azure.running.emulator;
    const { principalId = '' } = findServer(state, 'sql-dev-weu');
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${roles.cryptoServiceEncryptionUser}`;
    const assignments = `${vaultId(state, 'kv-noaccess')}/providers/Microsoft.Authorization/roleAssignments`;
    const body = { properties: { principalId, roleDefinitionId, principalType: 'ServicePrincipal' } };
    const first = 'aaaaaaaa-0000-4000-8000-000000000001';
    const second = 'aaaaaaaa-0000-4000-8000-000000000002';
    assert.equal((await azure.arm.call('PUT', `${assignments}/${first}`, { body })).status, 201);
    assert.deepEqual(outcome(await azure.arm.call('PUT', `${assignments}/${second}`, { body })), [
      409,
      'RoleAssignmentExists',
      'service',
    ]);
    const listed = await azure.arm.get(
      `${assignments}?$filter=${encodeURIComponent(`principalId eq '${principalId}'`)}`,
    );
    assert.deepEqual(
      listed.body.value?.map((a) => a.name),
      [first],
    );
    assert.equal((await azure.arm.call('DELETE', `${assignments}/${first}`)).status, 200);
    assert.equal((await azure.arm.call('DELETE', `${assignments}/${first}`)).status, 204);
    const stranger = { properties: { principalId: first, roleDefinitionId } };
    assert.deepEqual(outcome(await azure.arm.call('PUT', `${assignments}/${first}`, { body: stranger })), [
      400,
      'PrincipalNotFound',
      'service',
    ]);
  });
});
