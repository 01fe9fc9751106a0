import assert from 'node:assert/strict';
import { check, place, problems, vault } from './goodFacts';

describe('the check of regions', () => {
  const partner = { name: 'sql-b', role: 'secondary', place, serverKeys: { value: [] } } as const;
  const abroad = { ...partner, location: 'North Europe' };

  it('warns, and never blocks, if the vault is in another region than a server in geo-replication', () => {
    const found = problems({ partners: { value: [abroad, { ...abroad, role: 'primary' }] } }).filter((text) =>
      text.includes('region'),
    );
    assert.deepEqual(found, [
      'warn: The vault "kv-a" (westeurope) isn\'t in the region of these geo-replicated servers: "sql-b" (North Europe)',
    ]);
  });

  it('rests on what was seen, and explains error 45384', () => {
    const [finding] = check({ partners: { value: [abroad] } }).filter(({ codes }) => codes.includes('45384'));
    assert.equal(finding?.basis, 'seen');
  });

  it('includes the server itself', () => {
    const partners = { value: [{ ...partner, location: 'West Europe' }] };
    const elsewhere = { value: { ...vault, location: 'northeurope' } };
    assert.match(
      problems({ partners, vault: elsewhere }).join('\n'),
      /: "sql-a" \(westeurope\), "sql-b" \(West Europe\)/,
    );
  });

  it('finds nothing without geo-replication, or if a region is written in another way', () => {
    assert.deepEqual(problems({ vault: { value: { ...vault, location: 'northeurope' } } }), []);
    const partners = { value: [{ ...partner, location: 'West Europe' }] };
    assert.doesNotMatch(problems({ partners }).join(), /region/);
  });
});
