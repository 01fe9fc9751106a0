import assert from 'node:assert/strict';
import { isArmError } from '../../src/core/armError';
import { diagnose } from '../../src/core/errors/diagnose';
import { connectAzure } from './makeTree';

/** What the extension says when it can't list the subscriptions. */
export async function failure(resourceManager: string) {
  const { failures } = await connectAzure({ resourceManager }, { retryMs: 1 }).subscriptions.list();
  const error = failures[0]?.error;
  assert.ok(isArmError(error));
  return { code: error.code, what: diagnose(error).what, says: error.message };
}
