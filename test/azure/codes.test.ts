import assert from 'node:assert/strict';
import pMap from 'p-map';
import { serverKeyRequest } from '../../src/core/creation/creation';
import { diagnose, type Diagnosis } from '../../src/core/errors/diagnose';
import type { SqlServer } from '../../src/core/model';
import type { KeyIdentifier } from '../../src/core/vaultModel';
import { serverKeyName } from '../../src/core/keys/serverKeyName';
import { documentedCodes, otherServiceCodes } from '../errorCodes';
import { connectToEmulator, emulator, failureOf, findServer, resetEmulator, type Connected } from './connection';

/** After one of these codes, a connection uses an older api-version. */
const apiVersionCodes = ['NoRegisteredProviderFound', 'InvalidApiVersionParameter'];

const answers = Object.entries({ ...documentedCodes, ...otherServiceCodes }).map(([code, status]) => ({
  code,
  status,
}));

type Way = 'start' | 'poll';

/**
 * Each combination of code and way has its own key, whose name selects the fault. The versions differ only in the last
 * digit, which no text shows.
 */
const keyFor = (code: string, way: Way): KeyIdentifier => ({
  kind: 'vault',
  vault: 'kv-billing',
  host: 'kv-billing.vault.azure.net',
  name: code,
  version: `0123456789abcdef0123456789abcde${way === 'start' ? '0' : '1'}`,
});

const messageOf = (code: string): string => `The message for ${code}.`;

/** The parts of a diagnosis that don't depend on whether the request or its operation failed. */
function textsOf({ inResult, status, requestId, correlationId, operation, ...rest }: Diagnosis): Partial<Diagnosis> {
  assert.ok(requestId && correlationId, 'support needs both IDs');
  assert.ok(status === 200 || !inResult, 'the poll of a failed operation succeeds');
  assert.equal(operation?.name, 'create server key');
  assert.match(operation.resource, new RegExp(`/servers/sql-billing-weu/keys/kv-billing_${rest.code}_[0-9a-f]{32}$`));
  return rest;
}

/** Creates a server key for each error code of the services. */
describe('every error code of the services', () => {
  const diagnoses = new Map<string, Diagnosis>();

  const inject = async (code: string, status: number): Promise<void> => {
    const path = (way: Way): string => `/keys/${serverKeyName(keyFor(code, way))}$`;
    const error = { code, message: messageOf(code) };
    // Without Retry-After, the SDK waits seconds before it retries after 429 or 503.
    await emulator.addFault({ match: { method: 'PUT', path: path('start') }, ...error, status, retryAfter: 0 });
    await emulator.addFault({ match: { method: 'PUT', path: path('poll') }, ...error, when: 'poll' });
  };

  const fail = async (azure: Connected, server: SqlServer, code: string, way: Way): Promise<void> => {
    const failure = await failureOf(azure.serverKeys.create(server, serverKeyRequest({ key: keyFor(code, way) })));
    diagnoses.set(`${code} ${way}`, diagnose(failure));
  };

  before(async () => {
    // Each operation ends before the next request, so the server is never busy.
    await resetEmulator();
    await Promise.all(answers.map(({ code, status }) => inject(code, status)));
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    // All at once would take longer than the time-out of a request on a busy machine.
    await pMap(
      answers,
      async ({ code }) => {
        const connection = apiVersionCodes.includes(code) ? connectToEmulator() : azure;
        await Promise.all([fail(connection, server, code, 'start'), fail(connection, server, code, 'poll')]);
      },
      { concurrency: 20 },
    );
  });

  after(() => emulator.reset());

  for (const { code, status } of answers) {
    it(`has the same diagnosis for a failed request and a failed operation: ${code} (${status})`, () => {
      const [start, poll] = [diagnoses.get(`${code} start`), diagnoses.get(`${code} poll`)];
      assert.ok(start && poll);
      assert.deepEqual([start.code, start.status, start.inResult], [code, status, false]);
      assert.deepEqual([poll.code, poll.inResult], [code, true]);
      assert.deepEqual(textsOf(start), textsOf(poll));
      assert.equal(start.serviceMessage, messageOf(code));
      assert.match(start.what, /"(sql-billing-weu|kv-billing_|rg-|[0-9a-f-]{36})/);
    });
  }

  it('includes the 44 codes of the reference', () => {
    assert.equal(answers.filter(({ code }) => code in documentedCodes).length, 44);
    assert.ok(answers.length > 44);
  });
});
