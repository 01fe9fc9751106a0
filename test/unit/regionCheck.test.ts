import assert from 'node:assert/strict';
import { check, place, vault } from './goodFacts';

describe('the check of regions', () => {
  const partner = { name: 'sql-b', role: 'secondary', place, serverKeys: { value: [] } } as const;
  const abroad = { ...partner, location: 'North Europe' };
  const about = (...facts: Parameters<typeof check>) =>
    check(...facts).filter(({ text }) => text.includes('another region'));

  it('passes a vault in another region than a server in geo-replication, because Microsoft supports any region', () => {
    const found = about({ partners: { value: [abroad, { ...abroad, role: 'primary' }] } });
    assert.deepEqual(found, [
      {
        outcome: 'pass',
        text: 'The vault "kv-a" (westeurope) may be in another region than these geo-replicated servers: "sql-b" (North Europe)',
        basis: 'documented',
        codes: [],
      },
    ]);
  });

  it('includes the server itself', () => {
    const partners = { value: [{ ...partner, location: 'West Europe' }] };
    const elsewhere = { value: { ...vault, location: 'northeurope' } };
    assert.match(
      about({ partners, vault: elsewhere })[0]?.text ?? '',
      /: "sql-a" \(westeurope\), "sql-b" \(West Europe\)/,
    );
  });

  it('says nothing without geo-replication, or if a region is written in another way', () => {
    assert.deepEqual(about({ vault: { value: { ...vault, location: 'northeurope' } } }), []);
    assert.deepEqual(about({ partners: { value: [{ ...partner, location: 'West Europe' }] } }), []);
  });
});
