import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { diagnose } from '../../src/core/errors/diagnose';
import type { ServerKey, SqlServer, TdeProtector } from '../../src/core/model';
import type { Inventory } from '../../src/ui/inventory';
import { accessibleLabel } from '../../src/ui/tree/description';
import { describe as describeNode } from '../../src/ui/tree/describe';
import {
  inventoryNodes,
  serverKeyNodes,
  type Node,
  type ServerKeyNode,
  type ServerNode,
} from '../../src/ui/tree/nodes';
import { inventoryWith } from '../inventoryWith';

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

const inventory = (subscriptions: Inventory['subscriptions'], servers: readonly SqlServer[]): Inventory =>
  inventoryWith({ subscriptions, servers });

function serverNode(protector?: TdeProtector): ServerNode {
  const [node] = inventoryNodes(inventory([production], [server('sql-orders')]), 'subscription');
  const [child] = node?.servers ?? [];
  assert.ok(child);
  return Object.assign(child, protector && { protector });
}

const version = 'b7f0'.padEnd(28, '0') + '21c4';
const protectorName = `kv-orders_tde-orders_${version}`;
const customerManaged: TdeProtector = { serverKeyName: protectorName, type: 'customerManaged', autoRotation: true };

function keyNode(name: string, protector?: TdeProtector, more: Partial<ServerKey> = {}): ServerKeyNode {
  const parent = serverNode(protector);
  const type = name === 'ServiceManaged' ? 'serviceManaged' : 'customerManaged';
  const key = { id: `${parent.server.id}/keys/${name}`, name, type, ...more } as const;
  return { kind: 'serverKey', parent, key, among: [key] };
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

  it('name the tenant and the account of a subscription in its tooltip', () => {
    const tenant = { id: 'tenant', name: 'Contoso', account: { id: 'dba', label: 'dba@contoso.example' } };
    const [row] = inventoryNodes(inventory([{ ...production, tenant }], [server('sql-a')]), 'subscription');
    assert.deepEqual(row && describeNode(row).tooltip?.split('\n'), [
      'Contoso Production',
      '1 server',
      'Subscription "Contoso Production", sub-1',
      'Tenant "Contoso", tenant',
      'Account: dba@contoso.example',
    ]);
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

  it('show how a server is encrypted once that is known, in words that a narrow view does not cut off', () => {
    assert.equal(describeNode(serverNode()).description, '');
    assert.equal(describeNode(serverNode(customerManaged)).description, 'CMK · auto');
    assert.equal(describeNode(serverNode({ ...customerManaged, autoRotation: false })).description, 'CMK');
  });

  it('repeat the whole row in the tooltip of a server, with everything that has no place in the row', () => {
    const uri = `https://kv-orders.vault.azure.net/keys/tde-orders/${version}`;
    const node = serverNode({ ...customerManaged, uri });
    const { tooltip } = describeNode({
      ...node,
      server: { ...node.server, synapseWorkspace: '/x/workspaces/syn-orders' },
    });
    assert.deepEqual(tooltip?.split('\n'), [
      'sql-orders',
      'CMK · auto · Synapse',
      'The TDE protector is a customer-managed key (CMK) that rotates automatically.',
      `TDE protector: ${uri}`,
      'Managed by the Synapse workspace "syn-orders"',
      'Location: westeurope',
      'Resource group: rg',
      'Subscription: Contoso Production',
    ]);
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
      return [description, tooltip?.includes(`TDE protector: ${uri}`)];
    };
    assert.deepEqual(row(), ['CMK', true]);
    const now = { serverKeyName: 'ServiceManaged', type: 'serviceManaged', autoRotation: false } as const;
    assert.deepEqual(row(now), ['service-managed', false]);
    assert.deepEqual(row('unreadable'), ['CMK · protector not readable', true]);
  });

  it('label a versionless server key as the TDE protector, whose name has a version', () => {
    const uri = `https://kv-orders.vault.azure.net/keys/tde-orders/${version}`;
    const described = (key: Partial<ServerKey>) =>
      describeNode(keyNode('kv-orders_tde-orders', { ...customerManaged, uri }, key)).description;
    assert.equal(described({ uri }), 'protector · versionless');
    assert.equal(described({ uri: uri.replace(version, ''), version }), 'protector · versionless');
    assert.equal(described({ uri: uri.replace('b7f0', 'aaaa') }), 'other version · versionless');
  });

  it('label the TDE protector, regardless of the casing of its name', () => {
    const upper = { ...customerManaged, serverKeyName: protectorName.toUpperCase() };
    const row = describeNode(keyNode(protectorName, upper));
    assert.deepEqual([row.label, row.description], ['kv-orders / tde-orders', 'protector · b7f0…21c4']);
    assert.equal(describeNode(keyNode('ServiceManaged', customerManaged)).description, 'not in use');
  });

  it('tell previous versions, the same key in another vault, and other keys apart', () => {
    const at = (vault: string, key: string, digits: string) =>
      `https://${vault}.vault.azure.net/keys/${key}/${digits.padEnd(32, '0')}`;
    const protector = { ...customerManaged, uri: at('kv-orders', 'tde-orders', 'b7f0'), thumbprint: 'AA' };
    const added = (uri: string, created: string, thumbprint: string) => {
      const [, , host = '', , name = '', digits = ''] = uri.split('/');
      return keyNode(`${host.split('.')[0] ?? ''}_${name}_${digits}`, protector, {
        uri,
        thumbprint,
        created: new Date(created),
      });
    };
    const current = added(protector.uri, '2026-03-01', 'AA');
    const wordOf = (node: ServerKeyNode) =>
      describeNode({ ...node, among: [current.key, node.key] }).description.split(' · ')[0];
    assert.deepEqual(
      [
        current,
        added(at('kv-orders', 'tde-orders', 'c124'), '2026-01-01', 'BB'),
        added(at('kv-orders', 'tde-orders', 'd200'), '2026-05-01', 'CC'),
        added(at('kv-paired', 'tde-orders', 'b7f0'), '2026-01-01', 'aa'),
        added(at('kv-orders', 'tde-2027', 'e300'), '2026-01-01', 'DD'),
      ].map(wordOf),
      ['protector', 'previous version', 'other version', 'standby', 'available'],
    );
    const unseen = { ...customerManaged, uri: protector.uri };
    const standby = added(at('kv-paired', 'tde-orders', 'b7f0'), '2026-01-01', 'aa');
    assert.equal(wordOf({ ...standby, parent: { ...standby.parent, protector: unseen } }), 'standby');
  });

  it('say that a key is in a managed HSM', () => {
    const uri = `https://hsm-contoso.managedhsm.azure.net/keys/tde-hr/${version}`;
    const name = `hsm-contoso_tde-hr_${version}`;
    const protector = { ...customerManaged, serverKeyName: name, uri };
    assert.equal(describeNode(keyNode(name, protector, { uri })).description, 'protector · b7f0…21c4 · managed HSM');
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
    const { label, description } = describeNode(failed('ConnectionFailed'));
    assert.deepEqual([label, description], ['No connection to Azure', 'Can\'t list the subscriptions of "Northwind"']);
  });

  it('show no state of a key if the TDE protector could not be read', () => {
    assert.equal(describeNode(keyNode('ServiceManaged')).description, '');
  });

  it('say first why something could not be read, then what, and what to do', () => {
    const operation = { name: 'list server keys', resource: server('sql-a').id };
    const message = "does not have authorization to perform action 'Microsoft.Sql/servers/keys/read' over scope '/x'";
    const failure = diagnose(new ArmError({ code: 'AuthorizationFailed', status: 403, message, operation }));
    const row = describeNode({ kind: 'failure', diagnosis: failure, others: [] });
    assert.equal(row.label, 'Your account lacks a permission');
    assert.equal(row.description, "Can't list the server keys");
    assert.ok(
      [row.label, row.description, failure.what, failure.cause, ...failure.steps].every((text) =>
        row.tooltip?.includes(text),
      ),
    );
    assert.equal(row.severity, 'warning');
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
      'kv-orders / tde-orders, protector, b7f0…21c4',
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
