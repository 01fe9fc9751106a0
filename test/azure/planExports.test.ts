import { rest } from '../../src/core/export/rest';
import { armClient } from '../contract/armClient';
import { azArguments } from '../generated/azArguments';
import { emulator } from './connection';
import { assertSameEnd, planKinds } from './planRuns';

/** A Python literal, as the commands have it, as JSON. */
const asJson = (literal: string) =>
  literal.replaceAll("'", '"').replaceAll('True', 'true').replaceAll('False', 'false');

describe('a plan that is copied as REST requests', () => {
  for (const kind of planKinds) {
    it(`ends in the same state as its run: ${kind}`, () =>
      assertSameEnd(kind, async (plan) => {
        const arm = await armClient(emulator.info);
        for (const [, , method = '', , url = '', , body = ''] of azArguments([rest(plan).text])) {
          if (method === 'put') await arm.finish(await arm.call('PUT', url, { body: asJson(body) }));
        }
      }));
  }
});
