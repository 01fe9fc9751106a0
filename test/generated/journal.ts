import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeKinds } from '../../src/core/operations/change';
import { isDue, newsCount, states, superfluous, type Entry, type Known } from '../../src/core/operations/entry';
import { describeState, operationDiagnostics, operationDocument } from '../../src/core/operations/operationTexts';
import { parseEntry } from '../../src/core/operations/parseEntry';
import { edited, edits } from './edits';
import { property } from './property';
import { hostileText, soon } from './texts';

const valid: Entry = {
  version: 1,
  id: 'a',
  change: { kind: 'createServerKey', resource: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/servers/a' },
  cloud: 'https://management.azure.com',
  owner: { window: 'w', host: 'h', pid: 7 },
  started: 1_764_000_000_000,
  state: 'accepted',
  url: 'https://management.azure.com/subscriptions/s/providers/Microsoft.Sql/locations/l/azureAsyncOperation/o',
};
const json = edits.map((changes) => JSON.stringify(changes.reduce<unknown>(edited, valid) ?? null));
const file = fc.oneof(
  { arbitrary: json, weight: 6 },
  { arbitrary: fc.tuple(json, fc.nat(400)).map(([text, length]) => text.slice(0, length)), weight: 1 },
  { arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)), weight: 1 },
  { arbitrary: hostileText, weight: 1 },
);

export const journal = [
  property('is ignored, or remembers an operation that can be shown', 5000, file, (text) => {
    const entry = soon(() => parseEntry(text, valid.id));
    if (!entry) return;
    assert.deepEqual(entry, JSON.parse(text));
    assert.ok(changeKinds.includes(entry.change.kind) && states.includes(entry.state));
    for (const waits of ['thisWindow', 'otherWindow', 'nobody'] as const) {
      const known: Known = { entry, waits };
      assert.equal(typeof isDue(known, valid.cloud, valid.started), 'boolean');
      assert.ok(newsCount([known]) <= 1 && superfluous([known]).length === 0);
      for (const shown of [operationDocument(known), operationDiagnostics(known), describeState(known).words]) {
        assert.match(shown, /\S/);
        assert.doesNotMatch(shown, /undefined|NaN|Invalid|\[object/);
      }
    }
  }),
];
