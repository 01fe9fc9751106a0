import { l10n, ThemeIcon } from 'vscode';
import { serverOf } from '../../core/operations/change';
import type { Known } from '../../core/operations/entry';
import {
  describeChange,
  describeState,
  operationDiagnostics,
  operationDocument,
} from '../../core/operations/operationTexts';
import { copyText, notify, type Action } from '../messages';
import { checkAgain } from '../operations/settle';
import { readWithProgress } from '../progress';
import { pick, type Item } from '../quickPick';
import { showMarkdown } from '../showMarkdown';
import type { CommandServices, Handler } from './handler';

/** Lists the running and recent operations of all windows, and offers actions for one of them. */
export const showOperations: Handler = (services) => async (context) => {
  const journal = await services.journal.get();
  const known = await journal.list();
  for (const { entry } of known.filter((one) => one.entry.isNews)) {
    const read = { ...entry };
    delete read.isNews;
    await journal.save(read);
  }
  services.setNews(0);
  const chosen = await pick(context.ui, () => Promise.resolve(itemsOf(known)), {
    placeHolder: known.length === 0 ? l10n.t('There are no operations yet') : l10n.t('Select an operation'),
    noPicksMessage: l10n.t('This extension has not changed anything in Azure yet'),
  });
  const actions = actionsFor(services, chosen);
  const items = actions.map(({ title, run }) => ({ label: title, data: run }));
  const run = await pick(context.ui, () => Promise.resolve(items), {
    title: describeChange(chosen.entry.change),
    placeHolder: l10n.t('What do you want to do?'),
  });
  await run();
};

function itemsOf(known: readonly Known[]): Item<Known>[] {
  const groups = [
    { group: l10n.t('running'), has: ({ waits }: Known) => waits !== 'nobody' },
    { group: l10n.t('ended while you were away'), has: ({ entry }: Known) => entry.isNews === true },
    { group: l10n.t('recent'), has: () => true },
  ];
  const groupOf = (one: Known): string => groups.find(({ has }) => has(one))?.group ?? '';
  const items = known.map((one) => {
    const { words, icon } = describeState(one);
    const { change, started } = one.entry;
    const time = new Date(started).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
    return {
      label: describeChange(change),
      description: words,
      detail: l10n.t('started {0}', time),
      iconPath: new ThemeIcon(icon),
      group: groupOf(one),
      data: one,
    };
  });
  return groups.flatMap(({ group }) => items.filter((item) => item.group === group));
}

function actionsFor(services: CommandServices, known: Known): readonly Action<Promise<void>>[] {
  const { entry } = known;
  const server = serverOf(entry.change);
  const isKnown = entry.state === 'succeeded' || known.waits !== 'nobody';
  return [
    ...(isKnown ? [] : [{ title: l10n.t('Check Again'), run: () => check(services, known) }]),
    ...(server ? [{ title: l10n.t('Show Server'), run: () => services.tree.showServer(server) }] : []),
    { title: l10n.t('Show Details'), run: () => showMarkdown(l10n.t('Operation'), operationDocument(known)) },
    {
      title: l10n.t('Copy Diagnostics'),
      run: () => copyText(operationDiagnostics(known), l10n.t('Diagnostics copied: {0}', describeChange(entry.change))),
    },
  ];
}

/** Reads whether the change is there, and tells it. */
async function check(services: CommandServices, { entry }: Known): Promise<void> {
  const what = describeChange(entry.change);
  const checked = await readWithProgress(services, l10n.t('Reading the result: {0}…', what), ({ signal }) =>
    checkAgain(services, entry, signal),
  );
  if (!checked) return;
  const { words } = describeState({ entry: checked, waits: 'nobody' });
  void notify(checked.state === 'succeeded' ? 'info' : 'warning', l10n.t('{0}: {1}.', what, words));
  const server = serverOf(checked.change);
  if (server) await services.tree.refreshServer(server);
}
