import assert from 'node:assert/strict';
import { armAnswers } from './armAnswers';
import { armIds } from './armIds';
import { clouds } from './clouds';
import { commands } from './commands';
import { journal } from './journal';
import { keyIdentifiers } from './keyIdentifiers';
import { names } from './names';
import { pastedTexts } from './pastedTexts';
import { queries } from './queries';
import { redaction } from './redaction';
import { reports } from './reports';
import { serverKeyNames } from './serverKeyNames';
import { waits } from './waits';

/** Another seed generates other values; a factor, more of them. */
const { GENERATED_SEED = '1', GENERATED_FACTOR = '1' } = process.env;
const [seed, factor] = [Number(GENERATED_SEED), Number(GENERATED_FACTOR)];

const subjects = {
  'a key identifier': keyIdentifiers,
  'the name of a server key': serverKeyNames,
  'an ARM ID': armIds,
  'a pasted text': pastedTexts,
  'a credential': redaction,
  'a name from Azure': names,
  'an exported command': commands,
  'an answer of Azure': armAnswers,
  'a name in a request to Azure': queries,
  'a file of the journal': journal,
  'a wait that Azure asks for': waits,
  'a report about server keys': reports,
  'the settings of a cloud': clouds,
};

describe('generated input', function () {
  this.timeout('1h');
  const counts: number[] = [];

  before(() => {
    console.log(`    GENERATED_SEED=${seed} GENERATED_FACTOR=${factor}`);
  });

  for (const [subject, properties] of Object.entries(subjects)) {
    describe(subject, () => {
      for (const { name, verify } of properties) {
        it(name, async () => {
          const began = process.cpuUsage();
          const count = await verify(seed, factor);
          const seconds = process.cpuUsage(began).user / 1e6;
          counts.push(count);
          console.log(`        ${count.toLocaleString('en')} cases in ${seconds.toFixed(1)} s`);
        });
      }
    });
  }

  // Mocha runs the tests of a suite before those of the suites in it.
  describe('as a whole', () => {
    it('has at least 100,000 cases', () => {
      const total = counts.reduce((sum, count) => sum + count, 0);
      console.log(`        ${total.toLocaleString('en')} cases`);
      assert.ok(total >= 100_000 * factor, String(total));
    });
  });
});
