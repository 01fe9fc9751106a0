import { openReadOnlyJson } from '@microsoft/vscode-azext-utils';
import { env, l10n, window } from 'vscode';
import { openPortal } from '../openPortal';
import { describe } from '../tree/describe';
import { resourceIdOf, type Node } from '../tree/nodes';
import { noArgs, type Handler } from './handler';
import { askForRow, askForServer } from './targets';

/** Copies what `of` finds in a row; a row that has no such thing is said so. */
const copy =
  (what: () => string, of: (node: Node) => string | undefined): Handler =>
  (services) =>
  async (context, args) => {
    const node = await askForRow(services, context, args);
    const text = of(node);
    if (text) {
      await env.clipboard.writeText(text);
      window.setStatusBarMessage(l10n.t('Copied: {0}', text), 5000);
    } else {
      void window.showInformationMessage(l10n.t('"{0}" has no {1}.', describe(node).label, what()));
    }
  };

export const copyName = copy(
  () => l10n.t('name'),
  (node) =>
    node.kind === 'serverKey' ? node.key.name : node.kind === 'server' ? node.server.name : describe(node).label,
);
export const copyKeyIdentifier = copy(
  () => l10n.t('key identifier'),
  (node) => (node.kind === 'serverKey' ? node.key.uri : undefined),
);
export const copyResourceId = copy(() => l10n.t('resource id'), resourceIdOf);

/** Opens the page of a server, group or subscription in the portal of the cloud and tenant; for a server key that of its key. */
export const openInPortal: Handler = (services) => async (context, args) => {
  const node = await askForRow(services, context, args);
  const group = node.kind === 'serverKey' ? node.parent.parent : node.kind === 'server' ? node.parent : node;
  if (group.kind !== 'group') return;
  const uri = node.kind === 'serverKey' ? node.key.uri : undefined;
  const server = node.kind === 'serverKey' ? node.parent.server.id : undefined;
  const page = uri ? `asset/Microsoft_Azure_KeyVault/Key/${uri}` : `resource${server ?? resourceIdOf(node) ?? ''}`;
  await openPortal(services, page, group.subscription.tenantId);
};

/** Shows the raw answer of Resource Manager in a read-only document. */
export const viewAsJson: Handler = (services) => async (context, args) => {
  const node = await askForRow(services, context, args);
  const id = resourceIdOf(node);
  if (id === undefined) return;
  const { resources } = await services.azure.get();
  await openReadOnlyJson(
    { label: describe(node).label.replaceAll(' / ', '_'), fullId: id },
    (await resources.read(id)) as object,
  );
};

/** Shows the row of a server and its keys; which server, is asked where the command was called on none. */
export const showServer: Handler = (services) => async (context, args) => {
  await services.tree.showServer(await askForServer(services, context, args));
};

/** Search over all servers, which takes nothing from Azure that is not there already; shows the row of the one chosen. */
export const findServer: Handler = (services) => (context) => showServer(services)(context, noArgs);
