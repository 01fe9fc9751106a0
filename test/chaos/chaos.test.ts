import assert from 'node:assert/strict';
import { chaos } from './chaos';
import { matrixSize } from './runs';

const { CHAOS_SEED, CHAOS_RUNS = '2000' } = process.env;

describe('operations during which a fault happens', function () {
  this.timeout('1h');

  it('tell the truth, write once, and end', async () => {
    const seeds = CHAOS_SEED ? [Number(CHAOS_SEED)] : Array.from({ length: Number(CHAOS_RUNS) }, (_, seed) => seed);
    const began = performance.now();
    const violations = await chaos(seeds);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`    ${seeds.length} runs of ${matrixSize} pairs of an operation and a fault in ${seconds} s`);
    const lines = violations.map(({ run, broken }) => `${run}: ${broken.join('; ')}`);
    assert.equal(violations.length, 0, `\n${lines.join('\n')}\n`);
  });
});
