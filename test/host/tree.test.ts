import assert from 'node:assert/strict';
import type { Node } from '../../src/ui/tree/nodes';
import type { ServerKeysTree } from '../../src/ui/tree/serverKeysTree';
import { emulator, makeTree } from './makeTree';

/** The whole tree as indented lines: label — description [context value]. */
async function transcript(tree: ServerKeysTree, node?: Node, indent = ''): Promise<string[]> {
  const children = await tree.getChildren(node);
  const lines = children.map(async (child) => {
    const below = await transcript(tree, child, `${indent}  `);
    const { label, description, contextValue } = tree.getTreeItem(child);
    const text = typeof label === 'string' ? label : label?.label;
    return [`${indent}${text ?? ''} — ${String(description)} [${contextValue ?? ''}]`, ...below];
  });
  return (await Promise.all(lines)).flat();
}

const payroll = 'on the resource "sql-payroll-weu". [failure]';

describe('the tree', () => {
  beforeEach(() => emulator.reset());

  it('shows the demo estate', async () => {
    const lines = await transcript(makeTree());
    assert.deepEqual(
      lines.map((line) =>
        line.replaceAll(/[0-9a-f]{4}…[0-9a-f]{4}/g, 'v').replace(/created (today|\d+ days? ago)/, 'created'),
      ),
      [
        'Contoso Development — 2 servers [group subscription]',
        '  sql-dev-neu — service-managed · northeurope [server]',
        '    Service-managed key — TDE protector [serverKey]',
        '  sql-dev-weu — service-managed · westeurope [server]',
        '    Service-managed key — TDE protector [serverKey]',
        'Contoso Production — 9 servers [group subscription]',
        '  sql-archive-neu — customer-managed · northeurope [server]',
        '    kv-billing / tde-billing-disabled — TDE protector · v · created [serverKey customerManaged]',
        '    Service-managed key — available [serverKey]',
        '  sql-billing-weu — service-managed · westeurope [server]',
        '    Service-managed key — TDE protector [serverKey]',
        '  sql-hr-weu — customer-managed · westeurope [server]',
        '    hsm-contoso / tde-hr — TDE protector · v · created [serverKey customerManaged]',
        '    Service-managed key — available [serverKey]',
        '  sql-inventory-weu — service-managed · westeurope [server]',
        '    Service-managed key — TDE protector [serverKey]',
        '  sql-legacy-neu — service-managed · northeurope [server]',
        '    Service-managed key — TDE protector [serverKey]',
        '  sql-orders-neu — customer-managed · rotates automatically · northeurope [server]',
        '    kv-orders / tde-orders — TDE protector · v · created [serverKey customerManaged]',
        '    kv-orders / tde-orders — available · v · created [serverKey customerManaged]',
        '    Service-managed key — available [serverKey]',
        '  sql-orders-weu — customer-managed · rotates automatically · westeurope [server]',
        '    kv-orders / tde-orders — TDE protector · v · created [serverKey customerManaged]',
        '    kv-orders / tde-orders — available · v · created [serverKey customerManaged]',
        '    Service-managed key — available [serverKey]',
        '  sql-payroll-weu — TDE protector not readable · westeurope [server]',
        `    Can't read the server keys and the TDE protector — Your account lacks the permission "Microsoft.Sql/servers/keys/read" ${payroll}`,
        '  sql-reports-weu — service-managed · westeurope [server]',
        '    Service-managed key — TDE protector [serverKey]',
        'Fabrikam Test — 1 server [group subscription]',
        '  sql-fabrikam-use — customer-managed · eastus [server]',
        '    kv-fabrikam / tde-fabrikam — TDE protector · v · created [serverKey customerManaged]',
        '    Service-managed key — available [serverKey]',
      ],
    );
  });

  it('shows a failed load as a row, and loads again on retry', async () => {
    await emulator.addFault({
      match: { path: 'ResourceGraph' },
      status: 403,
      code: 'AuthorizationFailed',
      message: '',
      times: 1,
    });
    const tree = makeTree();
    assert.match((await transcript(tree)).join('\n'), /^Can't list the SQL servers — .*\[failure\]$/);
    tree.refresh();
    assert.equal((await tree.getChildren()).length, 3);
  });

  it('shows the keys of a server whose protector cannot be read', async () => {
    await emulator.addFault({
      match: { path: 'sql-dev-weu/encryptionProtector' },
      status: 403,
      code: 'AuthorizationFailed',
      message: '',
    });
    const lines = await transcript(makeTree());
    const from = lines.findIndex((line) => line.includes('sql-dev-weu'));
    assert.match(lines[from + 1] ?? '', /Can't read the TDE protector/);
    assert.equal(lines[from + 2], '    Service-managed key —  [serverKey]');
  });

  it('reads the keys of a server once, and again after a refresh', async () => {
    const tree = makeTree();
    const [group] = await tree.getChildren();
    const [server] = await tree.getChildren(group);
    assert.equal(server?.kind, 'server');
    const reads = async (): Promise<number> =>
      (await emulator.requests()).filter(({ path }) => path.endsWith(`${server.server.name}/keys`)).length;
    await tree.getChildren(server);
    await tree.getChildren(server);
    assert.equal(await reads(), 1);
    tree.refresh(server);
    await tree.getChildren(server);
    assert.equal(await reads(), 2);
  });
});
