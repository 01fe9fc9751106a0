import { UserCancelledError } from '@microsoft/vscode-azext-utils';
import { commands, env, l10n } from 'vscode';
import { deletionCheck, partnerFindings, readPartnerProtectors } from '../../core/checks/deletionCheck';
import { logQueries } from '../../core/checks/logQueries';
import { parseServerKeyName, shortServerKeyName } from '../../core/keys/serverKeyName';
import type { Azure } from '../../core/ports';
import { allSubscriptions } from '../allSubscriptions';
import { asParagraphs, longestReadMs, rightsObstacles } from '../fixes/rightsObstacles';
import { commandIds } from '../ids';
import { notify, type Action } from '../messages';
import { knownEnd } from '../operations/knownEnd';
import { offerToWait } from '../operations/waitForOperation';
import { waitForTurn } from '../operations/waitForTurn';
import { changeWithProgress, readWithProgress } from '../progress';
import { enterConfirmation } from '../inputBox';
import type { Services } from '../services';
import type { ServerKeyNode } from '../tree/nodes';
import type { Handler } from './handler';
import { askForKey } from './targets';

/** Deletes a server key after the user types a name. Doesn't delete the vault key. */
export const deleteServerKey: Handler = (services) => async (context, args) => {
  const row = await askForKey(services, context, args, l10n.t('Delete Server Key'));
  const { key, parent } = row;
  const { server } = parent;
  const reading = l10n.t('Reading what uses the server key "{0}"…', shortServerKeyName(key.name));
  const uses = await readWithProgress(services, reading, ({ signal }) => readUses(services, row, signal));
  if (!uses) return;
  if (uses.obstacle) {
    void notify('warning', uses.obstacle, ...(uses.isProtector ? [makeAnother(row)] : []));
    return;
  }
  await confirmByName(row, uses.notes);
  const question = l10n.t('An operation is running. Delete the server key after it has finished?');
  if (!(await waitForTurn(services, [server])) || !(await offerToWait(services, server, question))) return;
  const azure = await services.azure.get();
  const title = l10n.t('Deleting the server key "{0}" of "{1}"…', shortServerKeyName(key.name), server.name);
  const stopped = () => l10n.t('Stopped waiting. Azure may still delete the server key; the tree shows the result.');
  const { end } = await changeWithProgress(services, title, stopped, () => azure.serverKeys.delete(server, key));
  const change = { kind: 'deleteServerKey', resource: key.id } as const;
  try {
    if (!(await knownEnd(services, change, end))) return;
  } finally {
    await services.tree.refreshServer(server);
  }
  void notify('info', l10n.t('Server key "{0}" is no longer on "{1}".', shortServerKeyName(key.name), server.name));
};

/** Why the server key can't be deleted, if anything; otherwise what to know before. */
async function readUses(services: Services, row: ServerKeyNode, signal: AbortSignal) {
  const { key, parent } = row;
  const azure = await services.azure.get();
  // The TDE protector may have changed since the tree was read.
  const [protector, partners, rights] = await Promise.all([
    azure.tdeProtectors.get(parent.server, signal),
    usesOfPartners(services, azure, row),
    rightsObstacles(azure, 'deleteServerKey', [parent.server.id]),
  ]);
  const obstacle = deletionCheck(parent.server, key, protector) ?? partners.find(({ outcome }) => outcome === 'fail');
  const isProtector = obstacle?.codes.includes('AzureKeyVaultKeyInUse') ?? false;
  return { obstacle: obstacle?.text, isProtector, notes: asParagraphs(partners) + rights };
}

/** Asks for another server key of the server. */
const makeAnother = ({ parent }: ServerKeyNode): Action => ({
  title: l10n.t('Make Another Key TDE Protector…'),
  run: () => commands.executeCommand(commandIds.makeTdeProtector, parent),
});

/** What geo-replication partners do with the key. */
async function usesOfPartners(services: Services, azure: Azure, { key, parent }: ServerKeyNode) {
  const { subscriptions } = await allSubscriptions(services);
  const ids = subscriptions.map(({ id }) => id);
  const signal = AbortSignal.timeout(longestReadMs);
  return partnerFindings(key, await readPartnerProtectors(azure, parent.server, ids, signal));
}

/**
 * Asks for the name of the vault key, which a user can type; if the server key has another form, for the name of the server. A button
 * copies queries about the active log.
 */
async function confirmByName({ key, parent }: ServerKeyNode, obstacles: string): Promise<void> {
  const { server } = parent;
  const name = parseServerKeyName(key.name)?.key ?? server.name;
  const prompt =
    obstacles +
    l10n.t(
      'Type "{0}" to delete the server key "{1}" from "{2}". The vault key isn\'t deleted. To restore backups made while this server key was the TDE protector, you must create it again first. The active log of a database may still need it, and Microsoft doesn\'t document whether Azure checks that. The button copies queries that show it.',
      name,
      shortServerKeyName(key.name),
      server.name,
    );
  const isName = (text: string) => text !== '' && text === name;
  const typed = await enterConfirmation(
    { title: l10n.t('Delete Server Key'), prompt, placeHolder: name },
    { title: l10n.t('Copy Queries for the Active Log'), run: () => env.clipboard.writeText(logQueries(key)) },
    (text) => (isName(text) ? undefined : l10n.t('Type the whole name: {0}', name)),
    (text) => (name.startsWith(text) ? undefined : l10n.t("This isn't the name to type: {0}", name)),
  );
  if (!isName(typed)) throw new UserCancelledError('confirm');
}
