import type { Fault } from '../emulator/base/faults';

type FaultBody = Omit<Fault, 'match'>;
type Faults = Readonly<Record<string, FaultBody>>;

/** One way in which requests of an operation fail. */
export interface FaultKind {
  readonly name: string;
  readonly fault: FaultBody;
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
  'invalid JSON': { behavior: 'garbage' },
  huge: { behavior: 'huge' },
  'gzip of wrong bytes': { behavior: 'gzipGarbage' },
  'gzip, too short': { behavior: 'gzipShort' },
  'gzip, reset': { behavior: 'gzipReset' },
  'gzip, stalled': { behavior: 'gzipStall' },
  'gzip, drip': { behavior: 'gzipDrip' },
  'gzip bomb': { behavior: 'gzipBomb' },
  redirect: { behavior: 'answer', status: 307, headers: { location: elsewhere } },
};

/** JSON, or nothing, that doesn't answer the request. */
const wrongAnswers: Faults = {
  'empty, 204': { behavior: 'empty', status: 204 },
  'empty object': { behavior: 'answer', body: '{}' },
  null: { behavior: 'answer', body: 'null' },
  'empty array': { behavior: 'answer', body: '[]' },
  'a text': { behavior: 'answer', body: '"value"' },
};

/** Changes of the real answer. */
const changes: Faults = {
  'no list': { change: { value: null, data: null } },
  'list of null': { change: { value: [null], data: [null] } },
  'list of texts': { change: { value: ['a'], data: ['a'] } },
  'null properties': { change: { properties: false, id: 1, name: {} } },
  'text/plain': { headers: { 'content-type': 'text/plain' } },
  'Retry-After 86400': { headers: { 'retry-after': '86400' } },
  'Retry-After -5': { headers: { 'retry-after': '-5' } },
  'Retry-After 3e9': { headers: { 'retry-after': '3000000000' } },
};

const kinds = (faults: Faults, more: FaultBody = {}): FaultKind[] =>
  Object.entries(faults).map(([name, fault]) => ({ name, fault: { ...fault, ...more } }));

/** The faults of any request of a read. */
export const readFaults: readonly FaultKind[] = [
  ...kinds(refusals),
  ...kinds(strangeAnswers),
  ...kinds(wrongAnswers),
  ...kinds(changes, { behavior: 'change', when: 'afterEffect' }),
  ...kinds({ 'resource vanishes': { behavior: 'vanish' } }),
];

/** The faults of the request that changes something. They prevent the change. */
export const changeFaults: readonly FaultKind[] = [...kinds(refusals), ...kinds(strangeAnswers)];
