import { stepsOf } from '../../src/core/export/exported';
import { rest } from '../../src/core/export/rest';
import { armClient } from '../contract/armClient';
import { azArguments } from '../generated/azArguments';
import { assertSameChange, changeNames } from './changeRuns';
import { emulator } from './connection';
import { assertSameEnd, planKinds } from './planRuns';

/** A Python literal, as the commands have it, as JSON. */
const asJson = (literal: string) =>
  literal.replaceAll("'", '"').replaceAll('True', 'true').replaceAll('False', 'false');

describe('a plan that is copied as REST requests', () => {
  for (const kind of planKinds) {
    it(`ends in the same state as its run: ${kind}`, () => assertSameEnd(kind, (plan) => send(rest(plan).text)));
  }
});

describe('a change that is copied as a REST request', () => {
  for (const name of changeNames) {
    it(`ends in the same state as that of the extension: ${name}`, () =>
      assertSameChange(name, (step) => send(rest(stepsOf(step)).text)));
  }
});

/** Sends the requests of az commands, and waits for the end of each change. */
async function send(text: string): Promise<void> {
  const arm = await armClient(emulator.info);
  for (const [group, , method = '', , url = '', , body] of azArguments([text])) {
    if (group !== 'rest' || method === 'get') continue;
    const answer = await arm.call(method.toUpperCase(), url, { ...(body !== undefined && { body: asJson(body) }) });
    if (answer.status === 202) await arm.finish(answer);
  }
}
