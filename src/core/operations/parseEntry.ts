import { changeKinds, isRun } from './change';
import { longestMessage, states, type Entry } from './entry';

type Fields = Readonly<Record<string, unknown>>;

/** The longest texts. Azure's operation addresses contain a certificate and two signatures. */
const longestText = 2000;
const longestUrl = 20_000;
/** Turns count the changes that wait for one server, so no window takes a higher one. */
const highestTurn = 1_000_000;

/** Reads an entry of the journal. Returns undefined for a text that this version of the extension hasn't written. */
export function parseEntry(text: string, id: string): Entry | undefined {
  const entry = asFields(parsed(text));
  return entry?.id === id && isEntry(entry) ? entry : undefined;
}

function isEntry(entry: Fields): entry is Fields & Entry {
  const { version, change, owner, cloud, started, state, url, ended, failure, run, turn, isNews, isUnwatched } = entry;
  return (
    version === 1 &&
    isChange(asFields(change)) &&
    isOwner(asFields(owner)) &&
    isText(cloud) &&
    isTime(started) &&
    isOneOf(states, state) &&
    isOptional(url, (value) => isText(value, longestUrl)) &&
    isOptional(ended, isTime) &&
    isOptional(failure, (value) => isFailure(asFields(value))) &&
    isOptional(run, isText) &&
    isOptional(turn, isTurn) &&
    [isNews, isUnwatched].every((value) => isOptional(value, (flag) => flag === true))
  );
}

const isChange = (change: Fields | undefined): boolean =>
  change !== undefined &&
  isOneOf(changeKinds, change.kind) &&
  isText(change.resource) &&
  change.resource.startsWith('/subscriptions/') &&
  [change.keyIdentifier, change.identityId, change.principalId, change.roleId].every((value) =>
    isOptional(value, isText),
  ) &&
  isOptional(change.expires, isTime) &&
  [change.autoRotation, change.rotates].every((value) => isOptional(value, (flag) => typeof flag === 'boolean')) &&
  isOptional(change.keyPermissions, (value) => isList(value, isText)) &&
  isOptional(change.items, (value) => isList(value, (item) => isItem(asFields(item)))) &&
  isRun(change.kind) === (change.items !== undefined);

const isItem = (item: Fields | undefined): boolean =>
  item !== undefined &&
  isText(item.server) &&
  item.server.startsWith('/subscriptions/') &&
  isText(item.keyIdentifier) &&
  isOptional(item.autoRotation, (value) => typeof value === 'boolean');

const isList = (value: unknown, isValid: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every((item) => isValid(item));

const isOwner = (owner: Fields | undefined): boolean =>
  owner !== undefined && isText(owner.window) && isText(owner.host) && isNumber(owner.pid);

const isFailure = (failure: Fields | undefined): boolean =>
  failure !== undefined && isText(failure.code, longestMessage) && isText(failure.message, longestMessage);

const isOptional = (value: unknown, isValid: (value: unknown) => boolean): boolean =>
  value === undefined || isValid(value);

const isText = (value: unknown, longest = longestText): value is string =>
  typeof value === 'string' && value.length <= longest;

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);

const isTurn = (value: unknown): boolean => isNumber(value) && value >= 0 && value <= highestTurn;

const isTime = (value: unknown): boolean => isNumber(value) && !Number.isNaN(new Date(value).getTime());

const isOneOf = (known: readonly string[], value: unknown): boolean => known.some((one) => one === value);

const asFields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? (value as Fields) : undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
