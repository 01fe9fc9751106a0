import assert from 'node:assert/strict';
import { ownIds } from '../../src/azure/ownId';

const idIn = (token: string) => {
  const getToken = () => Promise.resolve({ token, expiresOnTimestamp: 0 });
  return ownIds(() => Promise.resolve({ credential: { getToken } }), 'scope')('sub');
};

describe('the object ID of the account', () => {
  it('is a claim of its token', async () => {
    const claims = Buffer.from(JSON.stringify({ oid: 'o-1', tid: 't-1' })).toString('base64url');
    assert.equal(await idIn(`header.${claims}.signature`), 'o-1');
  });

  it('is unknown if the token has none', async () => {
    for (const token of ['opaque', '', 'a.b.c']) assert.equal(await idIn(token), undefined);
  });
});
