import assert from 'node:assert/strict';
import { roleAssignmentRules } from '../emulator/rules/roleAssignmentRules';

import { roles } from '../emulator/seeds/roleDefinitions';
import { findServer, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { refusal } from './serverClient';

const name = 'aaaaaaaa-0000-4000-8000-000000000001';
const unknown = 'bbbbbbbb-0000-4000-8000-000000000002';

describe('Role assignments', () => {
  const azure = freshEmulator();
  const vault = (vaultName = 'kv-noaccess') => vaultId(azure.running.emulator.state, vaultName);
  const principalOf = (server: string) => findServer(azure.running.emulator.state, server).principalId ?? '';
  const userId = () =>
    azure.running.emulator.state.principals.find((p) => p.user !== undefined && p.appId === undefined)?.objectId ?? '';
  const idOf = (assignment: string, scope = vault()) =>
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${assignment}`;

  interface Sent {
    assignment?: string;
    scope?: string;
    principalId?: string;
    role?: string;
    principalType?: string | undefined;
    description?: string;
  }
  const put = ({
    assignment = name,
    scope = vault(),
    principalId = principalOf('sql-billing-weu'),
    role = roles.cryptoServiceEncryptionUser,
    ...others
  }: Sent = {}) => {
    const roleDefinitionId = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    const properties = { principalId, roleDefinitionId, ...others };
    return azure.arm.call('PUT', idOf(assignment, scope), { body: { properties } });
  };

  it('can be created again with the same name and content, as in a second deployment', async () => {
    const [first, second] = [await put(), await put()];
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.deepEqual(second.body, first.body);
    const { body } = await azure.arm.get(idOf('').slice(0, -1));
    assert.equal(body.value?.filter((a) => a.name === name).length, 1);
  });

  it('can be read by name', async () => {
    const { body } = await put();
    const read = await azure.arm.get(idOf(name));
    assert.deepEqual([read.status, read.body], [200, body]);
    assert.deepEqual(refusal(await azure.arm.get(idOf(unknown))), [404, 'RoleAssignmentNotFound']);
  });

  it('keep the description that was sent last', async () => {
    await put();
    await put({ description: 'For TDE' });
    assert.equal((await azure.arm.get(idOf(name))).body.properties?.description, 'For TDE');
  });

  it('keep the type of the principal', async () => {
    const types = [
      await put({ assignment: name, principalId: userId(), principalType: 'User' }),
      await put({ assignment: unknown, principalId: unknown, principalType: 'Group' }),
    ].map(({ body }) => body.properties?.principalType);
    assert.deepEqual(types, ['User', 'Group']);
  });

  it('know the type of a principal in the directory', async () => {
    const types = [
      await put({ principalId: userId() }),
      await put({ assignment: unknown, principalId: principalOf('sql-dev-weu') }),
    ].map(({ body }) => body.properties?.principalType);
    assert.deepEqual(types, ['User', 'ServicePrincipal']);
  });

  const refusals: [title: string, code: string, status: number, sent: () => Sent][] = [
    ['a name that is no GUID', 'InvalidRoleAssignmentId', 400, () => ({ assignment: 'mine' })],
    ['a principal that is no GUID', 'InvalidPrincipalId', 400, () => ({ principalId: 'User' })],
    ['an unknown role', 'RoleDefinitionDoesNotExist', 400, () => ({ role: unknown })],
    ['an unknown principal', 'PrincipalNotFound', 400, () => ({ principalId: unknown })],
    ['a wrong type of principal', 'UnmatchedPrincipalType', 400, () => ({ principalType: 'User' })],
    [
      'the name of an assignment to another principal',
      'RoleAssignmentUpdateNotPermitted',
      400,
      () => ({ principalId: principalOf('sql-dev-weu') }),
    ],
    [
      'the name of an assignment of another role',
      'RoleAssignmentUpdateNotPermitted',
      400,
      () => ({ role: roles.owner }),
    ],
    [
      'the name of an assignment at another scope',
      'RoleAssignmentUpdateNotPermitted',
      400,
      () => ({ scope: vault('kv-orders') }),
    ],
    ['an assignment that exists with another name', 'RoleAssignmentExists', 409, () => ({ assignment: unknown })],
  ];
  for (const [title, code, status, sent] of refusals) {
    it(`are refused for ${title}: ${code}`, async () => {
      await put();
      const before = structuredClone(azure.running.emulator.state.roleAssignments);
      assert.deepEqual(refusal(await put(sent())), [status, code]);
      assert.deepEqual(azure.running.emulator.state.roleAssignments, before);
    });
  }

  /** The portal's template that limits roles and types of principals. */
  const limitedTo = (role: string, type: string) => {
    const compared = (of: string) =>
      `@${of}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${role}, ${unknown}} AND @${of}[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'${type}'}`;
    const part = (verb: string, of: string) =>
      `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR (${compared(of)}))`;
    return `${part('write', 'Request')} AND ${part('delete', 'Resource')}`;
  };
  const delegate = (condition: string) => {
    const { caller, roleAssignments } = azure.running.emulator.state;
    for (const one of roleAssignments) if (one.principalId === caller) one.condition = condition;
  };

  it('are created and deleted by an account whose condition allows them', async () => {
    delegate(limitedTo(roles.cryptoServiceEncryptionUser, 'ServicePrincipal'));
    assert.equal((await put({ principalType: 'ServicePrincipal' })).status, 201);
    assert.equal((await azure.arm.call('DELETE', idOf(name))).status, 200);
  });

  it('are refused for an account whose condition does not allow them, unless another role does', async () => {
    for (const condition of [
      limitedTo(roles.reader, 'ServicePrincipal'),
      limitedTo(roles.cryptoServiceEncryptionUser, 'User'),
    ]) {
      delegate(condition);
      const refused = await put({ principalType: 'ServicePrincipal' });
      assert.deepEqual(refusal(refused), [403, 'AuthorizationFailed']);
      assert.match(refused.body.error?.message ?? '', /has an authorization with ABAC condition that is not fulfilled/);
    }
    const { caller, roleAssignments } = azure.running.emulator.state;
    roleAssignments.push({ name: unknown, scope: vault(), principalId: caller, roleId: roles.owner });
    assert.equal((await put({ principalType: 'ServicePrincipal' })).status, 201);
  });

  it('have a test for every rule', () => {
    const tested = refusals.map(([, code]) => code);
    assert.deepEqual(
      roleAssignmentRules.filter(({ code }) => !tested.includes(code)),
      [],
    );
  });
});
