import * as l10n from '@vscode/l10n';
import { diagnose } from '../errors/diagnose';
import type { Finding } from '../errors/finding';
import { shortServerKeyName } from '../keys/serverKeyName';
import { asText } from '../markdown';
import { listed, utcMinute } from '../text';
import type { PermissionModel, VaultSettings } from '../vaultModel';
import { effectOf, otherModel, rehearse, type KeyOrVault, type Rehearsal, type VaultUse } from './vaultUse';

/**
 * Which servers use a key or a vault, and which would lose access after which change, as a Markdown document.
 * @param at when it was read
 */
export function vaultUseDocument(use: VaultUse, at: Date): string {
  const { of, settings, servers, asked } = use;
  const rehearsals = rehearse(use);
  const protectors = rehearsals.filter(({ isProtector }) => isProtector !== false);
  return [
    `# ${asText(l10n.t('Which servers use {0}?', nameOf(of)))}`,
    asText(l10n.t('Read at {0} from {1} SQL servers.', utcMinute(at), asked)),
    ...(settings?.value ? [modelText(settings.value.permissionModel)] : []),
    `**${asText(verdictOf(servers.length, protectors))}**`,
    ...(rehearsals.length > 0 ? [table(rehearsals, settings?.value?.permissionModel)] : []),
    ...(rehearsals.length > 0 ? [`## ${l10n.t('Before you change something')}`, effects(use, protectors)] : []),
    ...notRead(use),
    `## ${l10n.t('What this does not show')}`,
    l10n.t(
      "Database-level keys, other Azure services, backups that need an earlier key, and servers that your account can't see. For backups, run **Check Whether Key Is Still Needed** on the server key.",
    ),
    '',
  ].join('\n\n');
}

export const nameOf = ({ host, keyName }: KeyOrVault): string => (keyName === undefined ? host : `${host}/${keyName}`);

function verdictOf(users: number, protectors: readonly Rehearsal[]): string {
  if (users === 0) return l10n.t('No server that could be read uses it.');
  const names = listed(protectors.map(({ server }) => `"${server.name}"`));
  return protectors.length === 0
    ? l10n.t('No TDE protector uses it now, but backups of the servers below may.')
    : l10n.t('The databases of these servers need it now: {0}.', names);
}

function table(rehearsals: readonly Rehearsal[], model: PermissionModel | undefined): string {
  const other = otherModel(model);
  const head = [
    l10n.t('SQL server'),
    l10n.t('Server keys'),
    l10n.t('Needs it now'),
    l10n.t('Access now'),
    ...(other ? [afterSwitch(other)] : []),
  ];
  const rows = rehearsals.map((one) => [
    one.server.name,
    listed(one.keys.map(({ name }) => shortServerKeyName(name))),
    needText(one.isProtector),
    accessText(one, one.now),
    ...(other ? [accessText(one, one.switched)] : []),
  ]);
  return [head, head.map(() => '---'), ...rows.map((row) => row.map(asText))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function modelText(model: PermissionModel): string {
  switch (model) {
    case 'roles':
      return l10n.t('The vault grants access by Azure RBAC.');
    case 'accessPolicies':
      return l10n.t('The vault grants access by access policies.');
    case 'localRoles':
      return l10n.t('The managed HSM grants access by local roles, which only it can show.');
  }
}

const afterSwitch = (other: 'roles' | 'accessPolicies'): string =>
  other === 'roles' ? l10n.t('After a switch to Azure RBAC') : l10n.t('After a switch to access policies');

function needText(isProtector: boolean | undefined): string {
  if (isProtector === undefined) return l10n.t("couldn't check");
  return isProtector ? l10n.t('yes: TDE protector') : l10n.t('no, but backups may');
}

function accessText({ isProtector }: Rehearsal, finding: Finding | undefined): string {
  if (isProtector === false) return '';
  switch (effectOf(finding)) {
    case 'keeps':
      return l10n.t('has access');
    case 'loses':
      return l10n.t('no access: {0}', finding?.text ?? '');
    case 'unknown':
      return finding ? l10n.t("couldn't check: {0}", finding.text) : l10n.t("couldn't check");
  }
}

/** What each change does, as a list. Source: Azure SQL docs, "Inaccessible TDE protector"; Key Vault docs, "Azure RBAC migration". */
function effects({ of, settings }: VaultUse, protectors: readonly Rehearsal[]): string {
  const names = (those: readonly Rehearsal[]): string =>
    those.length === 0 ? l10n.t('none') : listed(those.map(({ server }) => `"${server.name}"`));
  const all = names(protectors);
  const other = otherModel(settings?.value?.permissionModel);
  const after = (effect: string) => names(protectors.filter(({ switched }) => effectOf(switched) === effect));
  const disabled =
    of.keyName === undefined
      ? l10n.t(
          'If the vault or its keys are disabled, deleted, or expire, these servers lose access within minutes: {0}.',
          all,
        )
      : l10n.t('If the key is disabled, deleted, or expires, these servers lose access within minutes: {0}.', all);
  return [
    disabled,
    ...firewallEffects(settings?.value?.firewall, all),
    ...(other ? [switchEffect(other, after('loses'), after('unknown'))] : []),
    l10n.t(
      'Databases that lost access recover automatically only if access returns within 30 minutes. Afterward, revalidate the TDE protector.',
    ),
  ]
    .map((line) => `- ${asText(line)}`)
    .join('\n');
}

const switchEffect = (other: 'roles' | 'accessPolicies', lost: string, unknown: string): string =>
  other === 'roles'
    ? l10n.t('After a switch to Azure RBAC, these servers lose access: {0}. Could not be checked: {1}.', lost, unknown)
    : l10n.t(
        'After a switch to access policies, these servers lose access: {0}. Could not be checked: {1}.',
        lost,
        unknown,
      );

function firewallEffects(firewall: VaultSettings['firewall'] | undefined, all: string): readonly string[] {
  if (firewall === undefined) return [l10n.t("The firewall of the vault couldn't be read.")];
  const exception = l10n.t(
    'If the firewall closes without the exception for trusted Microsoft services, these servers lose access: {0}. With the exception, Azure SQL keeps access, except in some national clouds and for managed instances with a user-assigned identity.',
    all,
  );
  return firewall === 'trustedServices'
    ? [
        l10n.t(
          'The firewall is closed, and Azure SQL passes as a trusted Microsoft service. Keep that exception: without it, these servers lose access: {0}.',
          all,
        ),
      ]
    : [exception];
}

function notRead({ of, vault, settings, servers, unread }: VaultUse): readonly string[] {
  const failures: readonly (readonly [string, VaultUse['unread'][number]['reading']])[] = [
    ...unread.map(({ server, reading }) => [l10n.t('server keys of "{0}"', server.name), reading] as const),
    ...servers.flatMap(({ server, protector, details, roles }) => [
      [l10n.t('TDE protector of "{0}"', server.name), protector] as const,
      [l10n.t('identity of "{0}"', server.name), details] as const,
      ...(roles ? [[l10n.t('roles of the identity of "{0}"', server.name), roles] as const] : []),
    ]),
    [l10n.t('vault at {0}', of.host), vault] as const,
    ...(settings ? [[l10n.t('settings of the vault at {0}', of.host), settings] as const] : []),
  ];
  const lines = failures.flatMap(([what, { error }]) => {
    if (!error) return [];
    const diagnosis = diagnose(error);
    return [`- ${asText(l10n.t('{0}: {1} {2}', what, diagnosis.what, diagnosis.cause))}`];
  });
  const unseen = [
    `- ${asText(l10n.t("{0}: the vault isn't visible to your account, so access couldn't be checked.", of.host))}`,
  ];
  const all = [...lines, ...(!vault.error && !vault.value ? unseen : [])];
  return all.length === 0 ? [] : [`## ${l10n.t('What could not be read')}`, all.join('\n')];
}
