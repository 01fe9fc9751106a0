import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import type { ServerKey, TdeProtector } from '../../src/core/model';
import { isOf, rehearse, type UsingServer, type VaultUse } from '../../src/core/retirement/vaultUse';
import { vaultUseDocument } from '../../src/core/retirement/vaultUseDocument';
import type { VaultSettings } from '../../src/core/vaultModel';
import { key, now, place, principalId, role, vault } from './goodFacts';

const uri = `${vault.uri}/keys/tde/${key.version ?? ''}`;
const serverKey: ServerKey = { id: '/k', name: `kv-a_tde_${key.version ?? ''}`, type: 'customerManaged', uri };
const protector: TdeProtector = { type: 'customerManaged', serverKeyName: serverKey.name, uri, autoRotation: false };
const error = new ArmError({ code: 'AuthorizationFailed', message: 'no' });
const grant = { objectId: principalId, keyPermissions: ['get', 'wrapkey', 'unwrapkey'] };
const settings: VaultSettings = {
  tenantId: 't',
  provisioningState: 'Succeeded',
  softDelete: true,
  purgeProtection: true,
  permissionModel: 'accessPolicies',
  accessPolicies: [grant],
  firewall: 'trustedServices',
};
const using = (changes: Partial<UsingServer> = {}): UsingServer => ({
  server: place,
  keys: [serverKey],
  protector: { value: protector },
  details: { value: place },
  protectorKey: key,
  roles: { value: [] },
  ...changes,
});
const use = (changes: Partial<VaultUse> = {}): VaultUse => ({
  of: { host: key.host },
  vault: { value: vault },
  settings: { value: settings },
  servers: [using()],
  unread: [],
  asked: 3,
  ...changes,
});
const outcomes = (changes?: Partial<VaultUse>) =>
  rehearse(use(changes)).map(({ now: present, switched }) => [present?.outcome, switched?.outcome]);

describe('which servers use a key or a vault', () => {
  it('is decided by the host and the name, whatever the version, port, and casing', () => {
    assert.ok(isOf({ host: 'KV-A.vault.azure.net' }, uri));
    assert.ok(isOf({ host: key.host, keyName: 'TDE' }, uri.replace('.net/', '.net:443/')));
    assert.equal(isOf({ host: key.host, keyName: 'td' }, uri), false);
    assert.equal(isOf({ host: 'kv-b.vault.azure.net' }, uri), false);
    assert.equal(isOf({ host: key.host }, undefined), false);
  });

  it('shows the effect of a switch to Azure RBAC: a server that has only an access policy loses access', () => {
    assert.deepEqual(outcomes(), [['pass', 'fail']]);
    assert.deepEqual(outcomes({ servers: [using({ roles: { value: [role] } })] }), [['pass', 'pass']]);
    const byRoles = { value: { ...settings, permissionModel: 'roles' as const } };
    assert.deepEqual(outcomes({ settings: byRoles, servers: [using({ roles: { value: [role] } })] }), [
      ['pass', 'pass'],
    ]);
    const withoutPolicy = { value: { ...byRoles.value, accessPolicies: [] } };
    assert.deepEqual(outcomes({ settings: withoutPolicy, servers: [using({ roles: { value: [role] } })] }), [
      ['pass', 'fail'],
    ]);
  });

  it('does not know what a condition or an unread role decides, and rehearses nothing for a managed HSM', () => {
    assert.deepEqual(outcomes({ servers: [using({ roles: { value: [{ ...role, isConditional: true }] } })] }), [
      ['pass', 'warn'],
    ]);
    assert.deepEqual(outcomes({ servers: [using({ roles: { error } })] }), [['pass', 'unknown']]);
    const hsm = { value: { ...settings, permissionModel: 'localRoles' as const } };
    assert.deepEqual(outcomes({ settings: hsm }), [['unknown', undefined]]);
  });
});

describe('the document about the users of a vault', () => {
  it('names who needs it now, who would lose access, and by which change', () => {
    const idle = using({ server: { ...place, name: 'sql-old' }, protector: { value: { ...protector, uri: 'x' } } });
    const { protectorKey: _, ...unused } = idle;
    const text = vaultUseDocument(use({ servers: [using(), unused] }), now);
    assert.match(text, /The vault grants access by access policies\./);
    assert.match(text, /\*\*The databases of these servers need it now: "sql-a"\.\*\*/);
    assert.match(
      text,
      /\| sql-a \| kv-a\\_tde\\_0123… \| yes: TDE protector \| has access \| no access: "sql-a" lacks/,
    );
    assert.match(text, /\| sql-old \| .* \| no, but backups may \| {2}\| {2}\|/);
    assert.match(
      text,
      /- After a switch to Azure RBAC, these servers lose access: "sql-a"\. Could not be checked: none\./,
    );
    assert.match(text, /Keep that exception: without it, these servers lose access: "sql-a"\./);
    assert.doesNotMatch(text, /What could not be read/);
    assert.doesNotMatch(text, /What this does not show[^]*managed instances/);
  });

  it('says for whom the firewall has no exception', () => {
    const open = { value: { ...settings, firewall: 'off' as const } };
    assert.match(
      vaultUseDocument(use({ settings: open }), now),
      /With the exception, Azure SQL keeps access, except in some national clouds and for managed instances with a user-assigned identity\./,
    );
  });

  it('says what could not be read, and that an unseen vault could not be checked', () => {
    const text = vaultUseDocument(
      use({ vault: { value: undefined }, unread: [{ server: { ...place, name: 'sql-b' }, reading: { error } }] }),
      now,
    );
    assert.match(text, /## What could not be read\n\n- server keys of "sql-b": /);
    assert.match(text, /the vault isn't visible to your account/);
    assert.match(text, /yes: TDE protector \| couldn't check \|/);
  });

  it('says so if no server uses it', () => {
    const text = vaultUseDocument(use({ of: { host: key.host, keyName: 'tde' }, servers: [] }), now);
    assert.match(text, /# Which servers use kv-a\.vault\.azure\.net\/tde\?/);
    assert.match(text, /\*\*No server that could be read uses it\.\*\*/);
    assert.doesNotMatch(text, /Before you change/);
  });
});
