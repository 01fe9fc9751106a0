import type { Fault } from '../emulator/base/faults';
import { tlsFaults } from '../emulator/base/port';

type FaultBody = Omit<Fault, 'match'>;
type Faults = Readonly<Record<string, FaultBody>>;

/** One way in which requests of an operation fail. */
export interface FaultKind {
  readonly name: string;
  readonly fault: FaultBody;
  /** The requests that fail: any of the operation, the one that changes something, or the polls after it. */
  readonly hits: 'any' | 'change' | 'poll';
}

/** Azure refuses the request, or something before Azure does. */
const refusals: Faults = {
  '429': { behavior: 'throttle' },
  '429, Retry-After 1': { behavior: 'throttle', retryAfter: 1 },
  '429, Retry-After -5': { behavior: 'throttle', retryAfter: -5 },
  '429, Retry-After 86400': { behavior: 'throttle', retryAfter: 86_400 },
  '429, Retry-After 3e9': { behavior: 'throttle', retryAfter: 3e9 },
  '429, Retry-After with a date': { behavior: 'throttle', retryAfter: 'Fri, 31 Dec 9999 23:59:59 GMT' },
  '503': { behavior: 'unavailable' },
  '503, Retry-After 1': { behavior: 'unavailable', retryAfter: 1 },
  '500': { status: 500 },
  '504': { behavior: 'html', status: 504 },
  '401': { status: 401, code: 'ExpiredAuthenticationToken' },
  '403': { status: 403, code: 'AuthorizationFailed' },
  '404': { status: 404, code: 'ResourceNotFound' },
  '409': { status: 409, code: 'Conflict' },
};

const elsewhere = 'https://elsewhere.example/';

/** No answer, or one that isn't Azure's. */
const strangeAnswers: Faults = {
  reset: { behavior: 'reset' },
  hang: { behavior: 'hang' },
  drip: { behavior: 'drip' },
  truncated: { behavior: 'truncated' },
  'HTML, 502': { behavior: 'html' },
  'HTML, 200': { behavior: 'html', status: 200 },
  'empty, 200': { behavior: 'empty', status: 200 },
  'empty, 204': { behavior: 'empty', status: 204 },
  'invalid JSON': { behavior: 'garbage' },
  huge: { behavior: 'huge' },
  'gzip of wrong bytes': { behavior: 'gzipGarbage' },
  'gzip, too short': { behavior: 'gzipShort' },
  'gzip, reset': { behavior: 'gzipReset' },
  'gzip, stalled': { behavior: 'gzipStall' },
  'gzip, drip': { behavior: 'gzipDrip' },
  'gzip bomb': { behavior: 'gzipBomb' },
  redirect: { behavior: 'answer', status: 307, headers: { location: elsewhere } },
  'empty object': { behavior: 'answer', body: '{}' },
  null: { behavior: 'answer', body: 'null' },
  'empty array': { behavior: 'answer', body: '[]' },
  'a text': { behavior: 'answer', body: '"value"' },
  'another resource': { behavior: 'answer', body: '{"id":"/subscriptions/0/other","name":"other"}' },
};

/** Changes of the real answer. */
const changes: Faults = {
  'no list': { change: { value: null, data: null } },
  'list of null': { change: { value: [null], data: [null] } },
  'list of texts': { change: { value: ['a'], data: ['a'] } },
  'null properties': { change: { properties: false, id: 1, name: {} } },
  'text/plain': { headers: { 'content-type': 'text/plain' } },
  'next page elsewhere': { change: { nextLink: `${elsewhere}next` } },
  'repeating page': { change: { nextLink: '{url}', $skipToken: 'MA' } },
  'poll elsewhere': { headers: { 'azure-asyncoperation': `${elsewhere}poll`, location: `${elsewhere}poll` } },
  'Retry-After 86400': { headers: { 'retry-after': '86400' } },
  'Retry-After -5': { headers: { 'retry-after': '-5' } },
  'Retry-After 3e9': { headers: { 'retry-after': '3000000000' } },
};

/** Changes of the answers to polls. */
const pollChanges: Faults = {
  'poll never ends': { change: { status: 'InProgress' } },
  'poll with an unknown word': { change: { status: 'Pondering' } },
  'poll without a status': { change: { status: null } },
};

/** The connection closes, and TLS fails on the next ones. */
const tls: Faults = Object.fromEntries(tlsFaults.map((fault) => [`TLS, ${fault}`, { behavior: 'tls', tls: fault }]));

/** The change takes effect, but its answer doesn't arrive. */
const lostAnswers: Faults = {
  'lost: reset': { behavior: 'reset' },
  'lost: hang': { behavior: 'hang' },
  'lost: truncated': { behavior: 'truncated' },
  'lost: 500': { status: 500 },
  'lost: 504': { behavior: 'html', status: 504 },
  'lost: HTML, 200': { behavior: 'html', status: 200 },
  'lost: empty, 200': { behavior: 'empty', status: 200 },
  'lost: empty object': { behavior: 'answer', body: '{}' },
  'lost: TLS': { behavior: 'tls', tls: 'expired' },
};

const kinds = (hits: FaultKind['hits'], faults: Faults, more: FaultBody = {}): FaultKind[] =>
  Object.entries(faults).map(([name, fault]) => ({ name, hits, fault: { ...fault, ...more } }));

const changed: FaultBody = { behavior: 'change', when: 'afterEffect' };

export const faultKinds: readonly FaultKind[] = [
  ...kinds('any', refusals),
  ...kinds('any', strangeAnswers),
  ...kinds('any', tls),
  ...kinds('any', changes, changed),
  ...kinds('any', { 'resource vanishes': { behavior: 'vanish' } }),
  ...kinds('poll', { 'operation fails': { when: 'poll', code: 'AzureKeyVaultConnectionFailed' } }),
  ...kinds('poll', pollChanges, changed),
  ...kinds('change', lostAnswers, { when: 'afterEffect' }),
];
