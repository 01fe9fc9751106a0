import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import { partnerFindings, type PartnerProtector } from '../../src/core/checks/deletionCheck';
import { logQueries } from '../../src/core/checks/logQueries';
import type { ServerKey, TdeProtector } from '../../src/core/model';

const uri = 'https://kv-a.vault.azure.net/keys/tde/9f3c1b7a5d2e4f60819a3b5c7d9e1f20';
const key: ServerKey = { id: '/k', name: 'kv-a_tde_9f3c1b7a5d2e4f60819a3b5c7d9e1f20', type: 'customerManaged', uri };
const using: TdeProtector = { type: 'customerManaged', serverKeyName: key.name, uri, autoRotation: false };
const managed: TdeProtector = { type: 'serviceManaged', serverKeyName: 'ServiceManaged', autoRotation: false };

const found = (...partners: readonly PartnerProtector[]) =>
  partnerFindings(key, { value: partners }).map(({ outcome, text }) => `${outcome}: ${text}`);

describe('the deletion of a server key with geo-replication partners', () => {
  it("is refused if the key is the TDE protector of the primary, and warned about if it is a replica's", () => {
    assert.match(
      found({ name: 'sql-p', role: 'primary', protector: { value: using } }).join(),
      /^fail: .*primary "sql-p"/,
    );
    assert.deepEqual(found({ name: 'sql-r', role: 'secondary', protector: { value: using } }), [
      'warn: Its key is the TDE protector of the replica "sql-r"',
    ]);
  });

  it('is not, if the partner has another TDE protector', () => {
    assert.deepEqual(found({ name: 'sql-p', role: 'primary', protector: { value: managed } }), []);
  });

  it('says what could not be checked', () => {
    const error = new ArmError({ code: 'AuthorizationFailed', message: 'no' });
    const unknown = ['unknown: Could not be checked: whether the partner "sql-p" uses this key'];
    assert.deepEqual(found({ name: 'sql-p', role: 'primary' }), unknown);
    assert.deepEqual(found({ name: 'sql-p', role: 'primary', protector: { error } }), unknown);
    assert.equal(partnerFindings(key, { error })[0]?.outcome, 'unknown');
  });
});

describe('the queries about the active log', () => {
  it('name the thumbprint of the key, if Azure shows one', () => {
    assert.match(logQueries({ thumbprint: 'ab12' }), /-- The thumbprint of the server key: AB12\n/);
    for (const thumbprint of [undefined, '', '1\nDROP DATABASE x; --']) {
      const text = logQueries(thumbprint === undefined ? {} : { thumbprint });
      assert.doesNotMatch(text, /thumbprint of the server key|DROP/);
      assert.match(text, /sys\.dm_db_log_info[^]*sys\.dm_db_log_stats/);
    }
  });
});
