import assert from 'node:assert/strict';
import type { Outcome } from '../../src/core/errors/finding';
import { checkEach } from '../../src/ui/creation/checkEach';
import { creation, place } from './goodFacts';

describe('the progress of the checks of many servers', () => {
  it('says after each server how many are checked, and how many of them have problems', async () => {
    const planned = Array.from({ length: 10 }, (_, i) => ({ ...creation, server: { ...place, name: `sql-${i}` } }));
    const outcomes: readonly Outcome[] = ['pass', 'warn', 'fail', 'unknown', 'fail'];
    const reports: string[] = [];
    const checked: string[] = [];
    await checkEach(
      planned,
      (one) => {
        const outcome = outcomes[planned.findIndex(({ server }) => server.name === one.server.name)] ?? 'pass';
        return Promise.resolve({ ...one, findings: [{ outcome, text: '', codes: [] }] });
      },
      (index, { server }) => (checked[index] = server.name),
      { signal: AbortSignal.timeout(10_000), report: (text) => reports.push(text) },
    );
    assert.deepEqual(reports, [
      'Checked 1 of 10',
      'Checked 2 of 10',
      ...[3, 4].map((done) => `Checked ${done} of 10: 1 with problems`),
      ...[5, 6, 7, 8, 9, 10].map((done) => `Checked ${done} of 10: 2 with problems`),
    ]);
    assert.deepEqual(
      checked,
      planned.map(({ server }) => server.name),
    );
  });
});
