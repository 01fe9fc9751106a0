import assert from 'node:assert/strict';
import { azCommand } from '../../src/core/cli/commands';
import { addKeyPermissions, assignBesides } from '../../src/core/cli/restCommand';
import { serverKeyRequest } from '../../src/core/creation/creation';
import type { Azure } from '../../src/core/ports';
import type { State } from '../emulator/base/state';
import { inventoryIdentity } from '../emulator/seeds/demoNames';
import {
  changeState,
  connectToEmulator,
  emulator,
  findKey,
  findServer,
  findVault,
  found,
  principalOf,
  resetEmulator,
} from '../azure/connection';
import { signedInAz } from './azureCli';

const billing = { resourceGroup: 'rg-billing', server: 'sql-billing-weu' };

interface Change {
  /** Changes the state before both. */
  readonly first?: (state: State) => void;
  readonly command: (azure: Azure) => Promise<string> | string;
  /** The button that does the same, or the change that it would make if there is none. */
  readonly button: (azure: Azure) => Promise<unknown>;
}

const billingRequest = async (azure: Azure) =>
  serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') });
const keyOfBilling = async (azure: Azure) =>
  found(await azure.serverKeys.list(await findServer(azure, billing.server)), keyRowName);
const keyRowName = 'kv-billing_tde-billing_1';

/** Gives the server a key with a known name. */
const withKey = (state: State): void => {
  const { keys } = found(state.vaults, 'kv-billing');
  const [version] = found(keys, 'tde-billing').versions;
  assert.ok(version);
  version.version = '1';
  const uri = 'https://kv-billing.vault.azure.net/keys/tde-billing/1';
  const { thumbprint } = version;
  found(state.servers, billing.server).keys = [
    { name: keyRowName, uri, thumbprint, creationDate: '2026-01-01T00:00:00.000Z' },
  ];
};

const protectedBy = (serverKeyName: string, autoRotationEnabled: boolean) => () =>
  changeState(({ servers }) => {
    found(servers, billing.server).protector = { serverKeyName, autoRotationEnabled };
  });

const inServer = (verb: string) => `az sql server ${verb} -g ${billing.resourceGroup} -s ${billing.server}`;
const kid = '--kid https://kv-billing.vault.azure.net/keys/tde-billing/1';

const changes: Readonly<Record<string, Change>> = {
  'az sql server key create': {
    command: async (azure) =>
      azCommand('createServerKey', { ...billing, keyUri: (await billingRequest(azure)).properties.uri }),
    button: async (azure) =>
      azure.serverKeys.create(await findServer(azure, billing.server), await billingRequest(azure)),
  },
  'az sql server key delete': {
    first: withKey,
    command: () => `${inServer('key delete')} ${kid}`,
    button: async (azure) =>
      azure.serverKeys.delete(await findServer(azure, billing.server), await keyOfBilling(azure)),
  },
  'az sql server tde-key set, to a customer-managed key': {
    first: withKey,
    command: () => `${inServer('tde-key set')} -t AzureKeyVault ${kid} --auto-rotation-enabled true`,
    button: protectedBy(keyRowName, true),
  },
  'az sql server tde-key set, to the service-managed key': {
    first: (state) => {
      withKey(state);
      found(state.servers, billing.server).protector = { serverKeyName: keyRowName, autoRotationEnabled: false };
    },
    command: () => azCommand('setServiceManagedKey', billing),
    button: protectedBy('ServiceManaged', false),
  },
  'az sql server update, to assign an identity': {
    command: () => azCommand('assignIdentity', { resourceGroup: 'rg-reports', server: 'sql-reports-weu' }),
    button: async (azure) => azure.sqlServers.assignIdentity(await findServer(azure, 'sql-reports-weu')),
  },
  'az keyvault update, to turn on purge protection': {
    command: () => azCommand('enablePurgeProtection', { vault: 'kv-nopurge' }),
    button: async (azure) => azure.keyVaults.enablePurgeProtection(await findVault(azure, 'kv-nopurge')),
  },
  'az keyvault update, to let trusted services through the firewall': {
    command: () => azCommand('allowTrustedServices', { vault: 'kv-firewalled' }),
    button: async (azure) => azure.keyVaults.allowTrustedServices(await findVault(azure, 'kv-firewalled')),
  },
  'az keyvault update-hsm, to turn on purge protection': {
    first: (state) => {
      found(state.vaults, 'hsm-contoso').purgeProtection = false;
    },
    command: () => azCommand('enablePurgeProtection', { vault: 'hsm-contoso', permissionModel: 'localRoles' }),
    button: async (azure) => azure.keyVaults.enablePurgeProtection(await findVault(azure, 'hsm-contoso')),
  },
  'az keyvault set-policy': {
    command: async (azure) => {
      const { objectId, keyPermissions } = await policy(azure);
      return `az keyvault set-policy -n kv-billing --object-id ${objectId} --key-permissions ${keyPermissions.join(' ')}`;
    },
    button: async (azure) => azure.keyVaults.addAccessPolicy(await findVault(azure, 'kv-billing'), await policy(azure)),
  },
  'az rest, to add key permissions': {
    command: async (azure) => addKeyPermissions((await findVault(azure, 'kv-billing')).id, await policy(azure)),
    button: async (azure) => azure.keyVaults.addAccessPolicy(await findVault(azure, 'kv-billing'), await policy(azure)),
  },
  'az rest, to assign an identity besides others': {
    command: async (azure) => {
      const { id, identity } = await findServer(azure, 'sql-inventory-weu');
      assert.deepEqual(identity.userAssigned.length, 1, inventoryIdentity.id);
      return assignBesides(id, identity);
    },
    button: async (azure) => azure.sqlServers.assignIdentity(await findServer(azure, 'sql-inventory-weu')),
  },
  'az lock delete': {
    // az lists the locks of the subscription first.
    first: ({ caller, roleAssignments, roleDefinitions, subscriptions }) => {
      const { subscriptionId } = subscriptions.find((s) => s.displayName === 'Contoso Production') ?? assert.fail();
      const { id } = roleDefinitions.find((role) => role.roleName === 'Reader') ?? assert.fail();
      const scope = `/subscriptions/${subscriptionId}`;
      roleAssignments.push({ name: 'reader', scope, principalId: caller, roleId: id });
    },
    command: async () => {
      const [lock] = (await emulator.state()).locks;
      const lockId = `${lock?.scope ?? ''}/providers/Microsoft.Authorization/locks/${lock?.name ?? ''}`;
      return azCommand('deleteLock', { lockId });
    },
    button: () =>
      changeState((state) => {
        state.locks = [];
      }),
  },
  'az provider register': {
    first: ({ subscriptions }) => {
      for (const subscription of subscriptions) subscription.unregistered = ['Microsoft.Sql'];
    },
    command: () =>
      `${azCommand('registerProvider', { provider: 'Microsoft.Sql' })} --subscription 'Contoso Development'`,
    button: () =>
      changeState(({ subscriptions }) => {
        const development = subscriptions.find((s) => s.displayName === 'Contoso Development') ?? assert.fail();
        development.unregistered = [];
      }),
  },
};

async function policy(azure: Azure) {
  const { tenantId } = await azure.keyVaults.getSettings(await findVault(azure, 'kv-billing'));
  const objectId = principalOf(await findServer(azure, 'sql-orders-neu'));
  return { tenantId, objectId, keyPermissions: ['get', 'wrapKey', 'unwrapKey'] };
}

const serverSettings = {
  administratorLogin: 'sqladmin',
  minimalTlsVersion: '1.2',
  publicNetworkAccess: 'Enabled',
  restrictOutboundNetworkAccess: 'Disabled',
};
const vaultSettings = {
  enabledForDeployment: false,
  enabledForDiskEncryption: false,
  enabledForTemplateDeployment: false,
};

/**
 * The state with the settings that az repeats although they are the defaults. Vaults and permissions are in one
 * order, and the log of the requests is empty.
 */
const complete = (state: State): State => ({
  ...state,
  activityLog: [],
  servers: state.servers.map((server) => ({ ...server, settings: { ...serverSettings, ...server.settings } })),
  vaults: state.vaults
    .map((vault) => ({
      ...vault,
      tags: vault.tags ?? {},
      accessPolicies: vault.accessPolicies.map((policy) => ({
        ...policy,
        permissions: { ...policy.permissions, keys: policy.permissions.keys.toSorted() },
      })),
      settings: { ...vaultSettings, ...vault.settings },
      network: { ipRules: [], virtualNetworkRules: [], ...vault.network },
    }))
    .sort((a, b) => a.id.localeCompare(b.id)),
});

/** The state without the times and IDs that are new. */
const comparable = (state: State, before: State): unknown => {
  const known = JSON.stringify(before);
  const values = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|(?<=:)\d{13}\b/gi;
  return JSON.parse(
    JSON.stringify(complete(state)).replace(values, (value) =>
      known.includes(value) ? value : /^\d+$/.test(value) ? '0' : 'new',
    ),
  );
};

describe('A printed command ends in the same state as the button', function () {
  this.timeout(120_000);
  let seed: State;
  before(async () => {
    await resetEmulator();
    seed = await emulator.state();
  });
  const az = signedInAz();

  for (const [title, { first, command, button }] of Object.entries(changes)) {
    it(title, async () => {
      const before = structuredClone(seed);
      first?.(before);
      await resetEmulator(before);
      await button(connectToEmulator());
      const expected = comparable(await emulator.state(), before);
      assert.notDeepEqual(expected, comparable(before, before), 'the button changes something');
      await resetEmulator(before);
      await az.run(await command(connectToEmulator()));
      assert.deepEqual(comparable(await emulator.state(), before), expected);
    });
  }
});
