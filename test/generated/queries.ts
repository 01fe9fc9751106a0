import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isArmError } from '../../src/core/armError';
import { hasCode } from '../../src/core/errors/errorCode';
import { runQuery } from '../emulator/graph/query';
import { againstArm, connection, json, ownSubscriptions, ownTenants, server, vault, type Request } from './fakeArm';
import { property } from './property';
import { hostileText } from './texts';

const name = fc.oneof(
  hostileText,
  fc
    .array(fc.constantFrom("'", '\\', '\n', '|', 'or', ' ', "' or 1 == 1 | project id, name", '"', ')', 'a'), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
);

const azure = connection();

/** The requests of a call, except those for tenants and subscriptions. A name that has no address may be refused instead. */
async function requestsOf(call: () => Promise<unknown>): Promise<readonly Request[]> {
  const requests: Request[] = [];
  try {
    await againstArm((request) => {
      const { pathname } = request.url;
      if (pathname === '/tenants') return ownTenants;
      if (pathname === '/subscriptions') return ownSubscriptions;
      requests.push(request);
      return json(request.method === 'POST' ? { data: [] } : { value: [] });
    }, call);
  } catch (error) {
    assert.ok(isArmError(error) && hasCode(error, 'InvalidAddress'), String(error));
    assert.deepEqual(requests, []);
  }
  return requests;
}

const database = (id: string) => ({ id: `${id}/databases/a`, name: 'a', type: 'microsoft.sql/servers/databases' });

export const queries = [
  property('does not change the query for the databases of a server', 1500, name, async (text) => {
    const id = `${server.id}${text}`;
    for (const { body } of await requestsOf(() => azure.sqlServers.listDatabases({ ...server, id }))) {
      const { query } = JSON.parse(body) as { query: string };
      const rows = runQuery(query, { resources: () => [database('/other'), database(id), database(server.id)] }).slice(
        0,
      );
      const own = [database(id), ...(text === '' ? [database(server.id)] : [])].map(({ id: of }) => ({
        id: of,
        name: 'a',
      }));
      assert.deepEqual(rows, own, query);
    }
  }),
  property('does not change the query for a server or key vault', 1500, name, async (text) => {
    for (const call of [
      () => azure.sqlServers.find(text, [server.subscriptionId]),
      () => azure.keyVaults.find(`${text}.vault.azure.net`, [server.subscriptionId]),
    ]) {
      for (const { body } of await requestsOf(call)) {
        const { query } = JSON.parse(body) as { query: string };
        assert.deepEqual(/name =~ '([^']*)' \|/.exec(query)?.[1]?.match(/^[a-zA-Z0-9-]+$/)?.[0], text.split('.')[0]);
      }
    }
  }),
  property('does not change the filter for the roles of an identity', 1500, name, async (text) => {
    for (const { url } of await requestsOf(() => azure.access.listRoles(text, vault.id))) {
      const filter = url.searchParams.get('$filter') ?? '';
      const [, literal = ''] = /^atScope\(\) and assignedTo\('((?:[^']|'')*)'\)$/.exec(filter) ?? [];
      assert.equal(literal.replaceAll("''", "'"), text);
      assert.equal([...url.searchParams].length, 2);
    }
  }),
  property('does not change the path of a request', 2000, name, async (text) => {
    const path = `${server.id.replace(/[^/]+$/, '')}${encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''))}/keys`;
    for (const { url } of await requestsOf(() => azure.serverKeys.list({ ...server, name: text }))) {
      assert.equal(url.pathname, path);
    }
    for (const { url } of await requestsOf(() =>
      azure.access.listLocks(`${server.id}/databases/${text.replaceAll('/', '')}`),
    )) {
      assert.ok(url.pathname.startsWith(`${server.id}/databases/`), url.pathname);
      assert.ok(url.pathname.endsWith('/providers/Microsoft.Authorization/locks'), url.pathname);
      assert.equal(url.pathname.split('/').length, server.id.split('/').length + 5);
    }
  }),
];
