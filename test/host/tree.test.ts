import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Node } from '../../src/ui/tree/nodes';
import type { ServerKeysTree } from '../../src/ui/tree/serverKeysTree';
import { until } from '../vscode-host/driver/until';
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

describe('the tree', () => {
  beforeEach(() => emulator.reset());

  it('shows the demo estate', async function () {
    // The first test that reads all servers also loads the code for it, which takes long on a busy machine.
    this.timeout(60_000);
    const expected = [
      'Contoso Development — 2 servers [group subscription]',
      '  sql-dev-neu — service-managed [server]',
      '    Service-managed key — protector [serverKey]',
      '  sql-dev-weu — service-managed [server]',
      '    Service-managed key — protector [serverKey]',
      'Contoso Production — 9 servers · 3 managed instances [group subscription]',
      '  sql-archive-neu — key disabled · 2 databases inaccessible · CMK [server]',
      '    kv-billing / tde-billing-disabled — protector · v [serverKey customerManaged noAutoRotation]',
      '    Service-managed key — not in use [serverKey]',
      '  sql-billing-weu — service-managed [server]',
      '    Service-managed key — protector [serverKey]',
      '  sql-hr-weu — CMK [server]',
      '    hsm-contoso / tde-hr — protector · v · managed HSM [serverKey customerManaged noAutoRotation]',
      '    Service-managed key — not in use [serverKey]',
      '  sql-inventory-weu — service-managed [server]',
      '    Service-managed key — protector [serverKey]',
      '    suppliers — database-level · CMK [database noAutoRotation]',
      '      kv-billing / tde-billing — protector · v [databaseKey]',
      '  sql-legacy-neu — service-managed · locked [server]',
      '    Service-managed key — protector [serverKey]',
      '  sql-orders-neu — CMK · auto · replica of sql-orders-weu [server]',
      '    kv-orders / tde-orders — protector · v [serverKey customerManaged autoRotation]',
      '    kv-orders / tde-orders — previous version · v [serverKey customerManaged]',
      '    Service-managed key — not in use [serverKey]',
      '  sql-orders-weu — CMK · auto · primary of sql-orders-neu [server]',
      '    kv-orders / tde-orders — protector · v [serverKey customerManaged autoRotation]',
      '    kv-orders / tde-orders — previous version · v [serverKey customerManaged]',
      '    Service-managed key — not in use [serverKey]',
      '  sql-payroll-weu — service-managed · protector not readable [server]',
      "    Your account lacks a permission — Can't read the server keys and the TDE protector [failure]",
      '  sql-reports-weu — service-managed [server]',
      '    Service-managed key — protector [serverKey]',
      '  sqlmi-billing-weu — service-managed · managed instance [server instance]',
      '    Service-managed key — protector [serverKey instance]',
      '  sqlmi-orders-neu — CMK · replica of sqlmi-orders-weu · managed instance [server instance]',
      '    kv-orders / tde-orders — protector · v [serverKey instance customerManaged noAutoRotation]',
      '    Service-managed key — not in use [serverKey instance]',
      '  sqlmi-orders-weu — CMK · primary of sqlmi-orders-neu · managed instance [server instance]',
      '    kv-orders / tde-orders — protector · v [serverKey instance customerManaged noAutoRotation]',
      '    Service-managed key — not in use [serverKey instance]',
      'Fabrikam Test — 1 server [group subscription]',
      '  sql-fabrikam-use — CMK [server]',
      '    kv-fabrikam / tde-fabrikam — protector · v [serverKey customerManaged noAutoRotation]',
      '    Service-managed key — not in use [serverKey]',
    ];
    const tree = makeTree();
    let lines: readonly string[] = [];
    // The states of the servers arrive after the rows.
    await until(
      () => `expected rows; shown:\n${lines.join('\n')}`,
      async () => {
        lines = (await transcript(tree)).map((line) => line.replaceAll(/[0-9a-f]{4}…[0-9a-f]{4}/g, 'v'));
        return isDeepStrictEqual(lines, expected);
      },
      50_000,
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
    assert.match(
      (await transcript(tree)).join('\n'),
      /^Your account lacks a permission — Can't list the SQL servers \[failure\]$/,
    );
    tree.refresh();
    assert.equal((await tree.getChildren()).length, 3);
  });

  it('keeps its rows if a refresh fails, and says so, until a refresh succeeds', async () => {
    const messages: string[] = [];
    const tree = makeTree({ setMessage: (text) => messages.push(text) });
    const before = await transcript(tree);
    // Azure asks to wait for longer than the extension waits.
    await emulator.addFault({ match: { path: 'ResourceGraph' }, behavior: 'throttle', retryAfter: 3600 });
    tree.refresh();
    const labels = (await tree.getChildren()).map((row) => tree.getTreeItem(row).label);
    const groups = ['Contoso Development', 'Contoso Production', 'Fabrikam Test'];
    assert.deepEqual(labels, ['Requests throttled', ...groups]);
    assert.match(
      messages.at(-1) ?? '',
      / · 12 servers · 3 managed instances · (1 needs attention · )?as of .+ · refresh failed: Requests throttled$/,
    );
    await emulator.clearFaults();
    tree.refresh();
    assert.deepEqual(await transcript(tree), before);
    assert.match(messages.at(-1) ?? '', / · 12 servers · 3 managed instances · (1 needs attention · )?as of [^·]+$/);
  });

  it('keeps the keys of a server if reading them again fails for a moment, below a row with the reason', async () => {
    const tree = makeTree();
    const [group] = await tree.getChildren();
    const [server] = await tree.getChildren(group);
    assert.equal(server?.kind, 'server');
    const before = await transcript(tree, server);
    await emulator.addFault({ match: { path: 'sql-dev-neu/' }, behavior: 'throttle', retryAfter: 3600 });
    tree.refresh(server);
    const [failure, ...keys] = await transcript(tree, server);
    assert.match(
      failure ?? '',
      /^Requests throttled — as of .+ · Can't read the server keys and the TDE protector \[failure\]$/,
    );
    assert.deepEqual(keys, before);
  });

  it('does not say that there are no servers if it could not read them', async () => {
    const messages: string[] = [];
    await emulator.addFault({ match: { path: '^/subscriptions$' }, behavior: 'throttle', retryAfter: 3600 });
    await makeTree({ setMessage: (text) => messages.push(text) }).getChildren();
    assert.match(messages.at(-1) ?? '', /^workspace settings ignored: [^·]+ · as of [^·]+$/);
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
