import assert from 'node:assert/strict';
import { specificError } from '../../src/core/errors/specificError';

const forbidden = {
  code: 'Forbidden',
  message: 'Client address is not authorized.',
  innererror: { code: 'ForbiddenByFirewall' },
};

describe('the error in a response', () => {
  it('is the inner error where the outer code only repeats the status', () => {
    assert.deepEqual(specificError({ error: forbidden }), {
      code: 'ForbiddenByFirewall',
      message: 'Client address is not authorized.',
    });
  });

  it('is the first detail with its own code', () => {
    const details = [
      { code: 'Conflict', message: 'a' },
      { code: 'DeploymentFailed', details: [{ code: 'ScopeLocked', message: 'It is locked.' }] },
    ];
    assert.deepEqual(specificError({ error: { code: 'MultipleErrorsOccurred', message: 'b', details } }), {
      code: 'ScopeLocked',
      message: 'It is locked.',
    });
  });

  it('is the one that the message encodes', () => {
    const message = JSON.stringify({ error: { code: 'AzureKeyVaultKeyDisabled', message: 'It is disabled.' } });
    assert.deepEqual(specificError({ status: 'Failed', error: { code: 'ResourceDeploymentFailure', message } }), {
      code: 'AzureKeyVaultKeyDisabled',
      message: 'It is disabled.',
    });
  });

  it('stays the outer error if that names a cause, or nothing inside does', () => {
    const flat = { code: 45181, message: 'Not there.', details: [{ code: '45182' }], innererror: [] };
    assert.deepEqual(specificError(flat), { code: '45181', message: 'Not there.' });
    assert.deepEqual(specificError({ error: { code: 'Conflict', message: '{', details: ['x', null] } }), {
      code: 'Conflict',
      message: '{',
    });
    for (const body of [undefined, 'text', {}, { error: { message: 'm' } }])
      assert.equal(specificError(body), undefined);
  });

  it('is read to a limited depth', () => {
    let error: object = { code: 'ScopeLocked' };
    for (let i = 0; i < 1000; i++) error = { code: 'Conflict', innererror: error };
    assert.equal(specificError({ error })?.code, 'Conflict');
  });
});
