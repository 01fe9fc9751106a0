import type { PermissionModel } from '../model';
import { templates, type CommandName, type Templates } from './commandTemplates';

/** The values that templates name, with the text of their placeholders. */
const blanks = {
  resourceGroup: 'resource group',
  server: 'server',
  serverId: 'resource ID of the server',
  instance: 'managed instance',
  database: 'database',
  partnerResourceGroup: 'resource group of the partner server',
  partnerServer: 'partner server',
  vault: 'vault',
  vaultId: 'resource ID of the vault',
  keyName: 'key',
  keyUri: 'key identifier',
  principalId: 'object ID of the identity',
  identityId: 'resource ID of the identity',
  appId: 'client ID of the multi-tenant application',
  account: 'account',
  tenantId: 'tenant',
  resourceId: 'resource ID',
  lockId: 'resource ID of the lock',
  location: 'region',
  date: 'yyyy-mm-ddThh:mm:ssZ',
} as const;

/** The known values. `permissionModel`, the one of the vault, selects the template. */
export type CommandValues = Readonly<Partial<Record<keyof typeof blanks, string>>> & {
  readonly permissionModel?: PermissionModel;
};

/**
 * An Azure CLI command, ready for a POSIX shell. A value that is not known becomes a placeholder such as `<resource group>`,
 * which a shell rejects.
 */
export function azCommand(name: CommandName, values: CommandValues = {}): string {
  const template: Templates = templates[name];
  const text = typeof template === 'string' ? template : (template[modelOf(values)] ?? template.roles);
  return text.replace(/\{(\w+)\}/g, (whole, blank: string) => (isBlank(blank) ? filled(blank, values) : whole));
}

function modelOf({ permissionModel, keyUri }: CommandValues): PermissionModel {
  return permissionModel ?? (/^https:\/\/[^/]*\.managedhsm\./i.test(keyUri ?? '') ? 'localRoles' : 'roles');
}

function isBlank(name: string): name is keyof typeof blanks {
  return Object.hasOwn(blanks, name);
}

function filled(name: keyof typeof blanks, values: CommandValues): string {
  const value = values[name];
  return value === undefined || value === '' ? `<${blanks[name]}>` : shellQuoted(value);
}

/** Quotes a value as one word of a POSIX shell; names, ids and addresses need no quotes. @internal */
export function shellQuoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
