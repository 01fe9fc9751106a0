import pMap from 'p-map';
import { l10n } from 'vscode';
import { shortServerKeyName } from '../../core/keys/serverKeyName';
import { keyNeed, type KeyNeed } from '../../core/retirement/keyNeed';
import { keyNeedDocument } from '../../core/retirement/keyNeedDocument';
import type { NeedFacts } from '../../core/retirement/needFacts';
import { readNeedFacts } from '../../core/retirement/readNeedFacts';
import { allSubscriptions } from '../allSubscriptions';
import { readWithProgress } from '../progress';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import type { ServerKeyNode } from '../tree/nodes';
import type { Handler } from './handler';
import { askForKey } from './targets';

/** How many databases are read at once. */
const concurrency = 8;

/** Shows what still needs a server key, and until when. Changes nothing. */
export const checkKeyNeed: Handler = (services) => async (context, args) => {
  const row = await askForKey(services, context, args, l10n.t('Check Whether Key Is Still Needed'));
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
  const [connected, { subscriptions }] = await Promise.all([services.azure.get(), allSubscriptions(services, signal)]);
  const at = new Date();
  const request = { server, key, subscriptionIds: subscriptions.map(({ id }) => id), now: at };
  const facts = await readNeedFacts(connected, request, (items, map) => pMap(items, map, { concurrency }), signal);
  return { facts, need: keyNeed(facts, at), at };
}

/** Opens the verdict with all its reasons. */
export const showKeyNeed = ({ facts, need, at }: ReadNeed): Promise<void> =>
  showMarkdown(l10n.t('Uses of {0}', shortServerKeyName(facts.key.name)), keyNeedDocument(facts, need, at));
