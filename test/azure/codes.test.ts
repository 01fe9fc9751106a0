import assert from 'node:assert/strict';
import { diagnose, type Diagnosis } from '../../src/core/errors/diagnose';
import type { KeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { SqlServer } from '../../src/core/model';
import { serverKeyName } from '../../src/core/keys/serverKeyName';
import { documentedCodes, otherServiceCodes } from '../errorCodes';
import { connectToEmulator, emulator, failureOf, findServer, type Connected } from './connection';

/** Refusals of the api-version: the connection asks with an older one from then on. */
const ofApiVersion = ['NoRegisteredProviderFound', 'InvalidApiVersionParameter'];

const answers = Object.entries({ ...documentedCodes, ...otherServiceCodes }).map(([code, status]) => ({
  code,
  status,
}));

type Way = 'start' | 'poll';

/**
 * A key of its own for each code and way: its name tells the emulator which fault to answer with. Texts show four digits of a
 * version, so that the way shows in none.
 */
const keyFor = (code: string, way: Way): KeyIdentifier => ({
  kind: 'vault',
  vault: 'kv-billing',
  host: 'kv-billing.vault.azure.net',
  name: code,
  version: `0123456789abcdef0123456789abcde${way === 'start' ? '0' : '1'}`,
});

const messageOf = (code: string): string => `The service says why: ${code}.`;

/** What a failure says, without how it came. */
function words({ inResult, status, requestId, correlationId, operation, ...rest }: Diagnosis): Partial<Diagnosis> {
  assert.ok(requestId && correlationId, 'the ids that support asks for');
  assert.ok(status === 200 || !inResult, 'a failed operation is a successful answer');
  assert.equal(operation?.name, 'create server key');
  assert.match(operation.resource, new RegExp(`/servers/sql-billing-weu/keys/kv-billing_${rest.code}_[0-9a-f]{32}$`));
  return rest;
}

/** What comes of creating a server key, for every code that a service answers with. */
describe('every code of the service', () => {
  const diagnoses = new Map<string, Diagnosis>();

  const inject = async (code: string, status: number): Promise<void> => {
    const path = (way: Way): string => `/keys/${serverKeyName(keyFor(code, way))}$`;
    const says = { code, message: messageOf(code) };
    // Without a wait before the tries that the SDK makes after a 429 or 503.
    await emulator.addFault({ match: { method: 'PUT', path: path('start') }, ...says, status, retryAfter: 0 });
    await emulator.addFault({ match: { method: 'PUT', path: path('poll') }, ...says, when: 'poll' });
  };

  const fail = async (azure: Connected, server: SqlServer, code: string, way: Way): Promise<void> => {
    const failure = await failureOf(azure.serverKeys.create(server, keyFor(code, way)));
    diagnoses.set(`${code} ${way}`, diagnose(failure));
  };

  before(async () => {
    await emulator.reset();
    // What an operation of no length does is done when the next request comes: the server is never busy.
    await emulator.options({ operationMs: 0 });
    await Promise.all(answers.map(({ code, status }) => inject(code, status)));
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    await Promise.all(
      answers.flatMap(({ code }) => {
        const own = ofApiVersion.includes(code) ? connectToEmulator() : azure;
        return [fail(own, server, code, 'start'), fail(own, server, code, 'poll')];
      }),
    );
  });

  after(() => emulator.reset());

  for (const { code, status } of answers) {
    it(`means the same when it comes at once as in the operation's result: ${code} (${status})`, () => {
      const [start, poll] = [diagnoses.get(`${code} start`), diagnoses.get(`${code} poll`)];
      assert.ok(start && poll);
      assert.deepEqual([start.code, start.status, start.inResult], [code, status, false]);
      assert.deepEqual([poll.code, poll.inResult], [code, true]);
      assert.deepEqual(words(start), words(poll));
      assert.equal(start.serviceMessage, messageOf(code));
      assert.match(start.what, /"(sql-billing-weu|kv-billing_|rg-|[0-9a-f-]{36})/);
    });
  }

  it('is in this table, the 44 of the reference among them', () => {
    assert.equal(answers.filter(({ code }) => code in documentedCodes).length, 44);
    assert.ok(answers.length > 44);
  });
});
