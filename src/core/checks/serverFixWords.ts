import * as l10n from '@vscode/l10n';
import { lastSegment } from '../armId';
import { azCommand } from '../cli/commands';
import { assignBesides, setPrimary } from '../cli/restCommand';
import { quoteForSh } from '../cli/shellWord';
import type { Fix } from '../errors/fix';
import type { SqlServer } from '../model';
import { lines, type FixWords } from './fixWords';

export const assignIdentity = ({ server }: Extract<Fix, { readonly kind: 'assignIdentity' }>): FixWords => ({
  title: l10n.t('Assign Identity…'),
  request: l10n.t('Please assign a system-assigned identity to "{0}".', server.name),
  question: l10n.t('Assign a system-assigned identity to "{0}"?', server.name),
  detail: lines(
    l10n.t('Server: {0}, resource group {1}', server.name, server.resourceGroup),
    l10n.t(
      'Creates a service principal with this name in Microsoft Entra ID. It has no permissions until you grant some.',
    ),
    l10n.t('Can be undone: remove the identity from the server.'),
  ),
  verb: l10n.t('Assign Identity'),
  progress: l10n.t('Assigning an identity to "{0}"…', server.name),
  command:
    server.identity.userAssigned.length === 0
      ? azCommand('assignIdentity', { resourceGroup: server.resourceGroup, server: server.name })
      : assignBesides(server.id, server.identity),
});

export const setPrimaryIdentity = ({
  server,
  identity,
}: Extract<Fix, { readonly kind: 'setPrimaryIdentity' }>): FixWords => ({
  title: l10n.t('Set Primary Identity…'),
  request: l10n.t('Please make "{0}" the primary identity of "{1}".', identity.name, server.name),
  question: l10n.t('Make "{0}" the primary identity of "{1}"?', identity.name, server.name),
  detail: lines(
    l10n.t('Server: {0}, resource group {1}', server.name, server.resourceGroup),
    l10n.t('Identity: {0}, resource group {1}', identity.name, identity.resourceGroup),
    l10n.t('From then on, the server uses this identity for all its keys. All other identities stay assigned.'),
    undoOf(server),
  ),
  verb: l10n.t('Set Primary Identity'),
  progress: l10n.t('Setting the primary identity of "{0}"…', server.name),
  command: setPrimary(server.id, server.identity, identity.id),
});

export const registerProvider = ({
  subscriptionId,
  namespace,
}: Extract<Fix, { readonly kind: 'registerProvider' }>): FixWords => ({
  title: l10n.t('Register Resource Provider…'),
  request: l10n.t('Please register the resource provider "{0}" in the subscription {1}.', namespace, subscriptionId),
  question: l10n.t('Register the resource provider "{0}"?', namespace),
  detail: lines(
    l10n.t('Subscription: {0}', subscriptionId),
    l10n.t('Allows resources of this provider in the subscription. It creates none and costs nothing.'),
    l10n.t('Takes up to 5 minutes.'),
    l10n.t('Can be undone: unregister the provider while the subscription has none of its resources.'),
  ),
  verb: l10n.t('Register'),
  progress: l10n.t('Registering the resource provider "{0}"…', namespace),
  command: `${azCommand('registerProvider', { provider: namespace })} --subscription ${quoteForSh(subscriptionId)}`,
});

function undoOf({ identity: { primaryUserAssigned } }: SqlServer): string {
  return primaryUserAssigned === undefined
    ? l10n.t('Can be undone: remove the identity from the server.')
    : l10n.t('Can be undone: make "{0}" the primary identity again.', lastSegment(primaryUserAssigned));
}
