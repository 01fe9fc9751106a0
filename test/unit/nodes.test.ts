import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { diagnose } from '../../src/core/diagnosis/diagnose';
import type { SqlServer, TdeProtector } from '../../src/core/model';
import {
  accessibleLabel,
  describe as describeNode,
  inventoryNodes,
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
        ['Contoso Production', '2 SQL servers', 'expanded'],
        ['Contoso Empty', 'no SQL servers', 'none'],
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
      'westeurope · customer-managed · rotates automatically',
    );
  });

  it('mark the TDE protector in words, whatever the casing of its name', () => {
    const upper = { ...customerManaged, serverKeyName: protectorName.toUpperCase() };
    const row = describeNode(keyNode(protectorName, upper));
    assert.deepEqual([row.label, row.description], ['kv-orders / tde-orders', 'b7f0…21c4 · TDE protector']);
    assert.equal(describeNode(keyNode('ServiceManaged', customerManaged)).description, 'available');
  });

  it('claim nothing about a key when the protector could not be read', () => {
    assert.equal(describeNode(keyNode('ServiceManaged')).description, '');
  });

  it('say what failed, why, and what to do', () => {
    const failure = diagnose(new ArmError({ code: 'AuthorizationFailed', status: 403, message: 'no' }));
    const row = describeNode({ kind: 'failure', diagnosis: failure });
    assert.equal(row.label, failure.what);
    assert.equal(row.description, failure.cause);
    assert.ok(failure.remedies.length > 0 && failure.remedies.every((remedy) => row.tooltip.includes(remedy)));
  });

  it('are read by a screen reader as one sentence', () => {
    assert.equal(
      accessibleLabel(describeNode(keyNode(protectorName, customerManaged))),
      'kv-orders / tde-orders, b7f0…21c4, TDE protector',
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
