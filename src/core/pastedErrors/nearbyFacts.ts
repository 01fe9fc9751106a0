import { armId } from './pastedResources';

/** A value and its position in the text. */
interface Place {
  readonly at: number;
  readonly value: string;
}

/** Facts that a text states near its failures. */
export interface NearbyFacts {
  readonly statuses: readonly Place[];
  readonly requestIds: readonly Place[];
  readonly correlationIds: readonly Place[];
  /** ARM IDs of SQL servers, managed instances, and key vaults, and of resources below them. */
  readonly resourceIds: readonly Place[];
}

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const gap = String.raw`[\\"']{0,18}\s{0,3}[:=]?\s{0,3}[\\"'(]{0,18}`;

const status = new RegExp(
  String.raw`\b(?:unexpected status |status(?: ?code)?${gap}|response |http\/[\d.]{1,3} )([45]\d\d)\b`,
  'gi',
);
const requestId = new RegExp(
  String.raw`(?<![a-z-])(?:x-ms-request-id|(?:service ?)?request ?id|activity ?id|tracking ?id|operation ?id)${gap}(${guid})`,
  'gi',
);
const correlationId = new RegExp(String.raw`correlation[- ]?(?:request[- ]?)?id${gap}(${guid})`, 'gi');

/** The facts in a text, each with its position. */
export function findFacts(text: string): NearbyFacts {
  const all = (pattern: RegExp): Place[] =>
    Array.from(text.matchAll(pattern), ({ index, 0: whole, 1: part }) => ({ at: index, value: part ?? whole }));
  return {
    statuses: all(status),
    requestIds: all(requestId),
    correlationIds: all(correlationId),
    resourceIds: all(armId)
      .map(({ at, value }) => ({ at, value: value.replace(/[.)]+$/, '') }))
      .filter(({ value }) =>
        /\/Microsoft\.(?:Sql\/(?:servers|managedInstances)|KeyVault\/(?:vaults|managedHSMs))\/[^/]+/i.test(value),
      ),
  };
}

/**
 * The value that belongs to one of several failures. A tool writes such facts either before each failure or after it; the first value
 * shows which.
 * @param at the position of the failure
 * @param starts the positions of all failures, ascending
 */
export function valueFor(places: readonly Place[], at: number, starts: readonly number[]): string | undefined {
  const isAfter = (places[0]?.at ?? 0) > (starts[0] ?? 0);
  const from = isAfter ? at : (starts.findLast((start) => start < at) ?? 0);
  const to = isAfter ? (starts.find((start) => start > at) ?? Infinity) : at;
  const inside = places.filter((place) => place.at >= from && place.at < to);
  return inside.at(isAfter ? 0 : -1)?.value;
}
