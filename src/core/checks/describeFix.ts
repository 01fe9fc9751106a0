import * as l10n from '@vscode/l10n';
import { lastSegment } from '../armId';
import { azCommand, type CommandValues } from '../cli/commands';
import { encryptionUser } from '../cli/commandTemplates';
import { addKeyPermissions } from '../cli/restCommand';
import type { Fix } from '../errors/fix';
import type { SqlServer } from '../model';
import type { KeyVault } from '../vaultModel';
import { lines, type FixWords } from './fixWords';
import {
  addDatabaseKey,
  assignDatabaseIdentity,
  revalidateDatabase,
  revertDatabase,
  setDatabaseProtector,
} from './databaseFixWords';
import { revalidateProtector, setProtector } from './protectorFixWords';
import { assignIdentity, registerProvider, setPrimaryIdentity } from './serverFixWords';

const azureFixKinds = [
  'assignIdentity',
  'setPrimaryIdentity',
  'registerProvider',
  'grantRole',
  'addAccessPolicy',
  'enablePurgeProtection',
  'allowTrustedServices',
  'setProtector',
  'revalidateProtector',
  'assignDatabaseIdentity',
  'addDatabaseKey',
  'setDatabaseProtector',
  'revalidateDatabase',
  'revertDatabase',
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
const primaryCommand = ({ name, resourceGroup }: SqlServer): string =>
  azCommand('setPrimaryIdentity', { resourceGroup, server: name });

export function describeFix(fix: AzureFix): FixWords {
  switch (fix.kind) {
    case 'assignIdentity':
      return assignIdentity(fix);
    case 'setPrimaryIdentity':
      return setPrimaryIdentity(fix);
    case 'registerProvider':
      return registerProvider(fix);
    case 'grantRole':
      return grantRole(fix);
    case 'addAccessPolicy':
      return addAccessPolicy(fix);
    case 'enablePurgeProtection':
      return enablePurgeProtection(fix);
    case 'allowTrustedServices':
      return allowTrustedServices(fix);
    case 'assignDatabaseIdentity':
      return assignDatabaseIdentity(fix);
    case 'addDatabaseKey':
      return addDatabaseKey(fix);
    case 'setDatabaseProtector':
      return setDatabaseProtector(fix);
    case 'revalidateDatabase':
      return revalidateDatabase(fix);
    case 'revertDatabase':
      return revertDatabase(fix);
    case 'setProtector':
      return setProtector(fix);
    case 'revalidateProtector':
      return revalidateProtector(fix);
  }
}

type OfKind<Kind extends AzureFix['kind']> = Extract<AzureFix, { readonly kind: Kind }>;

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

/** A message to someone who can run the command of a fix that only the user can apply. */
export function requestToRun(command: string, reason: string): string {
  const request = l10n.t('Please run this command, or make the same change in the portal.');
  return lines(request, l10n.t('Why: {0}', reason), '', command, '');
}

function ofVault({ name, kind }: KeyVault): CommandValues {
  return { vault: name, ...(kind === 'managedHsm' && { permissionModel: 'localRoles' }) };
}
