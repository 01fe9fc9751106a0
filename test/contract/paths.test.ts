import assert from 'node:assert/strict';
import { serverId } from './demoIds';
import { freshEmulator } from './freshEmulator';

describe('The paths of requests to ARM', () => {
  const azure = freshEmulator();
  const billing = () => serverId(azure.running.emulator.state, 'sql-billing-weu');

  const spellings: [title: string, path: (id: string) => string][] = [
    ['two slashes at the start', (id) => `/${id}`],
    ['two slashes before a type', (id) => id.replace('Microsoft.Sql/', 'Microsoft.Sql//')],
    ['an encoded slash at the start', (id) => `/${id.replace('/', '%2F')}`],
    ['encoded slashes', (id) => `/${encodeURIComponent(id)}`],
    ['slashes encoded in lowercase', (id) => `/${id.replaceAll('/', '%2f')}`],
    ['a slash at the end', (id) => `${id}/`],
  ];
  for (const [title, spell] of spellings) {
    it(`may have ${title}`, async () => {
      const { status, body } = await azure.arm.get(`${spell(billing())}?api-version=2023-08-01`);
      assert.deepEqual([status, body.id], [200, billing()]);
    });
  }

  it('of a scope may be encoded, as the Azure CLI and the SDKs send it', async () => {
    const scope = encodeURIComponent(billing());
    const { status, body } = await azure.arm.get(
      `/${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
    );
    assert.deepEqual([status, Array.isArray(body.value)], [200, true]);
  });

  it('keep the slashes of a query', async () => {
    const { status } = await azure.arm.get(`${billing()}/keys?api-version=2023-08-01&note=https://x//y%2Fz`);
    assert.equal(status, 200);
    assert.equal(azure.running.emulator.requests.at(-1)?.query.note, 'https://x//y/z');
  });
});
