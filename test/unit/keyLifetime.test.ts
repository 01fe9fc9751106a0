import assert from 'node:assert/strict';
import { dayProblem, lifetimeOf, lifetimeText, lifetimeUntil } from '../../src/core/keys/keyLifetime';

const now = new Date('2026-11-26T23:30:00Z');

describe('the lifetime of a new key', () => {
  it('ends on the same day of a later year, in UTC', () => {
    assert.deepEqual(lifetimeOf(2, true, now), {
      expires: new Date('2028-11-26T00:00:00Z'),
      duration: 'P2Y',
      rotates: true,
    });
    const leapDay = lifetimeOf(1, false, new Date('2028-02-29T12:00:00Z'));
    assert.equal(leapDay.expires.toISOString(), '2029-03-01T00:00:00.000Z');
  });

  it('ends on a day, and new versions are valid for as many days', () => {
    const lifetime = { expires: new Date('2027-12-31T00:00:00Z'), duration: 'P400D', rotates: true };
    assert.deepEqual(lifetimeUntil(' 2027-12-31 ', true, now), lifetime);
  });

  for (const [text, rotates, expected] of [
    ['2026-11-27', false, undefined],
    ['2027-03-03', true, undefined],
    ['2026-11-26', false, 'The earliest date is 2026-11-27.'],
    ['2025-01-01', false, 'The earliest date is 2026-11-27.'],
    // 90 days before the date, and at least 7 days after today.
    ['2027-03-02', true, 'With a new version 90 days before, the earliest date is 2027-03-03.'],
    ['2027-02-30', false, 'Enter a date such as 2027-11-26.'],
    ['26.11.2027', false, 'Enter a date such as 2027-11-26.'],
    ['tomorrow', true, 'Enter a date such as 2027-11-26.'],
    ['', false, 'Enter a date such as 2027-11-26.'],
  ] as const) {
    it(`${expected === undefined ? 'can' : "can't"} end on "${text}"${rotates ? ' with a rotation policy' : ''}`, () => {
      assert.equal(dayProblem(text, rotates, now), expected);
    });
  }

  it('is described in one line', () => {
    assert.deepEqual([undefined, lifetimeOf(1, false, now), lifetimeOf(1, true, now)].map(lifetimeText), [
      'No expiration date',
      'Expires on 2027-11-26',
      'Expires on 2027-11-26, with a new version 90 days before',
    ]);
  });
});
