import assert from 'node:assert/strict';
import { createVaultKeyRules } from '../emulator/rules/keyVaultRules';
import type { HttpAnswer } from './armClient';
import { vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';

describe('Creating a key in a vault', () => {
  const azure = freshEmulator();

  const put = (vault: string, name: string, properties: object): Promise<HttpAnswer> =>
    azure.arm.call('PUT', `${vaultId(azure.running.emulator.state, vault)}/keys/${name}`, { body: { properties } });

  const created: [vault: string, properties: Record<string, unknown>, expected: Record<string, unknown>][] = [
    ['kv-orders', { kty: 'RSA' }, { kty: 'RSA', keySize: 2048 }],
    ['kv-orders', { kty: 'RSA-HSM', keySize: 4096 }, { kty: 'RSA-HSM', keySize: 4096 }],
    ['kv-orders', { kty: 'EC-HSM', curveName: 'P-384' }, { kty: 'EC-HSM', curveName: 'P-384' }],
    ['kv-nopurge', { kty: 'RSA', keySize: 3072 }, { kty: 'RSA', keySize: 3072 }],
    ['kv-orders', { kty: 'RSA', keyOps: ['wrapKey', 'unwrapKey'] }, { keyOps: ['wrapKey', 'unwrapKey'] }],
    ['hsm-contoso', { kty: 'RSA-HSM', keySize: 3072 }, { kty: 'RSA-HSM', keySize: 3072 }],
    ['hsm-contoso', { kty: 'oct-HSM' }, { kty: 'oct-HSM', keySize: 256 }],
  ];
  for (const [vault, properties, expected] of created) {
    it(`works in ${vault} with ${JSON.stringify(properties)}`, async () => {
      const { status, body, text } = await put(vault, 'tde-new', properties);
      assert.equal(status, 200, text);
      assert.deepEqual({ ...body.properties, ...expected }, body.properties);
    });
  }

  interface Refusal {
    of: string;
    vault: string;
    name?: string;
    properties: object;
    answer: [status: number, code: string, message: RegExp];
  }

  const refusals: Refusal[] = [
    {
      of: 'a name with other characters',
      vault: 'kv-orders',
      name: 'tde_new',
      properties: { kty: 'RSA' },
      answer: [400, 'BadParameter', /invalid name: tde_new$/],
    },
    {
      of: 'a long name',
      vault: 'kv-orders',
      name: 'a'.repeat(128),
      properties: { kty: 'RSA' },
      answer: [400, 'BadParameter', /invalid name: a+$/],
    },
    { of: 'no type', vault: 'kv-orders', properties: {}, answer: [400, 'BadRequest', /kty is missing/] },
    {
      of: 'a type of managed HSMs',
      vault: 'kv-orders',
      properties: { kty: 'oct-HSM' },
      answer: [400, 'BadParameter', /^Invalid kty value: oct-HSM$/],
    },
    {
      of: 'a software key in a managed HSM',
      vault: 'hsm-contoso',
      properties: { kty: 'RSA' },
      answer: [400, 'BadParameter', /^Invalid kty value: RSA$/],
    },
    {
      of: 'a hardware key in a standard vault',
      vault: 'kv-nopurge',
      properties: { kty: 'RSA-HSM' },
      answer: [403, 'Forbidden', /^Hardware key operation not allowed on standard vault$/],
    },
    {
      of: 'a curve in hardware in a standard vault',
      vault: 'kv-nopurge',
      properties: { kty: 'EC-HSM' },
      answer: [403, 'Forbidden', /standard vault/],
    },
    {
      of: 'a small key',
      vault: 'kv-orders',
      properties: { kty: 'RSA', keySize: 1024 },
      answer: [400, 'BadParameter', /^Unsupported key size$/],
    },
    {
      of: 'a key of RSA size for AES',
      vault: 'hsm-contoso',
      properties: { kty: 'oct-HSM', keySize: 2048 },
      answer: [400, 'BadParameter', /^Unsupported key size$/],
    },
  ];
  for (const { of, vault, name = 'tde-new', properties, answer } of refusals) {
    it(`is refused for ${of}, and leaves none behind`, async () => {
      const { status, body } = await put(vault, name, properties);
      const [wantedStatus, code, message] = answer;
      assert.deepEqual([status, body.error?.code], [wantedStatus, code]);
      assert.match(body.error?.message ?? '', message);
      const keys = azure.running.emulator.state.vaults.find((v) => v.name === vault)?.keys ?? [];
      assert.equal(
        keys.some((key) => key.name === name),
        false,
      );
    });
  }

  it('has a test for every rule', () => {
    assert.ok(createVaultKeyRules.length <= refusals.length);
    const messages = createVaultKeyRules.map((rule) =>
      refusals.some(({ vault, name = 'tde-new', properties, answer: [, code, message] }) => {
        const found = azure.running.emulator.state.vaults.find((v) => v.name === vault);
        assert.ok(found);
        const { kty = '', keySize } = properties as { kty?: string; keySize?: number };
        return rule.code === code && message.test(rule.when({ vault: found, name, kty, keySize }) ?? '');
      }),
    );
    assert.deepEqual(
      messages,
      createVaultKeyRules.map(() => true),
    );
  });

  it('answers a key that is there as it is, whatever was asked for', async () => {
    const { status, body } = await put('kv-nopurge', 'tde-nopurge', { kty: 'RSA-HSM', keySize: 1 });
    assert.deepEqual([status, body.properties?.kty, body.properties?.keySize], [200, 'RSA', 2048]);
  });
});
