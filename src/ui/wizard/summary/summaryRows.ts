import { l10n, ThemeIcon } from 'vscode';
import { idKey } from '../../../core/armId';
import { countOutcomes } from '../../../core/checks/countOutcomes';
import type { Creation } from '../../../core/creation/creation';
import { detailOf, type Finding } from '../../../core/errors/finding';
import { serverKeyName } from '../../../core/keys/serverKeyName';
import { fixesOf, isQuestion, titleOf, type FoundFix, type Runnable } from '../../fixes/runFix';
import { askModal, copyText } from '../../messages';
import type { Item } from '../../quickPick';
import type { CreateServerKeyAnswers } from '../answers';
import type { Rows } from '../../livePick';
import type { Course } from '../runWizard';
import {
  existingFacts,
  keyFact,
  lifetimeFacts,
  nameFacts,
  serverFact,
  vaultFacts,
  versionlessFacts,
  type Fact,
} from './summaryFacts';
import { outcomeIcon } from './summary';
import type { Summary } from './summary';

/** The user's choice in the summary. */
export type Decision =
  | { readonly kind: 'create' | 'close' | 'showAll' | 'checkAgain' | 'copyOrSave' }
  | { readonly kind: 'backTo'; readonly question: string; readonly isFix?: true }
  | { readonly kind: 'fix'; readonly found: FoundFix<Runnable> };

/** The questions whose answers a fact shows. */
const questions: Readonly<Record<Fact['about'], readonly string[]>> = {
  server: ['server', 'servers'],
  vault: ['vault', 'keyIdentifier'],
  key: ['version', 'keys', 'keyIdentifier', 'newKeyKind', 'source'],
  expiry: ['newKeyDay', 'newKeyExpiry'],
  newKeyVersion: ['newKeyVersion'],
  nothing: [],
};

/**
 * Without a problem, the row that creates comes first and has the focus. Otherwise, the problems come first, the first fix has the
 * focus, and the row that creates anyway comes last.
 */
export function summaryRows(
  summary: Summary,
  course: Course<CreateServerKeyAnswers>,
  { showAll, checkOnly }: { readonly showAll: boolean; readonly checkOnly: boolean },
): Rows<Decision> {
  const checks = checkRows(summary, showAll, course);
  const facts = factRows(summary, course);
  if (checkOnly) return { items: [closeRow(summary), ...checks, ...facts] };
  const create = createRow(summary);
  const handOver = summary.newKey ? [] : [copyOrSaveRow()];
  if (!hasProblems(summary)) return { items: [create, ...checks, ...facts, ...handOver] };
  const focused = checks.find(({ data }) => data?.kind === 'fix' || data?.kind === 'backTo');
  const anyway = { ...create, group: l10n.t('despite the problems') };
  return { items: [...checks, ...facts, ...handOver, anyway], focused };
}

/** For someone else, or for a script or template. A key that is yet to be created has no key identifier. */
const copyOrSaveRow = (): Item<Decision> => ({
  label: l10n.t('Copy or Save…'),
  iconPath: new ThemeIcon('copy'),
  description: l10n.t('creates nothing'),
  group: l10n.t('hand over'),
  data: { kind: 'copyOrSave' },
});

const below = (group: string, items: readonly Item<Decision>[]) => items.map((item) => ({ ...item, group }));

function factRows(summary: Summary, course: Course<CreateServerKeyAnswers>): Item<Decision>[] {
  const rows = (facts: readonly Fact[]) => facts.map((fact) => row(fact, course));
  const withHint = (item: Item<Decision>) => {
    const hint = item.data ? l10n.t('choose to change') : l10n.t('choose to copy');
    return { ...item, description: [item.description, hint].filter(Boolean).join(' · ') };
  };
  const facts = [
    serverFact(summary),
    ...vaultFacts(summary),
    ...summary.keys.map((key) => keyFact(summary, key)),
    ...lifetimeFacts(summary),
    ...nameFacts(summary),
    ...existingFacts(summary),
  ];
  return [
    ...below(l10n.t('summary'), rows(facts).map(withHint)),
    ...below(l10n.t('always the latest version'), rows(versionlessFacts(summary))),
  ];
}

/** The findings with their fixes. Passed checks share one row unless all are shown. */
function checkRows({ findings }: Summary, showAll: boolean, course: Course<CreateServerKeyAnswers>): Item<Decision>[] {
  if (findings.length === 0) return [];
  const passed = findings.filter(({ outcome }) => outcome === 'pass').length;
  const shown = findings.filter(({ outcome }) => showAll || outcome !== 'pass');
  const all: Item<Decision> = {
    label: passed === 1 ? l10n.t('1 check passed') : l10n.t('{0} checks passed', passed),
    iconPath: new ThemeIcon('pass'),
    description: l10n.t('choose to show'),
    data: { kind: 'showAll' },
  };
  const checkAgain: Item<Decision> = {
    label: l10n.t('Check Again'),
    iconPath: new ThemeIcon('refresh'),
    data: { kind: 'checkAgain' },
  };
  const rows = shown.flatMap((finding) => findingRows(finding, course));
  // If the same question fixes several findings, only the first of them offers it.
  const isFirst = ({ label, data }: Item<Decision>, i: number) =>
    data?.kind !== 'backTo' || rows.findIndex((other) => other.label === label) === i;
  return below(l10n.t('checks'), [...rows.filter(isFirst), ...(passed > 0 && !showAll ? [all] : []), checkAgain]);
}

/** A finding and its fixes. Choosing the finding shows its whole text, because rows are cut. */
function findingRows(finding: Finding, course: Course<CreateServerKeyAnswers>): Item<Decision>[] {
  const { outcome, text } = finding;
  const detail = detailOf(finding);
  return [
    {
      label: text,
      detail,
      iconPath: new ThemeIcon(outcomeIcon[outcome]),
      data: undefined,
      onPicked: () => showFinding(text, detail),
    },
    ...fixesOf([finding]).flatMap((found): Item<Decision>[] => {
      const data = decisionOf(found, course);
      // A book marks a row that only informs.
      const icon = found.fix.kind === 'runCommand' ? 'book' : 'wrench';
      return data ? [{ label: titleOf(found.fix), iconPath: new ThemeIcon(icon), data }] : [];
    }),
  ];
}

async function showFinding(text: string, detail: string): Promise<void> {
  const whole = [text, detail].filter(Boolean).join('. ');
  await askModal('info', `${text}.`, detail, { title: l10n.t('Copy'), run: () => copyText(whole) });
}

/** The fix to run, or the question that it asks again; undefined if that question was not asked. */
function decisionOf(found: FoundFix, { lastAsked }: Course<CreateServerKeyAnswers>): Decision | undefined {
  const { fix } = found;
  if (!isQuestion(fix)) return { kind: 'fix', found: { ...found, fix } };
  const question =
    lastAsked(fix.kind === 'chooseKey' ? 'key' : 'version') ?? lastAsked('version', 'keys', 'keyIdentifier', 'source');
  return question === undefined ? undefined : { kind: 'backTo', question, isFix: true };
}

/** Goes back to the question that decides the fact; if it was not asked, copies the fact. */
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

/** The first row of Check Key, which Enter chooses. */
const closeRow = ({ findings }: Summary): Item<Decision> => ({
  label: l10n.t('Close'),
  iconPath: new ThemeIcon('check'),
  description: countOutcomes(findings),
  data: { kind: 'close' },
});

const missingOf = ({ creations }: Summary): readonly Creation[] => creations.filter(({ existing }) => !existing);

const hasProblems = (summary: Summary): boolean =>
  missingOf(summary).length > 0 && summary.findings.some(({ outcome }) => outcome === 'fail');

function createRow(summary: Summary): Item<Decision> {
  const { creations, keys, newKey, findings } = summary;
  const missing = missingOf(summary);
  const [first] = missing.length > 0 ? missing : creations;
  const isAnyway = hasProblems(summary);
  return {
    label: isAnyway ? createAnywayLabel(missing) : createLabel(missing),
    iconPath: new ThemeIcon(isAnyway ? 'warning' : 'check'),
    description: countOutcomes(findings),
    detail: keys.length === 1 && first && !newKey ? serverKeyName(first.key) : '',
    data: { kind: 'create' },
  };
}

function createLabel(missing: readonly Creation[]): string {
  const [first] = missing;
  if (!first) return l10n.t('Nothing to create: every server key already exists');
  if (missing.length === 1) return l10n.t('Create server key on "{0}"', first.server.name);
  const servers = serverCount(missing);
  return servers === 1
    ? l10n.t('Create {0} server keys on "{1}"', missing.length, first.server.name)
    : l10n.t('Create {0} server keys on {1} servers', missing.length, servers);
}

function createAnywayLabel(missing: readonly Creation[]): string {
  const name = missing[0]?.server.name ?? '';
  if (missing.length === 1) return l10n.t('Create server key on "{0}" anyway', name);
  const servers = serverCount(missing);
  return servers === 1
    ? l10n.t('Create {0} server keys on "{1}" anyway', missing.length, name)
    : l10n.t('Create {0} server keys on {1} servers anyway', missing.length, servers);
}

const serverCount = (creations: readonly Creation[]): number =>
  new Set(creations.map(({ server }) => idKey(server.id))).size;
