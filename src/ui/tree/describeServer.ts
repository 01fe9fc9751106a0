import * as l10n from '@vscode/l10n';
import { isInstanceId, lastSegment } from '../../core/armId';
import type { KeyUse } from '../../core/keys/keyUse';
import { keyLabel, parseServerKeyName } from '../../core/keys/serverKeyName';
import type { SqlServer, TdeProtector } from '../../core/model';
import { contextValues } from '../ids';
import { inOneLine, tooltipOf, type Description } from './description';
import { severityOf, useOf, type ServerKeyNode, type ServerNode } from './nodes';

export function describeServer({ server, protector, parent, state }: ServerNode): Description {
  const { name, resourceGroup, location, listedProtector, synapseWorkspace } = server;
  const known = typeof protector === 'object' ? protector : listedProtector;
  const uri = known && 'uri' in known ? known.uri : undefined;
  const severity = severityOf(state);
  const isInstance = isInstanceId(server.id);
  const description = inOneLine(
    ...(state?.errors ?? []),
    known && encryptionOf(known),
    ...(state?.warnings ?? []),
    isAutomatic(known) && l10n.t('auto'),
    ...(state?.notes ?? []),
    protector === 'unreadable' && l10n.t('protector not readable'),
    synapseWorkspace && l10n.t('Synapse'),
    isInstance && l10n.t('managed instance'),
  );
  return {
    id: server.id,
    label: name,
    description,
    tooltip: tooltipOf(name, description, [
      ...(state?.facts ?? []),
      known && encryptionFact(known),
      uri && l10n.t('TDE protector: {0}', uri),
      synapseWorkspace && l10n.t('Managed by the Synapse workspace "{0}"', lastSegment(synapseWorkspace)),
      l10n.t('Location: {0}', location),
      l10n.t('Resource group: {0}', resourceGroup),
      l10n.t('Subscription: {0}', parent.subscription.name),
    ]),
    icon: severity ?? (isInstance ? 'server-environment' : 'server'),
    ...(severity && { severity }),
    contextValue: [contextValues.server, ...instanceValue(server)].join(' '),
    children: 'collapsed',
  };
}

/** Some commands are only for logical servers. */
const instanceValue = ({ id }: Pick<SqlServer, 'id'>): readonly string[] =>
  isInstanceId(id) ? [contextValues.instance] : [];

/** The list of servers doesn't show automatic rotation. */
type KnownProtector = Pick<TdeProtector, 'type'> & { readonly autoRotation?: boolean };

const encryptionOf = ({ type }: KnownProtector): string =>
  type === 'serviceManaged' ? l10n.t('service-managed') : l10n.t('CMK');

const isAutomatic = (protector: KnownProtector | undefined): boolean =>
  protector?.type === 'customerManaged' && protector.autoRotation === true;

/** The same in words that need no explanation. */
function encryptionFact({ type, autoRotation }: KnownProtector): string {
  if (type === 'serviceManaged') return l10n.t('The TDE protector is the service-managed key.');
  return autoRotation
    ? l10n.t('The TDE protector is a customer-managed key (CMK) that rotates automatically.')
    : l10n.t('The TDE protector is a customer-managed key (CMK).');
}

export function describeServerKey(node: ServerKeyNode): Description {
  const { key } = node;
  const use = useOf(node);
  const name = parseServerKeyName(key.name);
  const isCustomerManaged = key.type === 'customerManaged';
  return {
    id: key.id,
    label: isCustomerManaged ? keyLabel(key.name) : l10n.t('Service-managed key'),
    description: inOneLine(
      use && (use === 'other' && !isCustomerManaged ? l10n.t('not in use') : useWords(use)),
      name && versionOf(name.version),
      isInManagedHsm(key.uri) && l10n.t('managed HSM'),
    ),
    icon: use === 'protector' ? 'shield' : 'key',
    contextValue: [
      contextValues.serverKey,
      ...instanceValue(node.parent.server),
      ...(isCustomerManaged ? [contextValues.customerManaged] : []),
      ...(isCustomerManaged && use === 'protector' ? [rotationValue(node)] : []),
    ].join(' '),
    children: 'none',
  };
}

const rotationValue = ({ parent: { protector } }: ServerKeyNode): string =>
  typeof protector === 'object' && protector.autoRotation ? contextValues.autoRotation : contextValues.noAutoRotation;

function useWords(use: KeyUse): string {
  switch (use) {
    case 'protector':
      return l10n.t('protector');
    case 'standby':
      return l10n.t('standby');
    case 'previous':
      return l10n.t('previous version');
    case 'otherVersion':
      return l10n.t('other version');
    case 'other':
      return l10n.t('available');
  }
}

/** The start and the end of a key version, for the description of a row. */
export function versionOf(version: string | undefined): string {
  return version ? `${version.slice(0, 4)}…${version.slice(-4)}` : l10n.t('versionless');
}

/** Whether a key identifier is that of a key in a managed HSM. */
export const isInManagedHsm = (uri: string | undefined): boolean =>
  uri !== undefined && /^https:\/\/[^/.]+\.managedhsm\./i.test(uri);
