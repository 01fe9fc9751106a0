import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n, ThemeIcon } from 'vscode';
import { serverOf } from '../../core/operations/change';
import { outsideRuns, type Known } from '../../core/operations/entry';
import {
  describeChange,
  describeCheck,
  describeState,
  operationDiagnostics,
  operationDocument,
} from '../../core/operations/operationTexts';
import { isReadOnly } from '../configuration';
import { logFailure } from '../failures/report';
import { copyText, notify, type Action } from '../messages';
import { readAgain } from '../operations/knownEnd';
import { pick, pickAction, type Item } from '../quickPick';
import { showMarkdown } from '../showMarkdown';
import { continuePlan, continueRun, tryAgain } from './continueOperation';
import type { CommandServices, Handler } from './handler';

/** Lists the running and recent operations of all windows, and offers actions for one of them. */
export const showOperations: Handler = (services) => async (context) => {
  // The connection finds out how interrupted operations ended. Without one, the list is useful too.
  await services.azure.get().catch((error: unknown) => logFailure(services, error));
  const journal = await services.journal.get();
  const all = await journal.list();
  for (const { entry } of all.filter((one) => one.entry.isNews)) {
    const read = { ...entry };
    delete read.isNews;
    await journal.save(read);
  }
  services.setNews(0);
  const known = outsideRuns(all);
  const chosen = await pick(context.ui, () => Promise.resolve(itemsOf(known)), {
    placeHolder: l10n.t('Select an operation'),
    noPicksMessage: l10n.t('The extension has changed nothing in Azure yet'),
  });
  const members = all.filter(({ entry }) => entry.run === chosen.entry.id);
  const actions = await actionsFor(services, context, chosen, members);
  await pickAction(services, describeChange(chosen.entry.change), l10n.t('What do you want to do?'), actions);
};

function itemsOf(known: readonly Known[]): Item<Known>[] {
  const groups = [
    { group: l10n.t('running'), has: ({ waits }: Known) => waits !== 'nobody' },
    { group: l10n.t('new'), has: ({ entry }: Known) => entry.isNews === true },
    { group: l10n.t('recent'), has: () => true },
  ];
  const groupOf = (one: Known): string => groups.find(({ has }) => has(one))?.group ?? '';
  const items = known.map((one) => {
    const { words, icon } = describeState(one);
    const { change, started } = one.entry;
    const time = new Date(started).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
    return {
      label: describeChange(change),
      detail: l10n.t('{0} · started {1}', words, time),
      iconPath: new ThemeIcon(icon),
      group: groupOf(one),
      data: one,
    };
  });
  return groups.flatMap(({ group }) => items.filter((item) => item.group === group));
}

async function actionsFor(
  services: CommandServices,
  context: IActionContext,
  known: Known,
  members: readonly Known[],
): Promise<readonly Action<Promise<void>>[]> {
  const { change, id, state } = known.entry;
  const { kind } = change;
  const resume = () =>
    kind === 'runPlan' ? continuePlan(services, known.entry) : continueRun(services, context, known.entry);
  const server = serverOf(change);
  const followed = (await services.journal.get()).followed.get(id);
  const isSettled = state === 'succeeded' || known.waits !== 'nobody';
  const stop = async () => {
    followed?.abort();
    await Promise.resolve();
  };
  const mayRepeat = !isSettled && !isReadOnly();
  // The wizard creates a key for a server key.
  const isWhole = !change.items && kind !== 'createKey';
  return [
    ...(followed ? [{ title: l10n.t('Stop Waiting'), run: stop }] : []),
    ...(mayRepeat && change.items ? [{ title: l10n.t('Continue…'), run: resume }] : []),
    ...(isSettled || change.items ? [] : [{ title: l10n.t('Check Again'), run: () => check(services, known) }]),
    ...(mayRepeat && isWhole
      ? [{ title: l10n.t('Try Again…'), run: () => tryAgain(services, context, known.entry) }]
      : []),
    ...(server && !change.items ? [{ title: l10n.t('Show Server'), run: () => services.tree.showServer(server) }] : []),
    { title: l10n.t('Show Details'), run: () => showMarkdown(l10n.t('Operation'), operationDocument(known, members)) },
    {
      title: l10n.t('Copy Diagnostics'),
      run: () =>
        copyText(
          [known, ...members].map(operationDiagnostics).join('\n\n'),
          l10n.t('Diagnostics copied: {0}', describeChange(change)),
        ),
    },
  ];
}

/** Reads whether the change is there, and tells it. */
async function check(services: CommandServices, { entry }: Known): Promise<void> {
  const checked = await readAgain(services, entry);
  if (!checked) return;
  void notify(checked.state === 'succeeded' ? 'info' : 'warning', describeCheck(checked));
  const server = serverOf(checked.change);
  if (server) await services.tree.refreshServer(server);
}
