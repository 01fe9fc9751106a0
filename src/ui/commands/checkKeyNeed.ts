import pMap from 'p-map';
import { l10n } from 'vscode';
import { shortServerKeyName } from '../../core/keys/serverKeyName';
import { keyNeed, type KeyNeed } from '../../core/retirement/keyNeed';
import { keyNeedDocument } from '../../core/retirement/keyNeedDocument';
import type { NeedFacts, ServerUses } from '../../core/retirement/needFacts';
import { readServerUses } from '../../core/retirement/readNeedFacts';
import type { SqlServer } from '../../core/model';
import { allSubscriptions } from '../allSubscriptions';
import { readWithProgress } from '../progress';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import type { ServerKeyNode } from '../tree/nodes';
import type { Handler } from './handler';
import { askForLogicalKey } from './targets';

/** How many databases are read at once. */
const concurrency = 8;

/** Shows what still needs a server key, and until when. Changes nothing. */
export const checkKeyNeed: Handler = (services) => async (context, args) => {
  const row = await askForLogicalKey(services, context, args, l10n.t('Check Whether Key Is Still Needed'));
  const { key, parent } = row;
  const name = shortServerKeyName(key.name);
  const title = l10n.t('Checking what still needs server key "{0}" of "{1}"…', name, parent.server.name);
  const read = await readWithProgress(services, title, ({ signal }) => readKeyNeed(services, row, signal));
  if (read) await showKeyNeed(read);
};

/** What was read about a server key, and what follows from it. */
export interface ReadNeed {
  readonly facts: NeedFacts;
  readonly need: KeyNeed;
  readonly at: Date;
}

/** Reads what still needs a server key. */
export async function readKeyNeed(
  services: Services,
  { key, parent: { server } }: ServerKeyNode,
  signal: AbortSignal,
): Promise<ReadNeed> {
  const at = new Date();
  const facts = { ...(await readUses(services, server, at, signal)), key };
  return { facts, need: keyNeed(facts, at), at };
}

/** Reads what still needs the keys of a server. */
export async function readUses(
  services: Services,
  server: SqlServer,
  now: Date,
  signal: AbortSignal,
): Promise<ServerUses> {
  const [connected, { subscriptions }] = await Promise.all([services.azure.get(), allSubscriptions(services, signal)]);
  const request = { server, subscriptionIds: subscriptions.map(({ id }) => id), now };
  return readServerUses(connected, request, (items, map) => pMap(items, map, { concurrency }), signal);
}

/** Opens the verdict with all its reasons. */
export const showKeyNeed = ({ facts, need, at }: ReadNeed): Promise<void> =>
  showMarkdown(l10n.t('Uses of {0}', shortServerKeyName(facts.key.name)), keyNeedDocument(facts, need, at));
