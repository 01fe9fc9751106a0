import { commands, env, l10n } from 'vscode';
import { deletionCheck, partnerFindings } from '../../core/checks/deletionCheck';
import { logQueries } from '../../core/checks/logQueries';
import { parseServerKeyName, shortServerKeyName } from '../../core/keys/serverKeyName';
import type { Finding } from '../../core/errors/finding';
import type { ServerKey } from '../../core/model';
import { verdictSentence } from '../../core/retirement/keyNeedDocument';
import { asParagraphs, longestReadMs, rightsObstacles } from '../fixes/rightsObstacles';
import { confirmsByName } from '../changeSettings';
import { copyOrSave } from '../handOver/copyPlan';
import { confirmProduction } from '../confirmProduction';
import { commandIds } from '../ids';
import { askModal, notify, withResult, type Action } from '../messages';
import { knownEnd } from '../operations/knownEnd';
import { offerToWait } from '../operations/waitForOperation';
import { waitForTurn } from '../operations/waitForTurn';
import { changeWithProgress, readWithProgress } from '../progress';
import { enterConfirmation, type IconAction } from '../inputBox';
import type { Services } from '../services';
import type { ServerKeyNode } from '../tree/nodes';
import { readKeyNeed, showKeyNeed, type ReadNeed } from './checkKeyNeed';
import type { Handler } from './handler';
import { askForKey } from './targets';

/** Deletes a server key after the user has confirmed it. Doesn't delete the vault key. */
export const deleteServerKey: Handler = (services) => async (context, args) => {
  const row = await askForKey(services, context, args, l10n.t('Delete Server Key'));
  const { key, parent } = row;
  const { server } = parent;
  const reading = l10n.t('Reading what uses the server key "{0}"…', shortServerKeyName(key.name));
  const uses = await readWithProgress(services, reading, ({ signal }) => readUses(services, row, signal));
  if (!uses) return;
  const reasons = uses.read ? [showReasons(uses.read)] : [];
  if (uses.refusal !== undefined) {
    void notify('warning', uses.refusal, ...reasons, ...(uses.isProtector ? [makeAnother(row)] : []));
    return;
  }
  const others = [
    ...reasons.map((action) => ({ ...action, icon: 'list-unordered' })),
    { title: l10n.t('Copy Queries for the Active Log'), icon: 'copy', run: () => copyQueries(key) },
    ...handOver(services, row).map((action) => ({ ...action, icon: 'save' })),
  ];
  if (!(await confirmDeletion(services, row, uses.notes, others))) return;
  if (!(await confirmProduction(services, [server]))) return;
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

/** What uses the server key. */
interface Uses {
  /** Why the server key can't be deleted. */
  readonly refusal?: string;
  readonly isProtector?: boolean;
  /** What may still need it; absent if it is refused before that is read. */
  readonly read?: ReadNeed;
  /** What the user should know before the deletion, as paragraphs. */
  readonly notes: string;
}

async function readUses(services: Services, row: ServerKeyNode, signal: AbortSignal): Promise<Uses> {
  const { key, parent } = row;
  const azure = await services.azure.get();
  // The TDE protector may have changed since the tree was read.
  const obstacle = deletionCheck(parent.server, key, await azure.tdeProtectors.get(parent.server, signal));
  if (obstacle) {
    const isProtector = obstacle.codes.includes('AzureKeyVaultKeyInUse');
    return { refusal: obstacle.text, isProtector, notes: '' };
  }
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longestReadMs)]);
  const [read, rights] = await Promise.all([
    readKeyNeed(services, row, limited),
    rightsObstacles(azure, 'deleteServerKey', [parent.server.id]),
  ]);
  const use = read.need.findings.find(({ outcome }) => outcome === 'fail');
  const notes = `${verdictSentence(read.need.verdict)}\n\n${asParagraphs(partnerFindings(key, read.facts.partners))}${rights}`;
  return { ...(use && { refusal: refusalFor(key, use) }), read, notes };
}

/** Some findings already say that the server key can't be deleted. */
function refusalFor(key: ServerKey, { text, detail = '' }: Finding): string {
  if (text.endsWith('.')) return text;
  return l10n.t('Server key "{0}" not deleted. {1}. {2}', shortServerKeyName(key.name), text, detail);
}

const showReasons = (read: ReadNeed): Action => ({
  title: l10n.t('Show What Needs the Key'),
  run: () => showKeyNeed(read),
});

/** Copies or saves the deletion. Azure shows no key identifier of the service-managed key, which can't be deleted. */
function handOver(services: Services, { key, parent }: ServerKeyNode): readonly Action[] {
  if (key.uri === undefined) return [];
  const step = { kind: 'deleteServerKey', server: parent.server, keyIdentifier: key.uri } as const;
  return [{ title: l10n.t('Copy or Save…'), run: () => copyOrSave(services, step) }];
}

/** Asks for another server key of the server. */
const makeAnother = ({ parent }: ServerKeyNode): Action => ({
  title: l10n.t('Make Another Key TDE Protector…'),
  run: () => commands.executeCommand(commandIds.makeTdeProtector, parent),
});

const copyQueries = (key: ServerKey) => env.clipboard.writeText(logQueries(key));

/**
 * Asks for consent, by a name or by a button.
 * @param others what else the user can do
 */
async function confirmDeletion(
  services: Services,
  row: ServerKeyNode,
  notes: string,
  others: readonly IconAction[],
): Promise<boolean> {
  const { key, parent } = row;
  const consequences = l10n.t(
    "The vault key isn't deleted. To restore backups made while this server key was the TDE protector, you must create it again first. The active log of a database may still need it, and Microsoft doesn't document whether Azure checks that. The buttons show the reasons, and copy queries about the log.",
  );
  if (confirmsByName()) return confirmByName(services, row, { notes, consequences }, others);
  const names = [shortServerKeyName(key.name), parent.server.name];
  const question = l10n.t('Delete the server key "{0}" from "{1}"?', ...names);
  const remove = { title: l10n.t('Delete'), run: () => true };
  const buttons = others.map((action) => withResult(action, false));
  return (await askModal('warning', question, notes + consequences, remove, ...buttons)) ?? false;
}

/** Asks for the name of the vault key, which a user can type; if the server key has another form, for the name of the server. */
async function confirmByName(
  services: Services,
  { key, parent }: ServerKeyNode,
  { notes, consequences }: Readonly<Record<'notes' | 'consequences', string>>,
  others: readonly IconAction[],
): Promise<boolean> {
  const { server } = parent;
  const name = parseServerKeyName(key.name)?.key ?? server.name;
  const names = [name, shortServerKeyName(key.name), server.name];
  const request = l10n.t('Type "{0}" to delete the server key "{1}" from "{2}".', ...names);
  const isName = (text: string) => text !== '' && text === name;
  const typed = await enterConfirmation(
    services,
    { title: l10n.t('Delete Server Key'), prompt: `${notes}${request} ${consequences}`, placeHolder: name },
    others,
    (text) => (isName(text) ? undefined : l10n.t('Type the whole name: {0}', name)),
    (text) => (name.startsWith(text) ? undefined : l10n.t("This isn't the name to type: {0}", name)),
  );
  return isName(typed);
}
