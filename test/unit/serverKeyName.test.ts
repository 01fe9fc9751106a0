import assert from 'node:assert/strict';
import fc from 'fast-check';
import { publicCloud } from '../../src/core/clouds';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { KeyIdentifier } from '../../src/core/vaultModel';
import {
  isVaultName,
  keyLabel,
  parseServerKeyName,
  serverKeyName,
  shortServerKeyName,
} from '../../src/core/keys/serverKeyName';

const v = 'b7f00123456789abcdef0123456721c4';

const vault = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/).filter(isVaultName);
const name = fc.stringMatching(/^[A-Za-z0-9-]{1,70}$/);
const version = fc.stringMatching(/^[0-9a-fA-F]{32}$/);
const key: fc.Arbitrary<KeyIdentifier> = fc
  .record({ vault, name, version: fc.option(version, { nil: undefined }) })
  .map(({ vault, name, version }) => ({
    kind: 'vault' as const,
    vault,
    host: `${vault}.vault.azure.net`,
    name,
    ...(version === undefined ? {} : { version }),
  }));

describe('the name of a server key', () => {
  it('is vault_key_version, or vault_key without a version', () => {
    assert.equal(serverKeyName({ vault: 'kv-orders', name: 'tde-orders', version: v }), `kv-orders_tde-orders_${v}`);
    assert.equal(serverKeyName({ vault: 'kv-orders', name: 'tde-orders' }), 'kv-orders_tde-orders');
  });

  it('keeps the casing of a pasted key identifier, because Azure compares the name it is given', () => {
    const result = parseKeyIdentifier('https://KV-Orders.vault.azure.net/keys/Tde', publicCloud);
    assert.ok(result.ok);
    assert.equal(serverKeyName(result.key), 'KV-Orders_Tde');
  });

  it('can be parsed back into vault, key, and version, for every key', () => {
    fc.assert(
      fc.property(key, ({ vault, name, version, ...rest }) => {
        assert.deepEqual(parseServerKeyName(serverKeyName({ vault, name, ...rest, ...(version && { version }) })), {
          vault,
          key: name,
          ...(version === undefined ? {} : { version }),
        });
      }),
    );
  });

  it('has at most 128 characters for every accepted key identifier', () => {
    fc.assert(
      fc.property(key, (key) => {
        const result = parseKeyIdentifier(formatKeyIdentifier(key), publicCloud);
        assert.ok(result.ok);
        assert.deepEqual(result.key, key);
        assert.ok(serverKeyName(result.key).length <= 128);
      }),
    );
  });

  it('is not parsed for the service-managed key or in any other form', () => {
    for (const foreign of [
      'ServiceManaged',
      'serviceManaged',
      '',
      '_',
      'kv-a_',
      '_tde',
      'kv_tde',
      'kv--a_tde',
      'kv-a_tde_1',
      `kv-a__${v}`,
      `kv-a_tde_${v}_x`,
      `kv-a_tde_${v}0`,
      'kv-a_tde key',
    ]) {
      assert.equal(parseServerKeyName(foreign), undefined, foreign);
    }
  });

  it('is shortened in sentences to the first four digits of its version', () => {
    assert.equal(shortServerKeyName(`kv-orders_tde-orders_${v}`), 'kv-orders_tde-orders_b7f0…');
    assert.equal(shortServerKeyName('kv-orders_tde-orders'), 'kv-orders_tde-orders');
    assert.equal(shortServerKeyName('ServiceManaged'), 'ServiceManaged');
  });
});

describe('the label of a key in lists', () => {
  it('is its vault and its name, for the name of a server key and for a key identifier', () => {
    const host = 'https://kv-orders.vault.azure.net';
    const texts = [
      `kv-orders_tde-orders_${v}`,
      'kv-orders_tde-orders',
      `${host}/keys/tde-orders/${v}`,
      `${host}/keys/tde-orders`,
      `${host}:443/keys/tde-orders/${v}/`,
      `${host}/keys/tde-orders/`,
    ];
    for (const text of texts) assert.equal(keyLabel(text), 'kv-orders / tde-orders', text);
  });

  it('is any other text as it is', () => {
    for (const text of ['ServiceManaged', '', 'kv_tde', 'https://']) {
      assert.equal(keyLabel(text), text);
    }
  });
});
