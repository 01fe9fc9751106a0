import assert from 'node:assert/strict';
import { checkCreation, evidenceFor } from '../../src/core/checks/checkCreation';
import type { Facts } from '../../src/core/checks/facts';
import { checkRights, rightsCheck } from '../../src/core/checks/rightsCheck';
import { ArmError } from '../../src/core/armError';
import { chinaCloud } from '../../src/core/clouds';
import { serverKeyName } from '../../src/core/keys/serverKeyName';
import type { RoleGrant } from '../../src/core/accessModel';
import type { Azure } from '../../src/core/ports';
import type { ServerKey } from '../../src/core/model';
import type { VaultSettings } from '../../src/core/vaultModel';
import {
  check,
  creation,
  good,
  key,
  now,
  place,
  problems,
  role,
  severalCauses,
  userAssigned,
  vault,
  vaultKey,
  withSettings,
} from './goodFacts';

describe('the checks of Azure rules', () => {
  it('accept a firewall with the exception for trusted services, and offer it, except in national clouds', () => {
    assert.deepEqual(problems(withSettings({ firewall: 'trustedServices' })), []);
    assert.deepEqual(problems(withSettings({ firewall: 'on' })), ['fail: The firewall of "kv-a" blocks Azure SQL']);
    const inChina = (firewall: VaultSettings['firewall']) =>
      checkCreation(creation, { ...good, ...withSettings({ firewall }) }, { cloud: chinaCloud, now })
        .filter(({ text }) => text.includes('firewall'))
        .map(({ outcome, fixes = [] }) => [outcome, fixes.length]);
    assert.deepEqual(
      [inChina('off'), inChina('trustedServices'), inChina('on')],
      [[['pass', 0]], [['warn', 0]], [['fail', 0]]],
    );
  });

  it('report service tags in the firewall of a managed HSM as not checked', () => {
    assert.deepEqual(problems(withSettings({ firewall: 'serviceTags' })), [
      'unknown: Could not be checked: whether the service tags in the firewall of "kv-a" include Azure SQL',
    ]);
  });

  it('find every cause of a missing permission, and no other one', () => {
    const at = (days: number) => new Date(now.getTime() + days * 86_400_000);
    const version = (changes: object) => ({ version: { value: { ...vaultKey, ...changes } } });
    const causes: readonly Partial<Facts>[] = [
      withSettings({ firewall: 'on' }),
      version({ enabled: false }),
      version({ notBefore: at(1) }),
      version({ expires: at(-1) }),
      version({ operations: ['wrapKey'] }),
      { roles: { value: [] } },
    ];
    for (const code of severalCauses) {
      for (const cause of causes) {
        const server = { value: { ...place, identity: userAssigned } };
        assert.equal(evidenceFor(code, check({ server, ...cause })).found.length, 1, JSON.stringify([code, cause]));
      }
      assert.equal(evidenceFor(code, check(version({ expires: at(5) }))).found.length, 0);
    }
  });

  it('name the role assignment that gives access, and warn if its condition decides', () => {
    const texts = (roles: readonly RoleGrant[]) =>
      check({ roles: { value: roles } })
        .filter(({ codes }) => codes.includes('AzureKeyVaultMissingPermissions'))
        .map(({ outcome, detail }) => [outcome, detail]);
    assert.deepEqual(texts([role])[1], ['pass', `Role "Key User" at ${vault.id} (role assignment a-1)`]);
    const conditional = { ...role, isConditional: true };
    assert.equal(texts([conditional, role])[1]?.[0], 'pass');
    const [outcome, detail] = texts([conditional])[1] ?? [];
    assert.equal(outcome, 'warn');
    assert.match(detail ?? '', /^Access may be refused: .*role assignment a-1\)$/);
  });

  it('report a user-assigned identity at a vault of another tenant without an application, and offer no grant', () => {
    const server = { value: { ...place, identity: userAssigned } };
    const abroad = { server, ...withSettings({ tenantId: 'other' }), roles: { value: [] } };
    const [found, ...others] = check(abroad).filter(({ outcome }) => outcome !== 'pass');
    assert.deepEqual([found?.outcome, found?.fixes, others], ['fail', undefined, []]);
    assert.match(found?.text ?? '', /no federated client ID for a vault of another tenant$/);
    assert.ok(found?.codes.includes('UmiMissingAkvPermissions'));
    const bySystem = check({ ...withSettings({ tenantId: 'other' }), roles: { value: [] } });
    assert.deepEqual(
      bySystem.flatMap(({ fixes = [] }) => fixes),
      [],
      'no grant helps a system-assigned identity, either',
    );
  });

  it('report what an identity lacks in a vault of its tenant, even if the server has an application', () => {
    const server = { value: { ...place, identity: userAssigned, federatedClientId: 'app-1' } };
    const findings = check({ server, roles: { value: [] } }).filter(({ outcome }) => outcome !== 'pass');
    assert.deepEqual(
      findings.map(({ text, fixes = [] }) => [text, fixes.map(({ kind }) => kind)]),
      [['"id-a" lacks get, wrapKey, unwrapKey on the key "tde" of "kv-a"', ['grantRole']]],
    );
  });

  it('never block because of replicas: equal key material is enough, with automatic rotation only from the same vault', () => {
    const thumbprint = 'AB';
    const own = { id: '1', name: serverKeyName(key), type: 'customerManaged', uri: vaultKey.uri, thumbprint } as const;
    const copy = { ...own, uri: vaultKey.uri.replace('kv-a', 'kv-b') };
    const partner = { name: 'sql-b', role: 'secondary', place } as const;
    const findings = (there: readonly ServerKey[], autoRotation: boolean, ours = [own]) => {
      const protector = {
        value: { serverKeyName: own.name, type: 'customerManaged', uri: own.uri, autoRotation },
      } as const;
      const partners = { value: [{ ...partner, serverKeys: { value: there }, protector }] };
      return problems({ partners, serverKeys: { value: ours }, protector });
    };
    const lacksKey = 'warn: The replicas of "sql-a" don\'t have the key yet: "sql-b"';
    const lacksProtector = 'warn: "sql-b" doesn\'t have the key that is the TDE protector of "sql-a"';
    assert.deepEqual(findings([own], true), []);
    assert.deepEqual(findings([copy], false), []);
    assert.deepEqual(findings([copy], true).includes(lacksKey), true);
    assert.deepEqual(findings([], false).slice(0, 2), [lacksKey, lacksProtector]);
  });

  it('warn if a server and its partner lack the TDE protector of the other one', () => {
    const keyOf = (name: string): ServerKey => ({
      id: name,
      name,
      type: 'customerManaged',
      uri: vaultKey.uri.replace('tde', name),
    });
    const protectorOf = (name: string) =>
      ({
        value: { serverKeyName: name, type: 'customerManaged', uri: keyOf(name).uri ?? '', autoRotation: false },
      }) as const;
    const lacking = (ours: readonly string[], theirs: readonly string[]) => {
      const partner = { name: 'sql-b', role: 'primary', place, protector: protectorOf('two') } as const;
      const partners = { value: [{ ...partner, serverKeys: { value: theirs.map(keyOf) } }] };
      return problems({ partners, serverKeys: { value: ours.map(keyOf) }, protector: protectorOf('one') });
    };
    assert.deepEqual(lacking(['one', 'two'], ['one', 'two']), []);
    assert.deepEqual(lacking(['one'], ['one', 'two']), [
      'warn: "sql-a" doesn\'t have the key that is the TDE protector of "sql-b"',
    ]);
    assert.deepEqual(lacking(['one', 'two'], ['two']), [
      'warn: "sql-b" doesn\'t have the key that is the TDE protector of "sql-a"',
    ]);
  });

  it('name the policy assignment and the definition that deny the server key, if Azure can evaluate them', () => {
    const assignment = '/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/only-hsm';
    const denial = { assignment, definition: 'd-1', reason: 'Keys must be in an HSM.' };
    const [found] = check({ policies: { value: [denial] } }).filter(({ outcome }) => outcome === 'fail');
    assert.equal(found?.text, 'The policy assignment "only-hsm" denies the server key on "sql-a"');
    assert.match(
      found.detail ?? '',
      /^Keys must be in an HSM\. Policy definition: d-1\. Policy assignment: \/subscriptions/,
    );
    assert.deepEqual(found.codes, ['RequestDisallowedByPolicy']);
    const failed = (code: string) => problems({ policies: { error: new ArmError({ code, message: '' }) } });
    assert.deepEqual(failed('AuthorizationFailed'), ['unknown: Could not be checked: Azure policies for "sql-a"']);
    assert.deepEqual(failed('MissingSubscriptionRegistration'), []);
  });

  it('say that deny assignments and conditions may refuse the change, and that a role may need activation', () => {
    const deny = (actions: readonly string[], notActions: readonly string[] = []) =>
      problems({ denyAssignments: { value: [{ name: 'system', scope: '/x', actions, notActions }] } });
    assert.deepEqual(deny(['Microsoft.Sql/*/write']), [
      'warn: The deny assignment "system" may refuse server keys on "sql-a"',
    ]);
    assert.deepEqual(deny(['*'], ['Microsoft.Sql/servers/keys/*']), []);
    const own = { actions: ['Microsoft.Sql/*'], notActions: [] };
    assert.deepEqual(problems({ permissions: { value: [{ ...own, isConditional: true }] } }), [
      'warn: A condition decides whether your account can create server keys on "sql-a"',
    ]);
    const [lacking] = check({ permissions: { value: [] } }).filter(({ outcome }) => outcome === 'fail');
    assert.match(lacking?.detail ?? '', /, or activate your eligible role\./);
  });

  it('foresee that a condition may refuse a role assignment, unless another role gives the same right', () => {
    const rights = (...conditions: readonly boolean[]) => {
      const granted = { actions: ['Microsoft.Authorization/roleAssignments/*'], notActions: [] };
      const value = conditions.map((isConditional) => ({ ...granted, isConditional }));
      return rightsCheck('grantRole', `${vault.id}/keys/tde`, { value }).map(
        ({ outcome, text }) => `${outcome}: ${text}`,
      );
    };
    assert.deepEqual(rights(true), [
      'warn: A condition limits which roles your account can assign on "tde", and to whom',
    ]);
    assert.deepEqual(rights(true, false), []);
    assert.deepEqual(rights(), ['fail: Your account lacks permission on "tde"']);
  });

  it('name the conditional role assignment of the account that may refuse another one, unless another role gives the right', async () => {
    const actions = ['Microsoft.Authorization/roleAssignments/*'];
    const own = (isConditional: boolean) => ({ ...role, roleName: 'Delegate', actions, isConditional });
    const found = async (value: readonly RoleGrant[]) => {
      const access = {
        listPermissions: () => Promise.resolve([{ actions, notActions: [] }]),
        listOwnRoles: () => Promise.resolve(value),
      } as Partial<Azure['access']> as Azure['access'];
      const findings = await checkRights({ access }, 'grantRole', `${vault.id}/keys/tde`);
      return findings.map(({ outcome, text, detail }) => [outcome, text, detail]);
    };
    assert.deepEqual(await found([own(true)]), [
      [
        'warn',
        'A condition limits which roles your account can assign on "tde", and to whom',
        `Azure may refuse the change: this extension doesn't evaluate the condition of this role assignment. Role "Delegate" at ${vault.id} (role assignment a-1).`,
      ],
    ]);
    assert.deepEqual(await found([own(true), own(false)]), []);
    assert.deepEqual(await found([{ ...role, isConditional: true }]), []);
  });

  it('distinguish a Synapse workspace from a server', () => {
    const server = {
      ...place,
      synapseWorkspace: '/subscriptions/s/resourceGroups/r/providers/Microsoft.Synapse/workspaces/syn-a',
    };
    const found = check({}, { server }).filter(({ outcome }) => outcome !== 'pass');
    assert.deepEqual(
      found.map(({ outcome, text }) => [outcome, text]),
      [['warn', '"sql-a" belongs to the Synapse workspace "syn-a"']],
    );
  });

  it('never call purge protection certain', () => {
    const [found] = check(withSettings({ purgeProtection: false })).filter(({ outcome }) => outcome !== 'pass');
    assert.deepEqual([found?.outcome, found?.basis], ['warn', 'seen']);
    assert.match(found?.detail ?? '', /documents it as required.*seen to accept/);
  });

  it('say that a vault that is not visible may have just been created', () => {
    const [found] = check({ vault: { value: undefined }, settings: undefined }).filter(
      ({ outcome }) => outcome === 'warn',
    );
    assert.match(found?.detail ?? '', /just created/);
  });
});
