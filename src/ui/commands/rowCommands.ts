import { openReadOnlyContent } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { copyText, notify } from '../messages';
import { openPortal } from '../openPortal';
import { readWithProgress } from '../progress';
import { describe } from '../tree/describe';
import { resourceIdOf, serverRowOf, type Node } from '../tree/nodes';
import type { Handler } from './handler';
import { askForRow, askForServer } from './targets';

/**
 * Copies a text of a row.
 * @param title the title of the command
 * @param textOf returns the text; undefined if the row has none
 * @param missing the message for a row that has none
 */
const copy =
  (title: () => string, textOf: (row: Node) => string | undefined, missing: (label: string) => string): Handler =>
  (services) =>
  async (context, args) => {
    const row = await askForRow(services, context, args, title());
    const text = textOf(row);
    if (text) await copyText(text);
    else void notify('info', missing(describe(row).label));
  };

function keyIdentifierOf(row: Node): string | undefined {
  return row.kind === 'serverKey' || row.kind === 'databaseKey' ? row.key.uri : undefined;
}

export const copyName = copy(
  () => l10n.t('Copy Name'),
  (row) => (row.kind === 'serverKey' ? row.key.name : row.kind === 'server' ? row.server.name : describe(row).label),
  (label) => l10n.t('"{0}" has no name.', label),
);
export const copyKeyIdentifier = copy(
  () => l10n.t('Copy Key Identifier'),
  keyIdentifierOf,
  (label) => l10n.t('"{0}" has no key identifier.', label),
);
export const copyResourceId = copy(
  () => l10n.t('Copy Resource ID'),
  resourceIdOf,
  (label) => l10n.t('"{0}" has no resource ID.', label),
);

/** Opens the portal page of a database, server, resource group, or subscription; for a key, the page of the vault key. */
export const openInPortal: Handler = (services) => async (context, args) => {
  const node = await askForRow(services, context, args, l10n.t('Open in Portal'));
  const server = serverRowOf(node);
  const group = node.kind === 'group' ? node : server?.parent;
  if (!group) return;
  const uri = keyIdentifierOf(node);
  const id = node.kind === 'serverKey' ? server?.server.id : resourceIdOf(node);
  const page = uri ? `asset/Microsoft_Azure_KeyVault/Key/${uri}` : `resource${id ?? ''}`;
  await openPortal(services, page, group.subscription.tenantId);
};

/** Shows the raw response of Resource Manager in a read-only document. */
export const viewAsJson: Handler = (services) => async (context, args) => {
  const node = await askForRow(services, context, args, l10n.t('View as JSON'));
  const id = resourceIdOf(node);
  if (id === undefined) return;
  const { label } = describe(node);
  const read = async (signal: AbortSignal) => (await services.azure.get()).resources.read(id, signal);
  const title = l10n.t('Reading "{0}"…', label);
  const answer = await readWithProgress(services, title, ({ signal }) => read(signal));
  if (answer === undefined) return;
  const document = { label: label.replaceAll(' / ', '_'), fullId: id };
  await openReadOnlyContent(document, JSON.stringify(answer, undefined, 2), '.json');
};

/** Selects the row of a server and shows its keys. Asks for the server if the command was not invoked on one. */
export const showServer: Handler = (services) => async (context, args) => {
  await services.tree.showServer(await askForServer(services, context, args, l10n.t('Show Server Keys')));
};
