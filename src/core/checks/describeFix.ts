import * as l10n from '@vscode/l10n';
import { lastSegment } from '../armId';
import { azCommand, type CommandValues } from '../cli/commands';
import { encryptionUser } from '../cli/commandTemplates';
import { addKeyPermissions, assignBesides, setPrimary } from '../cli/restCommand';
import type { Fix } from '../errors/fix';
import type { KeyVault, SqlServer } from '../model';

/** A fix in words, shown before it is applied. */
export interface FixWords {
  /** For a button or a row; ends in "…", because it asks for confirmation. */
  readonly title: string;
  /** Asks someone else to apply it. */
  readonly request: string;
  /** The question that confirms it, and exactly what it changes. */
  readonly question: string;
  readonly detail: string;
  /** The button that applies it. */
  readonly verb: string;
  /** Shown while it is applied. */
  readonly progress: string;
  /** The Azure CLI command for the same change. */
  readonly command: string;
}

const azureFixKinds = [
  'assignIdentity',
  'setPrimaryIdentity',
  'grantRole',
  'addAccessPolicy',
  'enablePurgeProtection',
  'allowTrustedServices',
] as const satisfies readonly Fix['kind'][];

/** A fix that changes something in Azure. */
export type AzureFix = Extract<Fix, { readonly kind: (typeof azureFixKinds)[number] }>;

export function isAzureFix(fix: Fix): fix is AzureFix {
  return azureFixKinds.some((kind) => kind === fix.kind);
}

/** The fix as a command of Azure CLI; undefined if it changes nothing in Azure. */
export function commandOf(fix: Fix): string | undefined {
  if (isAzureFix(fix)) return describeFix(fix).command;
  if (fix.kind === 'choosePrimaryIdentity') return primaryCommand(fix.server);
  return fix.kind === 'runCommand' ? fix.command : undefined;
}

/** For an identity that the server has. */
export const primaryCommand = ({ name, resourceGroup }: SqlServer): string =>
  azCommand('setPrimaryIdentity', { resourceGroup, server: name });

export function describeFix(fix: AzureFix): FixWords {
  switch (fix.kind) {
    case 'assignIdentity':
      return assignIdentity(fix);
    case 'setPrimaryIdentity':
      return setPrimaryIdentity(fix);
    case 'grantRole':
      return grantRole(fix);
    case 'addAccessPolicy':
      return addAccessPolicy(fix);
    case 'enablePurgeProtection':
      return enablePurgeProtection(fix);
    case 'allowTrustedServices':
      return allowTrustedServices(fix);
  }
}

type OfKind<Kind extends AzureFix['kind']> = Extract<AzureFix, { readonly kind: Kind }>;

const assignIdentity = ({ server }: OfKind<'assignIdentity'>): FixWords => ({
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

const setPrimaryIdentity = ({ server, identity }: OfKind<'setPrimaryIdentity'>): FixWords => ({
  title: l10n.t('Set Primary Identity…'),
  request: l10n.t('Please make "{0}" the primary identity of "{1}".', identity.name, server.name),
  question: l10n.t('Make "{0}" the primary identity of "{1}"?', identity.name, server.name),
  detail: lines(
    l10n.t('Server: {0}, resource group {1}', server.name, server.resourceGroup),
    l10n.t('Identity: {0}, resource group {1}', identity.name, identity.resourceGroup),
    l10n.t('The server accesses all its keys with this identity then. All other identities stay assigned.'),
    undoOf(server),
  ),
  verb: l10n.t('Set Primary Identity'),
  progress: l10n.t('Setting the primary identity of "{0}"…', server.name),
  command: setPrimary(server.id, server.identity, identity.id),
});

function undoOf({ identity: { primaryUserAssigned } }: SqlServer): string {
  return primaryUserAssigned === undefined
    ? l10n.t('Can be undone: remove the identity from the server.')
    : l10n.t('Can be undone: make "{0}" the primary identity again.', lastSegment(primaryUserAssigned));
}

const grantRole = ({ principalId, principalName, vault, scope }: OfKind<'grantRole'>): FixWords => ({
  title: l10n.t('Grant Access…'),
  request: l10n.t('Please grant "{0}" access to the key "{1}".', principalName, lastSegment(scope)),
  question: l10n.t('Grant "{0}" access to the key "{1}"?', principalName, lastSegment(scope)),
  detail: lines(
    l10n.t('Role: {0} (get, wrapKey, unwrapKey)', encryptionUser.name),
    l10n.t('Principal: {0} ({1})', principalName, principalId),
    l10n.t('Scope: only the key "{0}" in the vault "{1}"', lastSegment(scope), vault.name),
    l10n.t('Takes effect within 10 minutes.'),
    l10n.t('Can be undone: delete the role assignment.'),
  ),
  verb: l10n.t('Grant Access'),
  progress: l10n.t('Granting access to "{0}"…', lastSegment(scope)),
  command: azCommand('grantKeyAccess', { principalId, keyId: scope, permissionModel: 'roles' }),
});

const addAccessPolicy = ({
  principalId,
  principalName,
  tenantId,
  vault,
  missing,
}: OfKind<'addAccessPolicy'>): FixWords => ({
  title: l10n.t('Grant Access…'),
  request: l10n.t('Please grant "{0}" access to the keys of "{1}".', principalName, vault.name),
  question: l10n.t('Grant "{0}" access to the keys of "{1}"?', principalName, vault.name),
  detail: lines(
    l10n.t(
      'Adds key permissions to its access policy: {0}. Existing permissions and policies stay unchanged.',
      missing.join(', '),
    ),
    l10n.t('Principal: {0} ({1})', principalName, principalId),
    l10n.t('Scope: all keys of the vault "{0}", because access policies can\'t name a single key', vault.name),
    l10n.t('Takes effect within 10 minutes.'),
    l10n.t('Can be undone: remove the permissions from the access policy.'),
  ),
  verb: l10n.t('Grant Access'),
  progress: l10n.t('Granting access to "{0}"…', vault.name),
  command: addKeyPermissions(vault.id, { tenantId, objectId: principalId, keyPermissions: missing }),
});

const enablePurgeProtection = ({ vault, retentionDays }: OfKind<'enablePurgeProtection'>): FixWords => ({
  title: l10n.t('Turn On Purge Protection…'),
  request: l10n.t('Please turn on purge protection of "{0}".', vault.name),
  question: l10n.t('Turn on purge protection of "{0}"?', vault.name),
  detail: lines(
    l10n.t('Vault: {0}, resource group {1}', vault.name, vault.resourceGroup),
    l10n.t(
      'Deleted keys, secrets, and certificates, and the vault itself, can no longer be purged during their retention period.',
    ),
    retentionDays === undefined
      ? l10n.t("The retention period is that of the vault, 7 to 90 days, and can't be changed.")
      : l10n.t("Retention period: {0} days. It can't be changed.", retentionDays),
    l10n.t('Also turns on soft delete if it is off, because purge protection needs it.'),
    l10n.t("Can't be undone: both are permanent."),
  ),
  verb: l10n.t('Turn On'),
  progress: l10n.t('Turning on purge protection of "{0}"…', vault.name),
  command: azCommand('enablePurgeProtection', ofVault(vault)),
});

const allowTrustedServices = ({ vault }: { readonly vault: KeyVault }): FixWords => ({
  title: l10n.t('Allow Trusted Services…'),
  request: l10n.t('Please allow trusted Microsoft services through the firewall of "{0}".', vault.name),
  question: l10n.t('Allow trusted Microsoft services through the firewall of "{0}"?', vault.name),
  detail: lines(
    l10n.t('Vault: {0}, resource group {1}', vault.name, vault.resourceGroup),
    l10n.t(
      'Azure SQL and the other trusted services bypass the firewall. They still need permissions on the keys. All other rules stay unchanged.',
    ),
    l10n.t('Can be undone: remove the exception from the firewall of the vault.'),
  ),
  verb: l10n.t('Allow'),
  progress: l10n.t('Changing the firewall of "{0}"…', vault.name),
  command: azCommand('allowTrustedServices', ofVault(vault)),
});

/** A message to someone who can apply the fix: what is needed, why, and the command that does it. */
export function requestFor(fix: AzureFix, reason: string): string {
  const { request, detail, command } = describeFix(fix);
  return lines(request, detail, '', l10n.t('Why: {0}', reason), '', command, '');
}

function lines(...texts: readonly string[]): string {
  return texts.join('\n');
}

function ofVault({ name, kind }: KeyVault): CommandValues {
  return { vault: name, ...(kind === 'managedHsm' && { permissionModel: 'localRoles' }) };
}
