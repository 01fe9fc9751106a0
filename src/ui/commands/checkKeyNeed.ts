import pMap from 'p-map';
import { l10n } from 'vscode';
import { shortServerKeyName } from '../../core/keys/serverKeyName';
import { keyNeed, type KeyNeed } from '../../core/retirement/keyNeed';
import { keyNeedDocument } from '../../core/retirement/keyNeedDocument';
import { readNeedFacts } from '../../core/retirement/readNeedFacts';
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
  const need = await readWithProgress(services, title, ({ signal }) => readKeyNeed(services, row, signal));
  if (!need) return;
  const text = keyNeedDocument({ server: parent.server, key }, need, new Date());
  await showMarkdown(l10n.t('Uses of {0}', name), text);
};

async function readKeyNeed(
  { azure, inventory }: Services,
  { key, parent: { server } }: ServerKeyNode,
  signal: AbortSignal,
): Promise<KeyNeed> {
  const [connected, { subscriptions }] = await Promise.all([azure.get(), inventory.get()]);
  const now = new Date();
  const request = { server, key, subscriptionIds: subscriptions.map(({ id }) => id), now };
  const use = await readNeedFacts(connected, request, (items, map) => pMap(items, map, { concurrency }), signal);
  return keyNeed(use, now);
}
