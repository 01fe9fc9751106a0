import assert from 'node:assert/strict';
import { checkCreation } from '../../src/core/checks/checkCreation';
import { factsReader } from '../../src/core/checks/readFacts';
import type { Creation } from '../../src/core/creation/creation';
import type { SqlServer } from '../../src/core/model';
import { guidOf } from '../emulator/base/ids';
import type { Server, State } from '../emulator/base/state';
import {
  changeState,
  connectToEmulator,
  emulator,
  emulatorCloud,
  findKey,
  found,
  listServers,
  resetEmulator,
  subscriptionIds,
} from './connection';

const count = 25;
const nameOf = (index: number): string => `sql-many-${index}`;

/** Copies of sql-billing-weu, each with its own identity, which has the same role on kv-orders. */
function addServers({ servers, principals, roleAssignments }: State): void {
  const model = found(servers, 'sql-billing-weu');
  const principal = principals.find(({ objectId }) => objectId === model.principalId);
  const granted = roleAssignments.filter(({ principalId }) => principalId === model.principalId);
  for (let index = 0; index < count; index += 1) {
    const name = nameOf(index);
    const principalId = guidOf(name);
    const copy: Server = { ...structuredClone(model), name, id: model.id.replace(model.name, name), principalId };
    servers.push(copy);
    if (principal) principals.push({ ...principal, objectId: principalId, displayName: name });
    roleAssignments.push(...granted.map((one, i) => ({ ...one, principalId, name: guidOf(`${name} ${i}`) })));
  }
}

/** What Azure would refuse on some of them. */
function addProblems({ servers, locks, denyAssignments, roleAssignments }: State): void {
  const [locked, denied, disabled, withoutRole] = [1, 2, 3, 4].map((index) => found(servers, nameOf(index)));
  assert.ok(locked && denied && disabled && withoutRole);
  locks.push({ scope: locked.id, name: 'keep', level: 'ReadOnly', notes: '' });
  const stack = {
    name: 'd-1',
    displayName: 'stack',
    actions: ['Microsoft.Sql/servers/keys/write'],
    notActions: [],
    excluded: [],
  };
  denyAssignments.push({ ...stack, scope: denied.id });
  disabled.state = 'Disabled';
  const isOther = ({ principalId }: { principalId: string }) => principalId !== withoutRole.principalId;
  roleAssignments.splice(0, roleAssignments.length, ...roleAssignments.filter(isOther));
}

const isCopy = ({ name }: SqlServer) => name.startsWith('sql-many-');

/** @param isBatched whether the reader knows all servers in advance */
async function checkAll(isBatched: boolean): Promise<{ readonly findings: unknown; readonly requests: number }> {
  const azure = connectToEmulator();
  const ids = await subscriptionIds(azure);
  const servers = (await listServers(azure)).filter(isCopy);
  const key = await findKey(azure, 'kv-orders', 'tde-orders-next');
  await emulator.clearRequests();
  const reader = factsReader(azure, ids, isBatched ? servers : []);
  const check = async (creation: Creation) =>
    checkCreation(creation, await reader.read(creation), { cloud: emulatorCloud(), now: new Date() });
  const findings = await Promise.all(servers.map((server) => check({ server, key })));
  return { findings, requests: (await emulator.requests()).length };
}

describe('reading the facts about many servers', () => {
  before(async () => {
    await resetEmulator();
    await changeState((state) => {
      addServers(state);
      addProblems(state);
    });
  });

  it('finds the same as reading each server alone, with at most six requests for a server', async () => {
    const [alone, together] = [await checkAll(false), await checkAll(true)];
    assert.deepEqual(together.findings, alone.findings);
    assert.ok(together.requests <= 6 * count, `${together.requests} requests, and ${alone.requests} one by one`);
  });
});
