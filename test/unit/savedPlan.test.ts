import assert from 'node:assert/strict';
import { publicCloud } from '../../src/core/clouds';
import type { Plan } from '../../src/core/plan/plan';
import { differences, isDone, stepsLeft } from '../../src/core/plan/planState';
import type { PlanServer } from '../../src/core/plan/rotationGroup';
import { rotationPlan } from '../../src/core/plan/rotationPlan';
import { parsePlan, savedPlan } from '../../src/core/plan/savedPlan';
import { now } from './goodFacts';
import { keyIdentifier, serverId } from './operations';

const old = keyIdentifier.replace('tde-billing', 'tde-old');
const place = { id: serverId, name: 'sql-billing-weu', resourceGroup: 'rg-billing' };
const server: PlanServer = {
  server: { ...place, subscriptionId: serverId.split('/')[2] ?? '' },
  partners: [{ name: 'sql-copy', role: 'secondary' }],
  keys: [{ id: `${serverId}/keys/old`, name: 'old', type: 'customerManaged', uri: old, thumbprint: 'AB' }],
  protector: { serverKeyName: 'old', type: 'customerManaged', uri: old, autoRotation: true },
};
const plan: Plan = {
  ...rotationPlan([server], keyIdentifier, true),
  id: '5b1a6e0e-0000-4000-8000-000000000002',
  cloud: publicCloud.resourceManager,
  created: now,
};

const ownKeys = [{ server: serverId, keyIdentifier: old }];

describe('a saved plan', () => {
  it('reads back as the same plan', () => {
    assert.deepEqual(parsePlan(savedPlan(plan), publicCloud), { plan });
    const moved = { ...plan, ...rotationPlan([server], keyIdentifier, true, ownKeys) };
    assert.deepEqual(parsePlan(savedPlan(moved), publicCloud), { plan: moved });
  });

  for (const [what, from, to] of [
    ['an ID outside of Azure SQL', /Microsoft\.Sql/g, 'Microsoft.Other'],
    ['an ID that leads elsewhere', /rg-billing/g, '..'],
    ['the ID of something on a server', /sql-billing-weu"/g, 'sql-billing-weu/keys/x"'],
    ['a key outside of a vault of the cloud', /kv-billing\.vault\.azure\.net/g, 'attacker.example'],
    ['another kind of TDE protector', /"customerManaged"/g, '"other"'],
    ['another role', /"secondary"/g, '"other"'],
    ['automatic rotation as text', /true/g, '"true"'],
    ['a new key of an unknown server', '"ownKeys": []', `"ownKeys": [{ "server": "/x", "keyIdentifier": "${old}" }]`],
    ['a time that is none', /"created": "[^"]*"/g, '"created": "soon"'],
    ['an ID that is a path', /5b1a6e0e-/g, '../../'],
  ] as const) {
    it(`is refused with ${what}`, () => {
      const changed = savedPlan(plan).replace(from, to);
      assert.notEqual(changed, savedPlan(plan));
      assert.deepEqual(parsePlan(changed, publicCloud), {
        problem: "The plan isn't complete, or was changed. Create a new plan.",
      });
    });
  }

  it('is refused for another cloud, another version, and other files', () => {
    const problemOf = (text: string, cloud = publicCloud) => {
      const result = parsePlan(text, cloud);
      return 'problem' in result ? result.problem : '';
    };
    assert.match(problemOf(savedPlan(plan), { ...publicCloud, resourceManager: 'https://other' }), /another one/);
    assert.match(problemOf(savedPlan(plan).replace('"version": 1', '"version": 2')), /another version/);
    for (const text of ['', '[]', 'null', '{', '{}']) assert.match(problemOf(text), /isn't a plan/);
  });
});

describe('the state of a plan', () => {
  const created = { id: `${serverId}/keys/new`, name: 'new', type: 'customerManaged', uri: keyIdentifier } as const;
  const withKey: PlanServer = { ...server, keys: [...server.keys, created] };
  const protector = { ...server.protector, serverKeyName: 'new', uri: keyIdentifier };

  it('shows which steps are left, and differs only by what the plan has not changed', () => {
    const kinds = (now: PlanServer) => stepsLeft(plan, [now]).map(({ kind }) => kind);
    assert.deepEqual(kinds(server), ['createServerKey', 'setProtector']);
    assert.deepEqual(kinds(withKey), ['setProtector']);
    assert.deepEqual(kinds({ ...withKey, protector }), []);
    for (const one of [server, withKey, { ...withKey, protector }]) assert.deepEqual(differences(plan, [one]), []);
  });

  it('differs by servers, roles, TDE protectors, their automatic rotation, and missing server keys', () => {
    const partners = [{ name: 'sql-copy', role: 'primary' }] as const;
    const other = { ...server.protector, uri: keyIdentifier.replace('tde-billing', 'tde-x'), serverKeyName: 'x' };
    for (const [present, expected] of [
      [{ ...server, partners }, /^The replication of "sql-billing-weu" has changed\.$/],
      [{ ...server, protector: other }, /^The TDE protector of "sql-billing-weu" is another key now\.$/],
      [{ ...server, protector: { ...server.protector, autoRotation: false } }, /^Automatic rotation .* is off now\.$/],
    ] as const) {
      assert.match(differences(plan, [present]).join(), expected);
    }
    assert.match(differences(plan, []).join(), /no longer replicates/);
    const later = { ...plan, ...rotationPlan([withKey], keyIdentifier, true) };
    assert.match(differences(later, [server]).join(), /no longer has the server key https:/);
  });

  it('is not done by a key with the same material in another vault', () => {
    const [, set] = plan.steps;
    const copy = { ...server.protector, thumbprint: 'AB' };
    const same = { ...withKey, keys: [{ ...created, thumbprint: 'AB' }], protector: copy };
    assert.ok(set && !isDone(set, [same]));
  });
});
