import pMap from 'p-map';
import { l10n } from 'vscode';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { ServerKey, SqlServer } from '../../core/model';
import { checksDocument, type CheckedPart } from '../../core/checks/checksDocument';
import { countOutcomes } from '../../core/checks/countOutcomes';
import type { ServerFacts } from '../../core/checks/facts';
import { isOutage } from '../../core/checks/outage';
import type { Finding } from '../../core/errors/finding';
import { shortServerKeyName } from '../../core/keys/serverKeyName';
import { keyNeed } from '../../core/retirement/keyNeed';
import { needInShort } from '../../core/retirement/keyNeedDocument';
import { createOne } from '../creation/createOne';
import { fixesOf, isQuestion, runFix, titleOf } from '../fixes/runFix';
import { longestReadMs } from '../fixes/rightsObstacles';
import { diagnosticsText } from '../failures/diagnostics';
import { notifyFailure } from '../failures/notifyFailure';
import { copyText, notify, offer, type Action } from '../messages';
import { readWithProgress } from '../progress';
import { pickAction } from '../quickPick';
import { creationChecker } from '../runChecks';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import { diagnosesOf, serverRowOf, type ServerNode } from '../tree/nodes';
import { readUses } from './checkKeyNeed';
import type { Handler } from './handler';
import { askForLogicalServer } from './targets';

/** Maximum server keys to check at once. */
const parallel = 4;

/** Checks a server and each of its server keys, shows the results in one document, and offers the fixes. */
export const showDiagnostics: Handler = (services) => async (context, args) => {
  await diagnose(
    services,
    await askForLogicalServer(services, context, args, l10n.t('Show All Diagnostics of Server')),
  );
};

async function diagnose(services: Services, server: SqlServer): Promise<void> {
  const title = l10n.t('Checking "{0}" and its server keys…', server.name);
  const parts = await readWithProgress(services, title, ({ signal }) => checkParts(services, server, signal));
  if (!parts) return;
  await showMarkdown(l10n.t('Diagnostics of {0}', server.name), checksDocument(server.name, parts, new Date()));
  const actions = fixActions(services, server, parts);
  if (actions.length === 0) return;
  const choose = () =>
    pickAction(services, l10n.t('Fix'), l10n.t('What do you want to fix on "{0}"?', server.name), actions);
  const counts = countOutcomes(parts.flatMap(({ findings }) => findings));
  void offer('warning', l10n.t('Diagnostics of "{0}": {1}', server.name, counts), {
    title: l10n.t('Fix…'),
    run: async () => (await choose()) ?? true,
  });
}

/** The fixes of all problems, each once. After a change, everything is checked again; otherwise, they are offered again. */
function fixActions(services: Services, server: SqlServer, parts: readonly CheckedPart[]): readonly Action<boolean>[] {
  const found = fixesOf(parts.flatMap(({ findings }) => findings.filter(({ outcome }) => outcome !== 'pass')));
  const actions = found.flatMap(({ fix, finding }): Action<boolean>[] => {
    if (isQuestion(fix)) return [];
    const run = async (): Promise<boolean> => {
      const { isFixed } = await runFix(services, { fix, finding }, (creation) => createOne(services, creation));
      if (isFixed) await diagnose(services, server);
      return !isFixed;
    };
    return [{ title: l10n.t('{0}: {1}', finding.text, titleOf(fix)), run }];
  });
  return [...new Map(actions.map((action) => [action.title, action])).values()];
}

/** The server and its keys, the TDE protector first. A part that can't be read says so in its place. */
async function checkParts(services: Services, server: SqlServer, signal: AbortSignal): Promise<CheckedPart[]> {
  const { checkServer, check } = creationChecker(services);
  const { facts, findings } = await checkServer(server, signal);
  const noteOn = needReader(services, facts, server, signal);
  const keys = await pMap(
    keysOf(facts),
    async ({ name, type, uri }): Promise<CheckedPart> => {
      const short = type === 'serviceManaged' ? l10n.t('Service-managed key') : shortServerKeyName(name);
      const title = name === facts.protector.value?.serverKeyName ? l10n.t('{0} (TDE protector)', short) : short;
      const parsed = parseKeyIdentifier(uri ?? '', services.cloud());
      if (parsed.ok) {
        const [checked, noteOf] = await Promise.all([check({ server, key: parsed.key }, signal), noteOn]);
        return { title, ...noteOf(name), findings: checked.findings ?? [] };
      }
      const unread = { outcome: 'unknown' as const, text: parsed.message.replace(/\.$/, ''), codes: [] };
      return { title, findings: type === 'serviceManaged' ? [] : [unread] };
    },
    { concurrency: parallel },
  );
  return withServer({ title: l10n.t('Server'), findings }, keys);
}

/** Reads what still needs the customer-managed keys of a server, once for all. Returns the note on each. */
async function needReader(
  services: Services,
  { serverKeys }: ServerFacts,
  server: SqlServer,
  signal: AbortSignal,
): Promise<(name: string) => Pick<CheckedPart, 'note'>> {
  const keys = serverKeys.value?.filter(({ type }) => type === 'customerManaged') ?? [];
  if (keys.length === 0) return () => ({});
  const now = new Date();
  const uses = await readUses(services, server, now, AbortSignal.any([signal, AbortSignal.timeout(longestReadMs)]));
  return (name) => {
    const key = keys.find((one) => one.name === name);
    return key ? { note: needInShort(keyNeed({ ...uses, key }, now)) } : {};
  };
}

/** The server keys, the TDE protector first. If they can't be read, only the TDE protector. */
function keysOf({ serverKeys, protector }: ServerFacts): readonly Pick<ServerKey, 'name' | 'type' | 'uri'>[] {
  const current = protector.value;
  const keys = serverKeys.value ?? (current ? [{ ...current, name: current.serverKeyName }] : []);
  const rank = ({ name, type }: (typeof keys)[number]): number =>
    name === current?.serverKeyName ? 0 : type === 'serviceManaged' ? 2 : 1;
  return [...keys].sort((a, b) => rank(a) - rank(b));
}

/** Findings about the server itself stand only in its part, an outage with the cause that the check of the TDE protector knows. */
function withServer(server: CheckedPart, keys: readonly CheckedPart[]): CheckedPart[] {
  const isAboutServer = ({ text, codes }: Finding): boolean =>
    codes.some(isOutage) || server.findings.some((own) => own.text === text);
  const outage = keys.flatMap(({ findings }) => findings.filter(({ codes }) => codes.some(isOutage))).slice(0, 1);
  return [
    { ...server, findings: [...outage, ...server.findings] },
    ...keys.map((key) => ({ ...key, findings: key.findings.filter((finding) => !isAboutServer(finding)) })),
  ];
}

/** Copies the failure of the row, or else the last failure, and what surrounds it, without what looks like a credential. */
export const copyDiagnostics: Handler =
  (services) =>
  async (_, { row }) => {
    const { last } = services.failures;
    const diagnoses = row?.kind === 'failure' ? diagnosesOf(row) : last ? [last] : [];
    const [first] = diagnoses;
    const message = first ? l10n.t('Diagnostics copied: {0}', first.code) : l10n.t('Diagnostics copied: no failure');
    await copyText(diagnosticsText(services, diagnoses), message);
  };

/**
 * Shows the failure of the row, the last one of its server, or else the last of all again, as a notification with the same buttons.
 */
export const showLastFailure: Handler =
  ({ tree, failures, ...services }) =>
  async (_, { row }) => {
    const server = row && serverRowOf(row)?.server;
    const showAgain = (server && failures.shown(server)) ?? failures.shown();
    const retry = (parent?: ServerNode): Action => ({
      title: l10n.t('Retry'),
      run: () => {
        tree.refresh(parent);
      },
    });
    if (row?.kind === 'failure')
      await notifyFailure({ failures, ...services }, row.diagnosis, retry(row.parent && serverRowOf(row.parent)));
    else if (showAgain) await showAgain();
    else if (failures.last) await notifyFailure({ failures, ...services }, failures.last);
    else void notify('info', l10n.t('Nothing has failed since VS Code started.'));
  };
