import assert from 'node:assert/strict';
import { checkCreation } from '../../src/core/checks/checkCreation';
import { publicCloud } from '../../src/core/clouds';
import type { Creation } from '../../src/core/creation/creation';
import { creation, good, key, now, place } from './goodFacts';

describe('the checks of a run on several servers', () => {
  const partner = { name: 'sql-b', role: 'secondary' as const, place, serverKeys: { value: [] } };
  const aboutReplicas = (other: Partial<Creation>) => {
    const run = [creation, { ...creation, server: { ...place, name: 'SQL-B' }, ...other }];
    const facts = { ...good, partners: { value: [partner] } };
    return checkCreation(creation, facts, { cloud: publicCloud, now, run }).flatMap(({ outcome, text }) =>
      text.startsWith('The replicas') ? [`${outcome}: ${text}`] : [],
    );
  };

  it('report no problem about a replica that gets the key in the same run', () => {
    assert.deepEqual(aboutReplicas({}), ['pass: The replicas of "sql-a" have the key, or get it first: "sql-b"']);
  });

  it('report a replica that gets another key', () => {
    const other = { key: { ...key, name: 'other' } };
    assert.deepEqual(aboutReplicas(other), ['warn: The replicas of "sql-a" don\'t have the key yet: "sql-b"']);
  });
});
