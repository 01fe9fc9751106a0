import pMap from 'p-map';
import { l10n } from 'vscode';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { SqlServer } from '../../core/model';
import { checksDocument, type CheckedPart } from '../../core/checks/checksDocument';
import { shortServerKeyName } from '../../core/keys/serverKeyName';
import { diagnosticsText } from '../failures/diagnostics';
import { notifyFailure } from '../failures/notifyFailure';
import { copyText, notify } from '../messages';
import { readWithProgress } from '../progress';
import { creationChecker } from '../runChecks';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import { diagnosesOf } from '../tree/nodes';
import type { Handler } from './handler';
import { askForServer } from './targets';

/** Maximum server keys to check at once. */
const parallel = 4;

/** Checks every server key of a server and shows the results in one document. */
export const showDiagnostics: Handler = (services) => async (context, args) => {
  const server = await askForServer(services, context, args);
  const title = l10n.t('Checking the server keys of "{0}"…', server.name);
  const parts = await readWithProgress(services, title, ({ signal }) => checkServer(services, server, signal));
  if (!parts) return;
  const text = checksDocument(server.name, parts, new Date());
  await showMarkdown(l10n.t('Diagnostics of {0}', server.name), text);
};

async function checkServer(services: Services, server: SqlServer, signal: AbortSignal): Promise<CheckedPart[]> {
  const { serverKeys, tdeProtectors } = await services.azure.get();
  const [keys, protector] = await Promise.all([serverKeys.list(server, signal), tdeProtectors.get(server, signal)]);
  const { check } = creationChecker(services);
  return pMap(
    keys,
    async ({ name, type, uri }): Promise<CheckedPart> => {
      const short = type === 'serviceManaged' ? l10n.t('Service-managed key') : shortServerKeyName(name);
      const title = name === protector.serverKeyName ? l10n.t('{0} (TDE protector)', short) : short;
      const parsed = parseKeyIdentifier(uri ?? '', services.cloud());
      if (parsed.ok) return { title, findings: (await check({ server, key: parsed.key }, signal)).findings ?? [] };
      const unread = { outcome: 'unknown' as const, text: parsed.message.replace(/\.$/, ''), codes: [] };
      return { title, findings: type === 'serviceManaged' ? [] : [unread] };
    },
    { concurrency: parallel },
  );
}

/** Copies the failure of the row, or else the last failure, and what surrounds it, without what looks like a credential. */
export const copyDiagnostics: Handler = (services) => async (_, args) => {
  const row = args.row ?? services.tree.selected;
  const { last } = services.failures;
  const diagnoses = row?.kind === 'failure' ? diagnosesOf(row) : last ? [last] : [];
  const [first] = diagnoses;
  const message = first ? l10n.t('Diagnostics copied: {0}', first.code) : l10n.t('Diagnostics copied: no failure');
  await copyText(diagnosticsText(services, diagnoses), message);
};

/** Shows the last notification about a failure again, with the same buttons. */
export const showLastFailure: Handler = (services) => async () => {
  const { showAgain, last } = services.failures;
  if (showAgain) await showAgain();
  else if (last) await notifyFailure(services, last);
  else void notify('info', l10n.t('Nothing has failed since VS Code started.'));
};
