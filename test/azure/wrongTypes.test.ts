import assert from 'node:assert/strict';
import type { SqlServer } from '../../src/core/model';
import type { KeyVault } from '../../src/core/vaultModel';
import type { Azure } from '../../src/core/ports';
import { emulator, failureOf, freshConnection, principalOf } from './connection';

interface Case {
  /** The request whose response is changed. */
  readonly path: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly read: (azure: Azure, server: SqlServer, vault: KeyVault) => Promise<unknown>;
}

const id = 'a';
const isNull = { userAssignedIdentities: { [id]: null } };
const settings: Case['read'] = ({ keyVaults }, _, vault) => keyVaults.getSettings(vault);

const cases: Readonly<Record<string, Case>> = {
  'permissions of a role that are no list': {
    path: '/roleDefinitions/',
    change: { properties: { permissions: {} } },
    read: ({ access }, server, { id: scope }) => access.listRoles(principalOf(server), `${scope}/keys/tde-orders`),
  },
  'actions that are no list': {
    path: '/permissions$',
    change: { value: [{ actions: '*' }] },
    read: ({ access }, server) => access.listPermissions(server.id),
  },
  'a lock whose level is a number': {
    path: '/locks$',
    change: { value: [{ id, properties: { level: 1 } }] },
    read: ({ access }, server) => access.listLocks(server.id),
  },
  'a partner without an ID': {
    path: '/failoverGroups$',
    change: { value: [{ id, properties: { partnerServers: [{}] } }] },
    read: ({ sqlServers }, server) => sqlServers.listGeoPartners(server),
  },
  'an operation whose state is a number': {
    path: '/operations$',
    change: { value: [{ id, properties: { state: 1 } }] },
    read: ({ sqlServers }, server) => sqlServers.listRunningOperations(server),
  },
  'an identity that is null': {
    path: '/servers/[^/]+$',
    change: { identity: isNull },
    read: ({ sqlServers }, server) => sqlServers.get(server),
  },
  'an identity of a database that is null': {
    path: '/databases/[^/]+$',
    change: { identity: isNull },
    read: ({ databaseKeys }, server) => databaseKeys.get(server, 'orders'),
  },
  'a row whose identity is null': {
    path: 'ResourceGraph',
    change: { data: [{ id, name: id, identity: isNull }] },
    read: ({ sqlServers }, { name, subscriptionId }) => sqlServers.find(name, [subscriptionId]),
  },
  'operations of a key that are no list': {
    path: '/keys/tde-orders$',
    change: { properties: { keyOps: 'wrapKey' } },
    read: ({ keyVaults }, _, vault) => keyVaults.getKey(vault, 'tde-orders'),
  },
  'firewall rules that are no list': {
    path: '/vaults/[^/]+$',
    change: { properties: { sku: {}, networkAcls: { ipRules: {} } } },
    read: settings,
  },
  'key permissions that are no list': {
    path: '/vaults/[^/]+$',
    change: { properties: { sku: {}, accessPolicies: [{ permissions: { keys: 'all' } }] } },
    read: settings,
  },
};

describe('a response with a wrong type in it', () => {
  const connected = freshConnection('sql-orders-weu', 'kv-orders');

  for (const [name, { path, change, read }] of Object.entries(cases)) {
    it(`is not what was asked for: ${name}`, async () => {
      const { azure, server, vault } = connected();
      await emulator.addFault({ match: { path }, behavior: 'change', when: 'afterEffect', change });
      assert.equal((await failureOf(read(azure, server, vault))).code, 'UnexpectedAnswer');
    });
  }

  it('has a name that no address can contain', async () => {
    const { azure, vault } = connected();
    const change = { value: [{ id, name: '\ud800', properties: {} }] };
    await emulator.addFault({ match: { path: '/keys$' }, behavior: 'change', when: 'afterEffect', change });
    assert.equal((await failureOf(azure.keyVaults.listKeys(vault))).code, 'InvalidAddress');
  });
});
