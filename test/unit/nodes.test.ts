import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { diagnose } from '../../src/core/errors/diagnose';
import type { ServerKey, SqlServer, TdeProtector } from '../../src/core/model';
import type { Inventory } from '../../src/ui/inventory';
import { accessibleLabel, describe as describeNode } from '../../src/ui/tree/describe';
import { inventoryNodes, serverKeyNodes, type Node, type ServerNode } from '../../src/ui/tree/nodes';

const production = { id: 'sub-1', name: 'Contoso Production', tenantId: 'tenant' };
const empty = { id: 'sub-2', name: 'Contoso Empty', tenantId: 'tenant' };

function server(name: string, resourceGroup = 'rg'): SqlServer {
  const id = `/subscriptions/sub-1/resourceGroups/${resourceGroup}/providers/Microsoft.Sql/servers/${name}`;
  return {
    id,
    name,
    subscriptionId: 'sub-1',
    resourceGroup,
    location: 'westeurope',
    identity: { userAssigned: [] },
  };
}

const inventory = (subscriptions: Inventory['subscriptions'], servers: readonly SqlServer[]): Inventory => ({
  subscriptions,
  servers,
  failures: [],
  filtered: false,
  tenants: [],
  asOf: new Date(),
});

function serverNode(protector?: TdeProtector): ServerNode {
  const [node] = inventoryNodes(inventory([production], [server('sql-orders')]), 'subscription');
  const [child] = node?.servers ?? [];
  assert.ok(child);
  return Object.assign(child, protector && { protector });
}

const version = 'b7f0'.padEnd(28, '0') + '21c4';
const protectorName = `kv-orders_tde-orders_${version}`;
const customerManaged: TdeProtector = { serverKeyName: protectorName, type: 'customerManaged', autoRotation: true };

function keyNode(name: string, protector?: TdeProtector): Node {
  const parent = serverNode(protector);
  const type = name === 'ServiceManaged' ? 'serviceManaged' : 'customerManaged';
  return { kind: 'serverKey', parent, key: { id: `${parent.server.id}/keys/${name}`, name, type } };
}

describe('tree rows', () => {
  it('group servers by subscription and show their number', () => {
    const servers = [server('sql-a'), server('sql-b')];
    const rows = inventoryNodes(inventory([production, empty], servers), 'subscription');
    assert.deepEqual(
      rows.map((row) => [describeNode(row).label, describeNode(row).description, describeNode(row).children]),
      [
        ['Contoso Empty', 'no servers', 'none'],
        ['Contoso Production', '2 servers', 'expanded'],
      ],
    );
    assert.deepEqual(
      rows[1]?.servers.map(({ server: { name } }) => name),
      ['sql-a', 'sql-b'],
    );
  });

  it('group servers by resource group, with the name of the subscription', () => {
    const servers = [server('sql-a', 'rg-b'), server('sql-b', 'rg-a'), server('sql-c', 'rg-b')];
    const rows = inventoryNodes(inventory([production, empty], servers), 'resourceGroup');
    assert.deepEqual(
      rows.map((row) => [describeNode(row).label, describeNode(row).description]),
      [
        ['rg-a', 'Contoso Production · 1 server'],
        ['rg-b', 'Contoso Production · 2 servers'],
      ],
    );
  });

  it('include a server whose IDs differ in casing', () => {
    const upperCase = { ...server('sql-b'), subscriptionId: 'SUB-1', resourceGroup: 'RG' };
    for (const by of ['subscription', 'resourceGroup'] as const) {
      const rows = inventoryNodes(inventory([production], [server('sql-a'), upperCase]), by);
      assert.deepEqual(
        rows.map(({ servers }) => servers.map((node) => node.server.name)),
        [['sql-a', 'sql-b']],
      );
    }
  });

  it('are collapsed at first if there are many servers', () => {
    const servers = Array.from({ length: 51 }, (_, i) => server(`sql-${i}`));
    const [row] = inventoryNodes(inventory([production], servers), 'subscription');
    assert.equal(row && describeNode(row).children, 'collapsed');
  });

  it('show how a server is encrypted once that is known', () => {
    assert.equal(describeNode(serverNode()).description, 'westeurope');
    assert.equal(
      describeNode(serverNode(customerManaged)).description,
      'customer-managed · rotates automatically · westeurope',
    );
  });

  it('show how a server is encrypted as the list says, until the TDE protector itself is read', () => {
    const uri = `https://kv-orders.vault.azure.net/keys/tde-orders/${version}`;
    const parent = serverNode();
    const row = (protector?: ServerNode['protector']) => {
      const listedProtector = { type: 'customerManaged', uri } as const;
      const { description, tooltip } = describeNode({
        ...parent,
        server: { ...parent.server, listedProtector },
        protector,
      });
      return [description, tooltip?.split('\n').at(-1)];
    };
    assert.deepEqual(row(), ['customer-managed · westeurope', `TDE protector: ${uri}`]);
    const now = { serverKeyName: 'ServiceManaged', type: 'serviceManaged', autoRotation: false } as const;
    assert.deepEqual(row(now), ['service-managed · westeurope', 'Resource group: rg']);
  });

  it('label a versionless server key as the TDE protector, whose name has a version', () => {
    const uri = `https://kv-orders.vault.azure.net/keys/tde-orders/${version}`;
    const node = keyNode('kv-orders_tde-orders', { ...customerManaged, uri });
    assert.equal(node.kind, 'serverKey');
    const described = (key: Partial<ServerKey>) => describeNode({ ...node, key: { ...node.key, ...key } }).description;
    assert.equal(described({ uri }), 'TDE protector · always the latest version');
    assert.equal(described({ uri: uri.replace(version, ''), version }), 'TDE protector · always the latest version');
    assert.equal(described({ uri: uri.replace('b7f0', 'aaaa') }), 'available · always the latest version');
  });

  it('label the TDE protector, regardless of the casing of its name', () => {
    const upper = { ...customerManaged, serverKeyName: protectorName.toUpperCase() };
    const row = describeNode(keyNode(protectorName, upper));
    assert.deepEqual([row.label, row.description], ['kv-orders / tde-orders', 'TDE protector · b7f0…21c4']);
    assert.equal(describeNode(keyNode('ServiceManaged', customerManaged)).description, 'available');
  });

  it('show the age of a key, and whether it always uses the latest version', () => {
    const now = new Date('2026-11-24T12:00:00Z');
    const described = (created: string, name = protectorName) => {
      const node = keyNode(name, customerManaged);
      assert.equal(node.kind, 'serverKey');
      return describeNode({ ...node, key: { ...node.key, created: new Date(created) } }, now).description;
    };
    assert.equal(described('2026-11-24T01:00:00Z'), 'TDE protector · b7f0…21c4 · created today');
    assert.equal(described('2026-11-23T01:00:00Z'), 'TDE protector · b7f0…21c4 · created 1 day ago');
    assert.equal(described('2026-04-25T01:00:00Z'), 'TDE protector · b7f0…21c4 · created 213 days ago');
    assert.equal(
      described('2026-11-24T01:00:00Z', 'kv-orders_key'),
      'available · always the latest version · created today',
    );
  });

  it('sign in to a tenant on click, and name the tenant of any other failure', () => {
    const tenant = { id: 't', name: 'Northwind', account: { id: 'a', label: 'dba@contoso.example' } };
    const failed = (code: string): Node => {
      const operation = { name: 'list subscriptions', resource: '' };
      return {
        kind: 'failure',
        tenant,
        diagnosis: diagnose(new ArmError({ code, message: '', operation })),
        others: [],
      };
    };
    const signIn = describeNode(failed('TenantSignInRequired'));
    assert.deepEqual([signIn.label, signIn.description], ['Sign in to "Northwind"', 'dba@contoso.example']);
    assert.equal(signIn.command, 'sqlServerKeys.signIn');
    assert.equal(describeNode(failed('ConnectionFailed')).label, 'Can\'t list the subscriptions of "Northwind"');
  });

  it('show no state of a key if the TDE protector could not be read', () => {
    assert.equal(describeNode(keyNode('ServiceManaged')).description, '');
  });

  it('say what could not be read, why, and what to do', () => {
    const operation = { name: 'list server keys', resource: server('sql-a').id };
    const message = "does not have authorization to perform action 'Microsoft.Sql/servers/keys/read' over scope '/x'";
    const failure = diagnose(new ArmError({ code: 'AuthorizationFailed', status: 403, message, operation }));
    const row = describeNode({ kind: 'failure', diagnosis: failure, others: [] });
    assert.equal(row.label, "Can't list the server keys");
    assert.equal(
      row.description,
      'Your account lacks the permission "Microsoft.Sql/servers/keys/read" on the resource "sql-a".',
    );
    assert.ok([failure.cause, ...failure.steps].every((text) => row.tooltip?.includes(text)));
  });

  it('put the protector first, then keys from new to old, and the service-managed key last', () => {
    const parent = serverNode(customerManaged);
    const key = (name: string, created?: string): ServerKey => ({
      id: name,
      name,
      type: created ? 'customerManaged' : 'serviceManaged',
      ...(created && { created: new Date(created) }),
    });
    const keys = [
      key('ServiceManaged'),
      key('a_b', '2025-01-01'),
      key(protectorName, '2024-01-01'),
      key('c_d', '2026-01-01'),
    ];
    assert.deepEqual(
      serverKeyNodes(parent, keys).map((node) => node.key.name),
      [protectorName, 'c_d', 'a_b', 'ServiceManaged'],
    );
  });

  it('read as one sentence in a screen reader', () => {
    assert.equal(
      accessibleLabel(describeNode(keyNode(protectorName, customerManaged))),
      'kv-orders / tde-orders, TDE protector, b7f0…21c4',
    );
  });

  it('have unique IDs, so that VS Code keeps selection and expansion', () => {
    const parent = serverNode(customerManaged);
    const failed = (name: string): Node => ({
      kind: 'failure',
      others: [],
      parent,
      diagnosis: diagnose(new ArmError({ code: 'X', message: '', operation: { name, resource: parent.server.id } })),
    });
    const rows: Node[] = [
      parent.parent,
      parent,
      keyNode(protectorName),
      failed('list server keys'),
      failed('read TDE protector'),
    ];
    assert.equal(new Set(rows.map((row) => describeNode(row).id)).size, rows.length);
  });
});
