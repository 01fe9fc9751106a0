import assert from 'node:assert/strict';
import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { diagnose } from '../../src/core/errors/diagnose';
import { ArmError } from '../../src/core/armError';
import type { SqlServer } from '../../src/core/model';
import { remembered } from '../../src/core/remembered';
import { noArgs, type CommandServices } from '../../src/ui/commands/handler';
import { askForServer } from '../../src/ui/commands/targets';

const server: SqlServer = {
  id: '/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Sql/servers/sql-gone',
  name: 'sql-gone',
  subscriptionId: 'sub',
  resourceGroup: 'rg',
  location: 'westeurope',
  identity: { userAssigned: [] },
};
const inventory = { subscriptions: [], servers: [server], failures: [], filtered: false, asOf: new Date() };

/** A user who picks the first server. */
const picksFirst = { showQuickPick: async (items: Promise<readonly unknown[]>) => (await items)[0] };

describe('picking a server', () => {
  it("says that Azure can't find the server if a refresh removes it after the pick", async () => {
    const services = {
      inventory: remembered(() => Promise.resolve(inventory)),
      tree: { findServer: () => Promise.resolve(undefined) },
    } as unknown as CommandServices;
    const picking = askForServer(services, { ui: picksFirst } as unknown as IActionContext, noArgs);
    await assert.rejects(picking, (error) => {
      assert.ok(error instanceof ArmError);
      assert.equal(diagnose(error).what, 'Azure can\'t find the server "sql-gone".');
      return true;
    });
  });
});
