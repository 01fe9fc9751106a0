import assert from 'node:assert/strict';
import { createVaultKeyRules } from '../emulator/rules/keyVaultRules';
import { sentRotationPolicy } from '../emulator/rules/rotationPolicy';
import type { HttpAnswer } from './armClient';
import { findVault, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';

describe('PUT of a vault key', () => {
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
    it(`succeeds in ${vault} with ${JSON.stringify(properties)}`, async () => {
      const { status, body, text } = await put(vault, 'tde-new', properties);
      assert.equal(status, 200, text);
      assert.deepEqual({ ...body.properties, ...expected }, body.properties);
    });
  }

  it('keeps its dates, tags, and rotation policy', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const attributes = { enabled: true, nbf: seconds - 60, exp: seconds + 86_400 };
    const lifetimeActions = [
      { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'rotate' } },
      { trigger: { timeBeforeExpiry: 'P60D' }, action: { type: 'notify' } },
    ];
    const rotationPolicy = { attributes: { expiryTime: 'P2Y' }, lifetimeActions };
    const id = `${vaultId(azure.running.emulator.state, 'kv-orders')}/keys/tde-new`;
    const properties = { kty: 'RSA', attributes, rotationPolicy };
    await azure.arm.call('PUT', id, { body: { properties, tags: { costs: '42' } } });
    const { body } = await azure.arm.get(id);
    const shown = body.properties?.attributes as typeof attributes | undefined;
    assert.deepEqual({ enabled: shown?.enabled, nbf: shown?.nbf, exp: shown?.exp }, attributes);
    const read = body.properties?.rotationPolicy as { attributes: Record<string, unknown>; lifetimeActions: unknown };
    assert.equal(read.attributes.expiryTime, 'P2Y');
    assert.deepEqual(read.lifetimeActions, lifetimeActions);
    assert.deepEqual(body.tags, { costs: '42' });
  });

  const rotation = (trigger: object) => ({ trigger, action: { type: 'rotate' } });

  interface Refusal {
    of: string;
    vault: string;
    name?: string;
    properties: object;
    answer: [status: number, code: string, message: RegExp];
  }

  const refusals: Refusal[] = [
    {
      of: 'an invalid character in the name',
      vault: 'kv-orders',
      name: 'tde_new',
      properties: { kty: 'RSA' },
      answer: [400, 'BadParameter', /invalid name: tde_new$/],
    },
    {
      of: 'a name that is too long',
      vault: 'kv-orders',
      name: 'a'.repeat(128),
      properties: { kty: 'RSA' },
      answer: [400, 'BadParameter', /invalid name: a+$/],
    },
    { of: 'a missing type', vault: 'kv-orders', properties: {}, answer: [400, 'BadRequest', /kty is missing/] },
    {
      of: 'a key type of managed HSMs in a vault',
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
      of: 'a hardware EC key in a standard vault',
      vault: 'kv-nopurge',
      properties: { kty: 'EC-HSM' },
      answer: [403, 'Forbidden', /standard vault/],
    },
    {
      of: 'a key that is too small',
      vault: 'kv-orders',
      properties: { kty: 'RSA', keySize: 1024 },
      answer: [400, 'BadParameter', /^Unsupported key size$/],
    },
    {
      of: 'an AES key with an RSA size',
      vault: 'hsm-contoso',
      properties: { kty: 'oct-HSM', keySize: 2048 },
      answer: [400, 'BadParameter', /^Unsupported key size$/],
    },
    {
      of: 'versions that expire too early',
      vault: 'kv-orders',
      properties: { kty: 'RSA', rotationPolicy: { attributes: { expiryTime: 'P7D' }, lifetimeActions: [] } },
      answer: [400, 'BadParameter', /at least 28 days/],
    },
    {
      of: 'a rotation before an expiration date that new versions lack',
      vault: 'kv-orders',
      properties: { kty: 'RSA', rotationPolicy: { lifetimeActions: [rotation({ timeBeforeExpiry: 'P30D' })] } },
      answer: [400, 'BadParameter', /needs the key expiry time/],
    },
    {
      of: 'a rotation less than a week before the expiration date',
      vault: 'kv-orders',
      properties: {
        kty: 'RSA',
        rotationPolicy: {
          attributes: { expiryTime: 'P90D' },
          lifetimeActions: [rotation({ timeBeforeExpiry: 'P5D' })],
        },
      },
      answer: [400, 'BadParameter', /^A key can be rotated at the earliest 7 days after its creation/],
    },
    {
      of: 'a rotation less than a week after the creation',
      vault: 'hsm-contoso',
      properties: {
        kty: 'RSA-HSM',
        rotationPolicy: {
          attributes: { expiryTime: 'P95D' },
          lifetimeActions: [rotation({ timeBeforeExpiry: 'P90D' })],
        },
      },
      answer: [400, 'BadParameter', /at the latest 7 days before it expires\.$/],
    },
  ];
  for (const { of, vault, name = 'tde-new', properties, answer } of refusals) {
    it(`is refused for ${of}, and creates no key`, async () => {
      const { status, body } = await put(vault, name, properties);
      const [expectedStatus, code, message] = answer;
      assert.deepEqual([status, body.error?.code], [expectedStatus, code]);
      assert.match(body.error?.message ?? '', message);
      const { keys } = findVault(azure.running.emulator.state, vault);
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
        const home = findVault(azure.running.emulator.state, vault);
        const { kty = '', keySize } = properties as { kty?: string; keySize?: number };
        const rotationPolicy = sentRotationPolicy({ properties }, 0);
        return rule.code === code && message.test(rule.when({ vault: home, name, kty, keySize, rotationPolicy }) ?? '');
      }),
    );
    assert.deepEqual(
      messages,
      createVaultKeyRules.map(() => true),
    );
  });

  it('returns an existing key unchanged', async () => {
    const { status, body } = await put('kv-nopurge', 'tde-nopurge', { kty: 'RSA-HSM', keySize: 1 });
    assert.deepEqual([status, body.properties?.kty, body.properties?.keySize], [200, 'RSA', 2048]);
  });
});
