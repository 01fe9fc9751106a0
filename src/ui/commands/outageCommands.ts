import { env, l10n } from 'vscode';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import { alertRules } from '../../core/export/alertRule';
import type { Finding } from '../../core/errors/finding';
import type { SqlServer } from '../../core/model';
import {
  causesOf,
  mayBeOutage,
  outageGuide as guideOf,
  readOutage,
  supportText,
  type OutageFacts,
} from '../../core/serverState/outageGuide';
import { createOne } from '../creation/createOne';
import { isReadOnly } from '../configuration';
import { fixesOf, isQuestion, runFix, titleOf } from '../fixes/runFix';
import { copyText, notify, offer, withResult, type Action } from '../messages';
import { readWithProgress } from '../progress';
import { pickAction } from '../quickPick';
import { creationChecker } from '../runChecks';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import type { Handler } from './handler';
import { askForLogicalServer } from './targets';

/** Shows what is inaccessible on a server, since when, why, and what to do in which order. Changes nothing by itself. */
export const outageGuide: Handler = (services) => async (context, args) => {
  await guide(services, await askForLogicalServer(services, context, args, l10n.t('Outage Guide')));
};

async function guide(services: Services, server: SqlServer): Promise<void> {
  const now = new Date();
  const title = l10n.t('Reading the outage of "{0}"…', server.name);
  const facts = await readWithProgress(services, title, ({ signal }) => read(services, server, now, signal));
  if (!facts) return;
  await showMarkdown(l10n.t('Outage guide of {0}', server.name), guideOf(facts, now));
  if (!mayBeOutage(facts)) return;
  const actions = actionsFor(services, facts, now);
  const placeHolder = l10n.t('Select the next step, from top to bottom');
  void offer('warning', l10n.t('The outage guide of "{0}" lists what to do.', server.name), {
    title: l10n.t('What to Do…'),
    run: async () => (await pickAction(services, l10n.t('Outage Guide'), placeHolder, actions)) ?? true,
  });
}

/** Reads the outage, and checks the server and its TDE protector. */
async function read(services: Services, server: SqlServer, now: Date, signal: AbortSignal): Promise<OutageFacts> {
  const checker = creationChecker(services);
  const [outage, { findings }] = await Promise.all([
    readOutage(await services.azure.get(), server, now, signal),
    checker.checkServer(server, signal),
  ]);
  const parsed = parseKeyIdentifier(outage.protector.value?.uri ?? '', services.cloud());
  const ofKey = parsed.ok ? ((await checker.check({ server, key: parsed.key }, signal)).findings ?? []) : [];
  return { ...outage, findings: distinct([...ofKey, ...findings]) };
}

const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [finding.text, finding])).values(),
];

/** The steps of the guide, in their order. After a fix, the guide is shown again; otherwise, they are offered again. */
function actionsFor(services: Services, facts: OutageFacts, now: Date): readonly Action<boolean>[] {
  const { server } = facts;
  const finding = {
    outcome: 'warn',
    text: l10n.t('Databases of "{0}" may be inaccessible', server.name),
    codes: [],
  } as const;
  const found = isReadOnly()
    ? []
    : [...fixesOf(causesOf(facts)), { finding, fix: { kind: 'revalidateProtector', server } as const }];
  const fixes = found.flatMap(({ fix, finding: about }): Action<boolean>[] => {
    if (isQuestion(fix)) return [];
    const run = async (): Promise<boolean> => {
      const { isFixed } = await runFix(services, { fix, finding: about }, (creation) => createOne(services, creation));
      if (isFixed) await guide(services, server);
      return !isFixed;
    };
    return [{ title: titleOf(fix), run }];
  });
  const copy = () => copyText(supportText(facts, now), l10n.t('Text for Microsoft copied.'));
  return [
    ...new Map(fixes.map((action) => [action.title, action])).values(),
    withResult({ title: l10n.t('Check Again'), run: () => guide(services, server) }, false),
    withResult({ title: l10n.t('Copy Text for Microsoft'), run: copy }, true),
    withResult({ title: l10n.t('Copy Alert Rule…'), run: () => copyRule(services, server.subscriptionId) }, true),
  ];
}

/** Copies an alert rule for the loss of a key, for the subscription of the row or of the server that the user picks. */
export const copyAlertRule: Handler = (services) => async (context, args) => {
  const { row } = args;
  const server =
    row?.kind === 'group' ? undefined : await askForLogicalServer(services, context, args, l10n.t('Copy Alert Rule'));
  const subscriptionId = row?.kind === 'group' ? row.subscription.id : server?.subscriptionId;
  if (subscriptionId !== undefined) await copyRule(services, subscriptionId);
};

async function copyRule(services: Services, subscriptionId: string): Promise<void> {
  const note = l10n.t(
    'Copied. Add the resource ID of an action group. Azure logs the loss of a key 15 to 30 minutes late, so monitor the vault too.',
  );
  const copy = async (text: string): Promise<void> => {
    await env.clipboard.writeText(text);
    void notify('info', note);
  };
  await pickAction(
    services,
    l10n.t('Copy Alert Rule'),
    l10n.t('Select the language of the alert rule'),
    alertRules(subscriptionId).map(({ title, text }) => ({ title, run: () => copy(text) })),
  );
}
