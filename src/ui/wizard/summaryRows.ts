import { env, l10n, ThemeIcon, window } from 'vscode';
import { serverKeyName } from '../../core/serverKeyName';
import type { CreateServerKeyAnswers, Item } from './answers';
import type { Course } from './runWizard';
import { existingFacts, keyFact, nameFacts, serverFact, vaultFacts, versionlessFacts, type Fact } from './summaryFacts';
import type { Summary } from './summaryPrompt';

/** What the user wants after a look at the summary. */
export type Decision = 'create' | { readonly backTo: string };

/** The questions that decide what a fact is about. */
const questions: Readonly<Record<Fact['about'], readonly string[]>> = {
  server: ['server', 'servers'],
  vault: ['vault', 'keyIdentifier'],
  key: ['version', 'keys', 'keyIdentifier', 'newKeyKind'],
  nothing: [],
};

/** First what is going to happen, then what speaks against it, then every fact in a row of its own. */
export function summaryRows(summary: Summary, course: Course<CreateServerKeyAnswers>): Item<Decision>[] {
  const below = (group: string, facts: readonly Fact[]) => facts.map((fact) => ({ ...row(fact, course), group }));
  const withHint = (item: Item<Decision>) => {
    const hint = item.data ? l10n.t('choose to change') : l10n.t('choose to copy');
    return { ...item, description: [item.description, hint].filter(Boolean).join(' · ') };
  };
  const warned = summary.warnings.map(({ text, ...more }) => ({ ...more, icon: 'warning', label: text, copied: text }));
  return [
    verb(summary),
    ...below(l10n.t('warnings'), warned),
    ...below(l10n.t('summary'), [
      serverFact(summary),
      ...vaultFacts(summary),
      ...summary.keys.map((key) => keyFact(summary, key)),
      ...nameFacts(summary),
      ...existingFacts(summary),
    ]).map(withHint),
    ...below(l10n.t('always the latest version'), versionlessFacts(summary)),
  ];
}

/** Choosing it goes back to the question that decides it; where there was none, what it says is copied. */
function row(
  { about, icon, label, description = '', detail = '', copied }: Fact,
  { lastAsked }: Course<CreateServerKeyAnswers>,
): Item<Decision> {
  const backTo = lastAsked(...questions[about]);
  const shown = { label, description, detail, iconPath: new ThemeIcon(icon) };
  return backTo === undefined
    ? { ...shown, data: undefined, onPicked: () => copy(copied) }
    : { ...shown, data: { backTo } };
}

async function copy(text: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(l10n.t('Copied: {0}', text), 5000);
}

function verb({ creations, keys, newKey, warnings }: Summary): Item<Decision> {
  const missing = creations.filter(({ existing }) => !existing);
  const [first] = missing.length > 0 ? missing : creations;
  const servers = new Set(missing.map(({ server }) => server.id)).size;
  const label =
    missing.length === 0
      ? l10n.t('Create nothing: every server key is there already')
      : missing.length === 1
        ? l10n.t('Create server key on "{0}"', first?.server.name ?? '')
        : servers === 1
          ? l10n.t('Create {0} server keys on "{1}"', missing.length, first?.server.name ?? '')
          : l10n.t('Create {0} server keys on {1} servers', missing.length, servers);
  const isWarned = missing.length > 0 && warnings.length > 0;
  const name = keys.length === 1 && first && !newKey ? serverKeyName(first.key) : '';
  return {
    label: isWarned ? l10n.t('{0} anyway', label) : label,
    iconPath: new ThemeIcon(isWarned ? 'warning' : 'check'),
    detail: isWarned ? warned(warnings) : name,
    data: 'create',
  };
}

function warned([first, ...others]: Summary['warnings']): string {
  return others.length === 0 ? (first?.text ?? '') : l10n.t('{0} warnings, see below', others.length + 1);
}
