import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { diagnose } from '../../src/core/diagnosis/diagnose';
import type { ServerKey, SqlServer, TdeProtector } from '../../src/core/model';
import {
  accessibleLabel,
  describe as describeNode,
  inventoryNodes,
  serverKeyNodes,
  type Node,
  type ServerNode,
} from '../../src/ui/tree/nodes';

const production = { id: 'sub-1', name: 'Contoso Production', tenantId: 'tenant' };
const empty = { id: 'sub-2', name: 'Contoso Empty', tenantId: 'tenant' };

function server(name: string): SqlServer {
  const id = `/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Sql/servers/${name}`;
  return {
    id,
    name,
    subscriptionId: 'sub-1',
    resourceGroup: 'rg',
    location: 'westeurope',
    identity: { userAssigned: [] },
  };
}

function serverNode(protector?: TdeProtector): ServerNode {
  const [node] = inventoryNodes({ subscriptions: [production], servers: [server('sql-orders')], asOf: new Date() });
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
  it('put every server below its subscription and say how many there are', () => {
    const servers = [server('sql-a'), server('sql-b')];
    const rows = inventoryNodes({ subscriptions: [production, empty], servers, asOf: new Date() });
    assert.deepEqual(
      rows.map((row) => [describeNode(row).label, describeNode(row).description, describeNode(row).children]),
      [
        ['Contoso Production', '2 servers', 'expanded'],
        ['Contoso Empty', 'no servers', 'none'],
      ],
    );
    assert.deepEqual(
      rows[0]?.servers.map(({ server: { name } }) => name),
      ['sql-a', 'sql-b'],
    );
  });

  it('start collapsed in a large estate', () => {
    const servers = Array.from({ length: 51 }, (_, i) => server(`sql-${i}`));
    const [row] = inventoryNodes({ subscriptions: [production], servers, asOf: new Date() });
    assert.equal(row && describeNode(row).children, 'collapsed');
  });

  it('say of a server how it is encrypted as soon as that is known', () => {
    assert.equal(describeNode(serverNode()).description, 'westeurope');
    assert.equal(
      describeNode(serverNode(customerManaged)).description,
      'customer-managed · rotates automatically · westeurope',
    );
  });

  it('mark the TDE protector in words, whatever the casing of its name', () => {
    const upper = { ...customerManaged, serverKeyName: protectorName.toUpperCase() };
    const row = describeNode(keyNode(protectorName, upper));
    assert.deepEqual([row.label, row.description], ['kv-orders / tde-orders', 'TDE protector · b7f0…21c4']);
    assert.equal(describeNode(keyNode('ServiceManaged', customerManaged)).description, 'available');
  });

  it('claim nothing about a key when the protector could not be read', () => {
    assert.equal(describeNode(keyNode('ServiceManaged')).description, '');
  });

  it('say what is missing, why, and what to do', () => {
    const operation = { name: 'list server keys', resource: server('sql-a').id };
    const message = "does not have authorization to perform action 'Microsoft.Sql/servers/keys/read' over scope '/x'";
    const failure = diagnose(new ArmError({ code: 'AuthorizationFailed', status: 403, message, operation }));
    const row = describeNode({ kind: 'failure', diagnosis: failure });
    assert.equal(row.label, "Can't list the server keys");
    assert.equal(
      row.description,
      'Your account lacks the permission "Microsoft.Sql/servers/keys/read" on the resource "sql-a".',
    );
    assert.ok([failure.cause, ...failure.remedies].every((text) => row.tooltip.includes(text)));
  });

  it('stand in the order of their weight: the protector, the others from new to old, the service-managed key', () => {
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

  it('are read by a screen reader as one sentence', () => {
    assert.equal(
      accessibleLabel(describeNode(keyNode(protectorName, customerManaged))),
      'kv-orders / tde-orders, TDE protector, b7f0…21c4',
    );
  });

  it('have ids of their own, so that VS Code keeps selection and expansion', () => {
    const parent = serverNode(customerManaged);
    const failed = (name: string): Node => ({
      kind: 'failure',
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
