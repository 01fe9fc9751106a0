import assert from 'node:assert/strict';
import { isArmError } from '../../src/core/armError';
import { connectToEmulator, emulator, failureOf } from '../azure/connection';
import { accountOf } from './chaos';
import { estate, makePlaces, type Place } from './estate';
import { operations } from './operations';
import { perform } from './runs';

describe('a read-only connection', () => {
  let isReadOnly: boolean;
  let place: Place;
  const connect = async () => {
    const azure = connectToEmulator({ accounts: accountOf(place), isReadOnly: () => isReadOnly });
    await azure.subscriptions.list();
    return azure;
  };
  const writes = async () =>
    (await emulator.requests()).filter(
      ({ method, path }) => method !== 'GET' && !path.endsWith('/Microsoft.ResourceGraph/resources'),
    );
  const { signal } = new AbortController();

  beforeEach(async () => {
    const places = makePlaces(1);
    await emulator.reset(estate(places));
    await emulator.options({ operationMs: 0 });
    isReadOnly = true;
    place = places[0] ?? assert.fail('no place');
  });

  for (const operation of operations) {
    const { name, change } = operation;
    it(change ? `refuses to ${name} before it sends the request` : `can ${name}`, async () => {
      const endings = await perform({ operation }, await connect(), place);
      const failures = endings.flatMap((ending) => ('failure' in ending ? [ending.failure] : []));
      const codes = failures.map((failure) => (isArmError(failure) ? failure.code : failure));
      assert.deepEqual([...new Set(codes)], change ? ['ExtensionReadOnly'] : []);
      assert.deepEqual(await writes(), []);
    });
  }

  it('follows the setting from one request to the next, even to a retry', async () => {
    const { run } = operations.find(({ change }) => change?.method === 'PUT') ?? assert.fail('no operation');
    const azure = await connect();
    isReadOnly = false;
    await emulator.addFault({ match: { method: 'PUT', path: '.' }, behavior: 'throttle', retryAfter: 1, times: 1 });
    const created = failureOf(run(azure, place, signal));
    while ((await writes()).length === 0) continue;
    isReadOnly = true;
    assert.equal((await created).code, 'ExtensionReadOnly');
    assert.equal((await writes()).length, 1);
    isReadOnly = false;
    await run(azure, place, signal);
    assert.equal((await writes()).length, 2);
  });
});
