import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSeed } from '../emulator/seeds/loadSeed';
import { send } from './armClient';
import { serverId, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { refusal } from './serverClient';

describe('Unusual requests to ARM get an error of ARM', () => {
  const azure = freshEmulator();
  const server = () => serverId(azure.running.emulator.state, 'sql-billing-weu');
  const vaultKeys = () => `${vaultId(azure.running.emulator.state, 'kv-billing')}/keys?api-version=2023-07-01`;

  it('for two api-versions', async () => {
    const answer = await azure.arm.get(`${server()}?api-version=2023-08-01&api-version=2021-11-01`);
    assert.deepEqual(refusal(answer), [400, 'InvalidApiVersionParameter']);
  });

  it('for a body of more than 4 MiB', async () => {
    const body = { properties: { note: 'x'.repeat(4 * 2 ** 20) } };
    assert.deepEqual(refusal(await azure.arm.call('PATCH', server(), { body })), [413, 'RequestEntityTooLarge']);
    const smaller = { properties: { note: 'x'.repeat(3 * 2 ** 20) } };
    assert.equal((await azure.arm.call('PATCH', server(), { body: smaller })).status, 202);
  });

  it('for a long name', async () => {
    assert.deepEqual(refusal(await azure.arm.get(`${server()}${'x'.repeat(600)}`)), [404, 'ResourceNotFound']);
    assert.deepEqual(refusal(await azure.arm.get(`${server()}${'x'.repeat(6000)}`)), [414, 'RequestUriTooLong']);
  });

  it('for a path with wrong encoding', async () => {
    for (const wrong of ['%zz', '%', '%E0%A4%A']) {
      assert.deepEqual(refusal(await azure.arm.get(`${server()}/keys/${wrong}`)), [400, 'InvalidRequestUri']);
    }
  });

  it('for a body without a content type', async () => {
    const { arm, ca } = azure.running.info;
    const headers = { authorization: `Bearer ${azure.arm.token}` };
    const url = `${arm}${server()}?api-version=2023-08-01`;
    const answer = await send('PATCH', url, { ca: readFileSync(ca), headers, body: '{}' });
    assert.deepEqual([answer.status, answer.text.includes('FST_')], [202, false]);
  });

  for (const query of ['$top=abc', '$top=0', '$top=-1', 'maxresults=x']) {
    it(`for ${query}`, async () => {
      const answer = await azure.arm.get(`${vaultKeys()}&${query}`);
      assert.deepEqual(refusal(answer), [400, 'InvalidTopInQueryString']);
    });
  }

  it('for a page token that it did not create', async () => {
    for (const token of ['abc', '-1', Buffer.from('x').toString('base64url')]) {
      assert.deepEqual(refusal(await azure.arm.get(`${vaultKeys()}&$skiptoken=${token}`)), [400, 'InvalidSkipToken']);
    }
  });

  it('and the next page keeps the filter', async () => {
    azure.running.emulator.options.pageSize = 1;
    const subscription = server().split('/').slice(0, 3).join('/');
    const filter = encodeURIComponent("resourceType eq 'Microsoft.KeyVault/managedHSMs' and name eq 'hsm-contoso'");
    const types = async (url: string): Promise<string[]> => {
      const { body } = await azure.arm.get(url);
      const rest = body.nextLink === undefined ? [] : await types(body.nextLink);
      return [...(body.value ?? []).map(({ type }) => type), ...rest];
    };
    const vaults = encodeURIComponent("resourceType eq 'Microsoft.KeyVault/vaults'");
    assert.equal((await types(`${subscription}/resources?api-version=2021-04-01&$filter=${filter}`)).length, 1);
    const found = await types(`${subscription}/resources?api-version=2021-04-01&$filter=${vaults}`);
    assert.deepEqual([found.length > 1, new Set(found).size], [true, 1]);
  });
});

describe('The control API refuses', () => {
  const azure = freshEmulator();
  const control = async (method: string, path: string, body: unknown) => {
    const { arm, ca } = azure.running.info;
    const headers = { 'content-type': 'application/json' };
    return send(method, `${arm}/emulator/${path}`, { ca: readFileSync(ca), headers, body });
  };

  const options: object[] = [
    { operationMs: 'abc' },
    { latency: null },
    { pageSize: 0 },
    { pageSize: 'x' },
    { failures: 'never' },
    { apiVersions: [] },
    { graphQuota: 1 },
    { retryAfter: '1' },
  ];
  for (const wrong of options) {
    it(`the option ${JSON.stringify(wrong)}`, async () => {
      const before = structuredClone(azure.running.emulator.options);
      const { status, text } = await control('PATCH', 'options', wrong);
      assert.equal(status, 400);
      assert.match(text, new RegExp(Object.keys(wrong)[0] ?? '-'));
      assert.deepEqual(azure.running.emulator.options, before);
    });
  }

  const states: [body: object, problem: RegExp][] = [
    [{ servers: [] }, /caller is not the object ID of a principal/],
    [{ caller: 'x', principals: {} }, /principals is not a list/],
    [{ caller: 'x', principals: [{ objectId: 'x' }] }, /principals\[0\]\.tenantId is missing/],
    [
      { caller: 'x', principals: [{ objectId: 'x', tenantId: 1, displayName: '' }] },
      /principals\[0\]\.tenantId is not a string/,
    ],
    [{ colours: [] }, /colours is unknown/],
    [{ seed: 'none' }, /none/],
  ];
  for (const [body, problem] of states) {
    it(`the state ${JSON.stringify(body)}`, async () => {
      const { status, text } = await control('POST', 'reset', body);
      assert.equal(status, 400);
      assert.match(text, problem);
      assert.equal((await azure.arm.get(serverId(azure.running.emulator.state, 'sql-dev-weu'))).status, 200);
    });
  }

  it('no state that it has returned itself', async () => {
    const before = await control('GET', 'state', undefined);
    assert.equal((await control('POST', 'reset', before.text)).status, 204);
    assert.deepEqual((await control('GET', 'state', undefined)).body, before.body);
  });
});

describe('A file with a state', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'emulator-test-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [content, problem] of [
    ['{}', 'Wrong state: caller is not the object ID of a principal'],
    ['[]', 'The state is not an object'],
    ['null', 'The state is not an object'],
    ['{', 'The content is not JSON'],
  ] as const) {
    it(`is refused with its name: ${content}`, () => {
      const file = join(folder, 'state.json');
      writeFileSync(file, content);
      assert.throws(() => loadSeed(file), { message: `${file}: ${problem}` });
    });
  }
});
