import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isArmError } from '../../src/core/armError';
import { isErrorCode } from '../../src/core/errors/errorCatalogue';
import type { Azure } from '../../src/core/ports';
import { bodyOf } from './armBodies';
import { anyValue as value, edited, edits } from './edits';
import {
  againstArm,
  connection,
  hsm,
  json,
  ownSubscriptions,
  ownTenants,
  server,
  vault,
  type Answer,
  type Request,
} from './fakeArm';
import { property } from './property';
import { hostileText } from './texts';

const ids = [server.subscriptionId];
const version = '9f3c1b7a5d2e4f60819a3b5c7d9e1f20';

/** Every read of the extension. */
const reads: Readonly<Record<string, (azure: Azure) => Promise<unknown>>> = {
  subscriptions: (azure) => azure.subscriptions.list(),
  servers: (azure) => azure.sqlServers.list(ids),
  'one server': (azure) => azure.sqlServers.find('sql-a', ids),
  databases: (azure) => azure.sqlServers.listDatabases(server),
  'details of a server': (azure) => azure.sqlServers.get(server),
  'replication partners': (azure) => azure.sqlServers.listGeoPartners(server),
  'running operations': (azure) => azure.sqlServers.listRunningOperations(server),
  'server keys': (azure) => azure.serverKeys.list(server),
  'TDE protector': (azure) => azure.tdeProtectors.get(server),
  vaults: (azure) => azure.keyVaults.list(ids),
  'one vault': (azure) => azure.keyVaults.find('kv-a.vault.azure.net', ids),
  keys: (azure) => azure.keyVaults.listKeys(vault),
  'keys of an HSM': (azure) => azure.keyVaults.listKeys(hsm),
  versions: (azure) => azure.keyVaults.listVersions(vault, 'tde'),
  'one key': (azure) => azure.keyVaults.getKey(vault, 'tde'),
  'one version': (azure) => azure.keyVaults.getKey(hsm, 'tde', version),
  'settings of a vault': (azure) => azure.keyVaults.getSettings(vault),
  'settings of an HSM': (azure) => azure.keyVaults.getSettings(hsm),
  roles: (azure) => azure.access.listRoles('p', vault.id),
  'own roles': (azure) => azure.access.listOwnRoles(vault.id),
  permissions: (azure) => azure.access.listPermissions(server.id),
  locks: (azure) => azure.access.listLocks(server.id),
  'any resource': (azure) => azure.resources.read(server.id),
};

const status = fc.oneof(
  { arbitrary: fc.constantFrom(200, 201, 202, 204), weight: 3 },
  { arbitrary: fc.constantFrom(301, 400, 401, 403, 404, 409, 418, 429, 500, 503), weight: 2 },
);
const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/html', ''),
    location: fc.constantFrom('https://evil.example/', 'https://management.azure.com/x', '::'),
    'azure-asyncoperation': fc.constantFrom('https://evil.example/', 'https://management.azure.com/x'),
    'x-ms-request-id': fc.constantFrom('r', ''),
    'www-authenticate': fc.constantFrom('Bearer', 'Bearer error="insufficient_claims", claims="e30="', '"'),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.jsonValue().map((any) => JSON.stringify(any)),
  fc.record({ code: value, message: value }).map((error) => JSON.stringify({ error })),
  fc.record({ value: fc.array(value), nextLink: value }).map((list) => JSON.stringify(list)),
  fc.constantFrom('', '{', '<html>', '[]', '{}', 'null', '{"value":[{}]}', '{"value":[null]}', '{"data":[{}]}'),
  hostileText,
);
const anyAnswer: fc.Arbitrary<Answer> = fc.record({ status, headers, body });

const strings =
  /^(id|name|location|resourceGroup|subscriptionId|tenantId|uri|thumbprint|serverKeyName|state|scope|roleId|objectId|provisioningState|keyType|principalId|primaryUserAssigned|identityTenantId|federatedClientId|kind|type|role|level|label)$/;
const booleans = /^(autoRotation|purgeProtection|hardwareKeys|softDelete|enabled)$/;
const lists = /^(operations|keyPermissions|dataActions|notDataActions|actions|notActions)$/;
const dates = /^(created|notBefore|expires)$/;

/** Whether the parts of a result have the types that the model promises. */
function verifyTypes(result: unknown, name = ''): void {
  const isList = Array.isArray(result);
  if (strings.test(name)) assert.equal(typeof result, 'string', name);
  if (booleans.test(name)) assert.equal(typeof result, 'boolean', name);
  if (name === 'keySize') assert.equal(typeof result, 'number', name);
  if (lists.test(name)) assert.ok(isList && result.every((item) => typeof item === 'string'), name);
  if (dates.test(name)) assert.ok(result instanceof Date && !Number.isNaN(result.getTime()), name);
  if (typeof result !== 'object' || result === null || result instanceof Error) return;
  for (const [key, part] of Object.entries(result)) {
    assert.notEqual(part, undefined, key);
    verifyTypes(part, isList ? '' : key);
  }
}

function verifyFailure(error: unknown, answered: string): void {
  assert.ok(isArmError(error), String(error));
  const { code } = error;
  assert.notEqual(code, 'UnexpectedError', `${error.message}\n${String((error.cause as Error | undefined)?.stack)}`);
  const isQuoted = answered.includes(JSON.stringify(code).slice(1, -1)) || code.length === 200;
  assert.ok(isErrorCode(code) || /^Http\d{3}$/.test(code) || isQuoted, code);
}

/** Reads without memory share a connection. */
const shared = connection();
const remembering = ['subscriptions', 'roles'];

/** A read ends with a value of the model or a known failure, whatever the answers are. */
async function verifyRead(name: string, answer: (request: Request) => Answer): Promise<void> {
  const azure = remembering.includes(name) ? connection() : shared;
  let answered = '';
  const all = (request: Request): Answer => {
    const { pathname } = request.url;
    if (name !== 'subscriptions' && pathname === '/tenants') return ownTenants;
    if (name !== 'subscriptions' && pathname === '/subscriptions') return ownSubscriptions;
    const given = answer(request);
    answered += given.body;
    return given;
  };
  try {
    const result = await againstArm(all, () => reads[name]?.(azure) ?? assert.fail(name));
    if (name !== 'any resource') verifyTypes(result);
    const failures = (result as { failures?: { error: unknown }[] } | undefined)?.failures ?? [];
    for (const { error } of failures) verifyFailure(error, answered);
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    verifyFailure(error, answered);
  }
}

const read = fc.constantFrom(...Object.keys(reads));

export const armAnswers = [
  property(
    'is a value with the right types or a known failure if parts of it have other types or are missing',
    3000,
    fc.tuple(read, edits),
    ([name, changes]) => verifyRead(name, ({ url }) => json(changes.reduce<unknown>(edited, bodyOf(url.pathname)))),
  ),
  property(
    'is a value with the right types or a known failure, whatever it is',
    1000,
    fc.tuple(read, fc.array(anyAnswer, { minLength: 1, maxLength: 3 })),
    ([name, answers]) => {
      let turn = 0;
      return verifyRead(name, () => answers[turn++ % answers.length] ?? assert.fail());
    },
  ),
];
