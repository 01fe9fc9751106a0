import assert from 'node:assert/strict';
import { azCommand, type CommandValues } from '../../src/core/cli/commands';
import type { CommandName } from '../../src/core/cli/commandTemplates';
import { connectToEmulator, emulator, findServer, findVault, resetEmulator } from '../azure/connection';
import { signedInAz } from './azureCli';

const orders = { resourceGroup: 'rg-orders', server: 'sql-orders-weu', database: 'orders' };
const billing = { resourceGroup: 'rg-billing', server: 'sql-billing-weu', database: 'billing' };
const instance = { resourceGroup: 'rg-orders', instance: 'sqlmi-orders-weu' };
const vault = { vault: 'kv-billing' };
const hsm = { vault: 'hsm-contoso', permissionModel: 'localRoles' } as const;

/** What each command prints for these values. */
const reads: readonly [CommandName, CommandValues, printed: RegExp][] = [
  ['listServerKeys', orders, /kv-orders_tde-orders_/],
  ['showProtector', orders, /"serverKeyType": "AzureKeyVault"/],
  ['showPartnerProtector', { partnerResourceGroup: 'rg-hr', partnerServer: 'sql-hr-weu' }, /hsm-contoso_tde-hr_/],
  ['listServers', {}, /sql-billing-weu +rg-billing/],
  ['showServerState', billing, /^Ready$/m],
  ['showServerIdentity', orders, /"type": "SystemAssigned"/],
  ['listDatabases', billing, /invoices +Online/],
  ['listInaccessibleDatabases', { resourceGroup: 'rg-archive', server: 'sql-archive-neu' }, /^archive-2019$/m],
  ['showDatabaseStatus', billing, /^Online$/m],
  ['showDatabaseIdentity', billing, /^$/m],
  ['listReplicationLinks', orders, /"partnerServer": "sql-orders-neu"/],
  ['listFailoverGroups', orders, /fog-orders/],
  ['showInstanceState', instance, /^Ready$/m],
  ['showInstanceProtector', instance, /"serverKeyType": "AzureKeyVault"/],
  ['showInstanceIdentity', instance, /"SystemAssigned"/],
  ['listInaccessibleInstanceDatabases', instance, /^$/],
  ['showVault', vault, /"enablePurgeProtection": true/],
  ['showVaultRegion', vault, /^westeurope$/m],
  ['showAccessPolicies', vault, /"unwrapKey"/],
  ['listNetworkRules', vault, /"bypass": "AzureServices"/],
  ['listNetworkRules', hsm, /"bypass": "AzureServices"/],
  ['showVaultRegion', hsm, /^westeurope$/m],
  ['listLocks', { resourceGroup: 'rg-legacy' }, /do-not-touch/],
  ['listSubscriptions', {}, /Contoso Production/],
  ['showResourceGroup', billing, /"name": "rg-billing"/],
  ['listApiVersions', {}, /"2023-08-01"/],
];

/** Commands that the extension doesn't print, but that people use to see the same. */
const others: readonly [command: string, printed: RegExp][] = [
  ['az identity list --query "[].name" -o tsv', /^id-sql-inventory$/m],
  ['az identity show -g rg-inventory -n id-sql-inventory', /"principalId"/],
  ['az lock list --resource sql-legacy-neu -g rg-legacy --resource-type Microsoft.Sql/servers', /"ReadOnly"/],
  ['az resource list -g rg-billing -o table', /sql-billing-weu/],
  ['az group exists -n rg-billing', /^true$/m],
  ["az group exists -n rg-none --subscription 'Contoso Development'", /^false$/m],
];

describe('A printed command reads', function () {
  this.timeout(120_000);
  before(() => resetEmulator());
  const az = signedInAz();

  for (const [name, values, printed] of reads) {
    it(`${name}: ${azCommand(name, values)}`, async () => {
      assert.match(await az.run(azCommand(name, values)), printed);
    });
  }

  for (const [command, printed] of others) {
    it(command, async () => {
      assert.match(await az.run(command), printed);
    });
  }

  it('showServerKey', async () => {
    const uri = (await emulator.state()).servers[0]?.keys[0]?.uri ?? '';
    const key = await az.json(azCommand('showServerKey', { ...orders, keyUri: uri }));
    assert.deepEqual((key as { uri: string }).uri, uri);
  });

  it('showResource, of a server and of a vault', async () => {
    const azure = connectToEmulator();
    for (const { id, name } of [await findServer(azure, 'sql-billing-weu'), await findVault(azure, 'kv-billing')]) {
      const resource = await az.json(azCommand('showResource', { resourceId: id }));
      assert.equal((resource as { name: string }).name, name);
    }
  });
});
