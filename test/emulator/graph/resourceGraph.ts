import type { ArmRequest, Route } from '../arm/route';
import { Refusal, type Answer } from '../base/answer';
import { includesId } from '../base/ids';
import { recordOf, stringOf } from '../base/json';
import { visibleSubscriptions } from '../routes/subscriptions';
import { runQuery, type Result } from './query';
import { authorizationRows, containerRows, resourceRows } from './rows';
import { InvalidQuery, NotEmulatedQuery, type Row } from './values';

const quota = 15;
const windowMs = 5000;

/** Counts queries for the quota headers: 15 in 5 seconds. With the option graphQuota, refuses further queries. */
function countQuery({ emulator, now }: ArmRequest): Record<string, string> {
  emulator.graphQueries = [...emulator.graphQueries.filter((time) => time > now - windowMs), now];
  const used = emulator.graphQueries.length;
  const resets = Math.ceil(((emulator.graphQueries[0] ?? now) + windowMs - now) / 1000);
  const headers = {
    'x-ms-user-quota-remaining': String(Math.max(0, quota - used)),
    'x-ms-user-quota-resets-after': `00:00:0${resets}`,
  };
  if (emulator.options.graphQuota && used > quota) {
    const message =
      'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.';
    throw new Refusal(429, 'RateLimiting', message, 'service', { ...headers, 'retry-after': String(resets) });
  }
  return headers;
}

function badRequest(details: object[]): Refusal {
  const message = `Please provide below info when asking for support: timestamp = ${new Date().toISOString()}.`;
  return new Refusal(400, 'BadRequest', message, 'service', {}, { details });
}

const invalidQuery = (token: string): Refusal =>
  badRequest([
    {
      code: 'InvalidQuery',
      message:
        'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
    },
    { code: 'ParserFailure', message: 'ParserFailure', line: 1, characterPositionInLine: 0, token, expectedToken: '|' },
  ]);

function resultOf(request: ArmRequest): Result {
  const body = recordOf(request.body);
  const requested = Array.isArray(body.subscriptions) ? body.subscriptions.map(stringOf) : undefined;
  const subscriptions = visibleSubscriptions(request).filter(
    (s) => requested === undefined || includesId(requested, s.subscriptionId),
  );
  if (subscriptions.length === 0) {
    const message = `There must be at least one subscription that is eligible to contain resources. Given: '${(requested ?? []).join(',')}'.`;
    throw badRequest([{ code: 'NoValidSubscriptionsInQueryRequest', message }]);
  }
  try {
    return runQuery(stringOf(body.query), {
      resources: (types) => resourceRows(request, subscriptions, types),
      authorizationresources: () => authorizationRows(request.state, request.may, subscriptions),
      resourcecontainers: () => containerRows(request.state, request.may, subscriptions),
    });
  } catch (error) {
    if (error instanceof InvalidQuery) throw invalidQuery(error.message);
    if (error instanceof NotEmulatedQuery) {
      throw new Refusal(501, 'NotEmulated', `The emulator doesn't know this part of the query: ${error.message}`);
    }
    throw error;
  }
}

const toTable = (rows: Row[]): object => {
  const columns = Object.keys(rows[0] ?? {});
  return {
    columns: columns.map((name) => ({ name, type: typeof rows[0]?.[name] === 'object' ? 'object' : 'string' })),
    rows: rows.map((row) => columns.map((name) => row[name])),
  };
};

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

function query(request: ArmRequest): Answer {
  const headers = countQuery(request);
  const options = recordOf(recordOf(request.body).options);
  const result = resultOf(request);
  const top = Math.min(numberOr(options.$top, 100), 1000, request.emulator.options.pageSize ?? Infinity);
  const token = Buffer.from(stringOf(options.$skipToken), 'base64url').toString();
  const start = token === '' ? numberOr(options.$skip, 0) : Number(token);
  const page = result.slice(start, start + top);
  // Resource Graph returns a skip token only if the rows have the column id.
  const more = start + top < result.count;
  const resumable = more && page[0] !== undefined && 'id' in page[0];
  const body = {
    totalRecords: result.count,
    count: page.length,
    data: options.resultFormat === 'table' ? toTable(page) : page,
    facets: [],
    resultTruncated: more && !resumable ? 'true' : 'false',
    ...(resumable && { $skipToken: Buffer.from(String(start + top)).toString('base64url') }),
  };
  return { status: 200, body, headers };
}

export const resourceGraphRoutes: Route[] = [
  {
    method: 'POST',
    path: '/providers/Microsoft.ResourceGraph/resources',
    type: 'Microsoft.ResourceGraph/resources',
    filtered: true,
    handle: query,
  },
];
