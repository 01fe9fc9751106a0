import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { isProtectorKey, isServerKeyOf } from '../../core/keys/sameKey';
import type { SqlServer } from '../../core/model';
import { isSameProtector } from '../../core/plan/planState';
import { keyOf } from '../../core/plan/runPlan';
import type { ChangePlan, NewServerKeys, SingleStep } from '../../core/plan/singleStep';
import { listed } from '../../core/text';
import { revalidate } from '../fixes/runFix';
import { notify } from '../messages';
import { makeProtector } from '../plans/makeProtector';
import { readWithProgress } from '../progress';
import { createFor } from './createServerKey';
import { runDatabaseStep } from './databaseCommands';
import { deleteServerKey } from './deleteServerKey';
import { noArgs, type CommandServices } from './handler';
import { rowOfServer } from './targets';

/** Runs a saved change like its command, with the same questions and checks, unless the server has changed since. */
export async function runChange(
  services: CommandServices,
  context: IActionContext,
  { step }: ChangePlan,
): Promise<void> {
  if (step.kind === 'createServerKeys') {
    await createKeys(services, context, step);
    return;
  }
  const title = l10n.t('Reading "{0}"…', step.server.name);
  const server = await readWithProgress(services, title, async ({ signal }) =>
    (await services.azure.get()).sqlServers.get(step.server, signal),
  );
  if (!server) return;
  if ('database' in step) await runDatabaseStep(services, server, step);
  else if (step.kind === 'revalidateProtector') await revalidate(services, server);
  else if (step.kind === 'deleteServerKey') await deleteKey(services, context, server, step.keyIdentifier);
  else await changeProtector(services, server, step);
}

/** The summary shows which of the server keys are there already. */
async function createKeys(services: CommandServices, context: IActionContext, step: NewServerKeys): Promise<void> {
  const title = l10n.t('Reading {0}…', listed(step.servers.map(({ name }) => `"${name}"`)));
  const servers = await readWithProgress(services, title, async ({ signal }) => {
    const { sqlServers } = await services.azure.get();
    return Promise.all(step.servers.map((server) => sqlServers.get(server, signal)));
  });
  if (!servers) return;
  const keys = step.keys.map((uri) => keyOf(uri, services.cloud()));
  await createFor(services, context, { servers }, ...keys);
}

async function deleteKey(
  services: CommandServices,
  context: IActionContext,
  server: SqlServer,
  keyIdentifier: string,
): Promise<void> {
  await services.tree.refreshServer(server);
  const rows = await services.tree.rowsBelow(await rowOfServer(services, server));
  const isOfKey = isServerKeyOf(keyIdentifier);
  const row = rows.find((node) => node.kind === 'serverKey' && isOfKey(node.key));
  if (row) await deleteServerKey(services)(context, { ...noArgs, row });
  else tellGone(server, keyIdentifier);
}

async function changeProtector(
  services: CommandServices,
  server: SqlServer,
  step: Extract<SingleStep, { kind: 'setProtector' | 'useServiceManagedKey' }>,
): Promise<void> {
  const title = l10n.t('Reading the TDE protector of "{0}"…', server.name);
  const read = await readWithProgress(services, title, async ({ signal }) => {
    const { serverKeys, tdeProtectors } = await services.azure.get();
    return Promise.all([serverKeys.list(server, signal), tdeProtectors.get(server, signal)]);
  });
  if (!read) return;
  const [keys, protector] = read;
  const key = keys.find(
    step.kind === 'setProtector' ? isServerKeyOf(step.keyIdentifier) : ({ type }) => type === 'serviceManaged',
  );
  if (!key) tellGone(server, step.kind === 'setProtector' ? step.keyIdentifier : '');
  else if (isProtectorKey(key, protector) || isSameProtector(protector, step.former)) {
    await makeProtector(services, server, key, step.kind === 'setProtector' && step.autoRotation);
  } else {
    const text = l10n.t('The TDE protector of "{0}" is another key now.', server.name);
    void notify('warning', [text, l10n.t('Create a new plan.')].join(' '));
  }
}

function tellGone({ name }: SqlServer, keyIdentifier: string): void {
  void notify('warning', l10n.t('"{0}" doesn\'t have the server key {1}.', name, keyIdentifier));
}
