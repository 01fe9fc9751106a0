import assert from 'node:assert/strict';
import { serverId, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';

/** Details in which answers agree with recordings of Azure. */
describe('As recorded', () => {
  const azure = freshEmulator();
  const server = (name: string) => serverId(azure.running.emulator.state, name);
  const vault = (name: string) => vaultId(azure.running.emulator.state, name);

  it('a lock without notes has no notes', async () => {
    const lock = `${server('sql-billing-weu')}/providers/Microsoft.Authorization/locks/keep`;
    await azure.arm.call('PUT', lock, { body: { properties: { level: 'CanNotDelete' } } });
    assert.deepEqual((await azure.arm.get(lock)).body.properties, { level: 'CanNotDelete' });
  });

  it('a replication link has no type', async () => {
    const { body } = await azure.arm.get(`${server('sql-orders-weu')}/replicationLinks`);
    assert.deepEqual(Object.keys(body.value?.[0] ?? {}), ['properties', 'id', 'name']);
  });

  it('a database has its price tier, backup storage, and other settings', async () => {
    const { body } = await azure.arm.get(`${server('sql-billing-weu')}/databases/billing`);
    for (const name of [
      'creationDate',
      'catalogCollation',
      'licenseType',
      'maxLogSizeBytes',
      'readScale',
      'currentSku',
      'currentBackupStorageRedundancy',
      'requestedBackupStorageRedundancy',
      'maintenanceConfigurationId',
      'isLedgerOn',
      'isInfraEncryptionEnabled',
      'availabilityZone',
    ]) {
      assert.notEqual(body.properties?.[name], undefined, name);
    }
  });

  it('a vault shows who created it and when', async () => {
    for (const name of ['kv-billing', 'hsm-contoso']) {
      const { systemData } = (await azure.arm.get(vault(name))).body;
      assert.deepEqual(Object.keys(systemData ?? {}), [
        'createdBy',
        'createdByType',
        'createdAt',
        'lastModifiedBy',
        'lastModifiedByType',
        'lastModifiedAt',
      ]);
    }
  });

  it('Key Vault sends its version in a header, and other services do not', async () => {
    const version = async (path: string) => (await azure.arm.get(path)).headers['x-ms-keyvault-service-version'];
    for (const path of [vault('kv-billing'), `${vault('kv-billing')}/keys`, `${vault('kv-billing')}/keys/none`]) {
      assert.match(String(await version(path)), /^\d+(\.\d+){3}$/);
    }
    assert.equal(await version(server('sql-billing-weu')), undefined);
  });
});
