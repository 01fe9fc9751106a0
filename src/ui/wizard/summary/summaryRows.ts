import { l10n, ThemeIcon } from 'vscode';
import { idKey } from '../../../core/armId';
import type { Finding } from '../../../core/errors/finding';
import { serverKeyName } from '../../../core/keys/serverKeyName';
import { isQuestion, titleOf, type FoundFix, type Runnable } from '../../fixes/runFix';
import { copyText } from '../../messages';
import type { Item } from '../../quickPick';
import type { CreateServerKeyAnswers } from '../answers';
import type { Course } from '../runWizard';
import { existingFacts, keyFact, nameFacts, serverFact, vaultFacts, versionlessFacts, type Fact } from './summaryFacts';
import { countOutcomes, outcomeIcon } from './summaryChecks';
import type { Summary } from './summary';

/** What the user wants after a look at the summary. */
export type Decision =
  | { readonly kind: 'create' | 'showAll' }
  | { readonly kind: 'backTo'; readonly question: string }
  | { readonly kind: 'fix'; readonly found: FoundFix<Runnable> };

/** The questions that decide what a fact is about. */
const questions: Readonly<Record<Fact['about'], readonly string[]>> = {
  server: ['server', 'servers'],
  vault: ['vault', 'keyIdentifier'],
  key: ['version', 'keys', 'keyIdentifier', 'newKeyKind'],
  nothing: [],
};

/** First what is going to happen, then what speaks against it, then every fact in a row of its own. */
export function summaryRows(
  summary: Summary,
  course: Course<CreateServerKeyAnswers>,
  showAll: boolean,
): Item<Decision>[] {
  const below = (group: string, items: readonly Item<Decision>[]) => items.map((item) => ({ ...item, group }));
  const rows = (facts: readonly Fact[]) => facts.map((fact) => row(fact, course));
  const withHint = (item: Item<Decision>) => {
    const hint = item.data ? l10n.t('choose to change') : l10n.t('choose to copy');
    return { ...item, description: [item.description, hint].filter(Boolean).join(' · ') };
  };
  return [
    verb(summary),
    ...below(l10n.t('checks'), checkRows(summary.findings, showAll, course)),
    ...below(
      l10n.t('summary'),
      rows([
        serverFact(summary),
        ...vaultFacts(summary),
        ...summary.keys.map((key) => keyFact(summary, key)),
        ...nameFacts(summary),
        ...existingFacts(summary),
      ]).map(withHint),
    ),
    ...below(l10n.t('always the latest version'), rows(versionlessFacts(summary))),
  ];
}

/** What was found, each with what would mend it; what has passed is one row unless all are shown. */
function checkRows(
  findings: readonly Finding[],
  showAll: boolean,
  course: Course<CreateServerKeyAnswers>,
): Item<Decision>[] {
  const passed = findings.filter(({ outcome }) => outcome === 'pass').length;
  const shown = findings.filter(({ outcome }) => showAll || outcome !== 'pass');
  const all: Item<Decision> = {
    label: passed === 1 ? l10n.t('1 check passed') : l10n.t('{0} checks passed', passed),
    iconPath: new ThemeIcon('pass'),
    description: l10n.t('choose to show'),
    data: { kind: 'showAll' },
  };
  const rows = shown.flatMap((finding) => findingRows(finding, course));
  // A question that would settle several findings stands below the first of them.
  const isFirst = ({ label, data }: Item<Decision>, i: number) =>
    data?.kind !== 'backTo' || rows.findIndex((other) => other.label === label) === i;
  return [...rows.filter(isFirst), ...(passed > 0 && !showAll ? [all] : [])];
}

/** What was found, to copy, and below it what would mend it. */
function findingRows(finding: Finding, course: Course<CreateServerKeyAnswers>): Item<Decision>[] {
  const { outcome, text, detail = '', fixes = [] } = finding;
  return [
    {
      label: text,
      detail,
      iconPath: new ThemeIcon(outcomeIcon[outcome]),
      data: undefined,
      onPicked: () => copyText([text, detail].filter(Boolean).join('. ')),
    },
    ...fixes.flatMap((fix): Item<Decision>[] => {
      const data = decisionOf({ finding, fix }, course);
      return data ? [{ label: titleOf(fix), iconPath: new ThemeIcon('wrench'), data }] : [];
    }),
  ];
}

/** Another key is a matter of the question that asked for it; where none did, there is no other. */
function decisionOf(found: FoundFix, { lastAsked }: Course<CreateServerKeyAnswers>): Decision | undefined {
  const { fix } = found;
  if (!isQuestion(fix)) return { kind: 'fix', found: { ...found, fix } };
  const question =
    lastAsked(fix.kind === 'chooseKey' ? 'key' : 'version') ?? lastAsked('version', 'keys', 'keyIdentifier');
  return question === undefined ? undefined : { kind: 'backTo', question };
}

/** Choosing it goes back to the question that decides it; where there was none, what it says is copied. */
function row(
  { about, icon, label, description = '', detail = '', copied }: Fact,
  { lastAsked }: Course<CreateServerKeyAnswers>,
): Item<Decision> {
  const backTo = lastAsked(...questions[about]);
  const shown = { label, description, detail, iconPath: new ThemeIcon(icon) };
  return backTo === undefined
    ? { ...shown, data: undefined, onPicked: () => copyText(copied) }
    : { ...shown, data: { kind: 'backTo', question: backTo } };
}

function verb({ creations, keys, newKey, findings }: Summary): Item<Decision> {
  const missing = creations.filter(({ existing }) => !existing);
  const [first] = missing.length > 0 ? missing : creations;
  const servers = new Set(missing.map(({ server }) => idKey(server.id))).size;
  const label =
    missing.length === 0
      ? l10n.t('Create nothing: every server key is there already')
      : missing.length === 1
        ? l10n.t('Create server key on "{0}"', first?.server.name ?? '')
        : servers === 1
          ? l10n.t('Create {0} server keys on "{1}"', missing.length, first?.server.name ?? '')
          : l10n.t('Create {0} server keys on {1} servers', missing.length, servers);
  const isObstructed = missing.length > 0 && findings.some(({ outcome }) => outcome === 'fail');
  const name = keys.length === 1 && first && !newKey ? serverKeyName(first.key) : '';
  return {
    label: isObstructed ? l10n.t('{0} anyway', label) : label,
    iconPath: new ThemeIcon(isObstructed ? 'warning' : 'check'),
    description: countOutcomes(findings),
    detail: name,
    data: { kind: 'create' },
  };
}
