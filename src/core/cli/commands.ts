import type { PermissionModel } from '../model';
import { commands } from './commandTemplates';

/** What a command needs to know, and how it is called where it is not known. */
const blanks = {
  resourceGroup: 'resource group',
  server: 'server',
  serverId: 'resource id of the server',
  instance: 'managed instance',
  database: 'database',
  partnerResourceGroup: 'resource group of the partner server',
  partnerServer: 'partner server',
  vault: 'vault',
  vaultId: 'resource id of the vault',
  keyName: 'key',
  keyUri: 'key identifier',
  principalId: 'object id of the identity',
  identityId: 'resource id of the identity',
  appId: 'client id of the multi-tenant application',
  account: 'account',
  tenantId: 'tenant',
  resourceId: 'resource id',
  location: 'region',
  date: 'yyyy-mm-ddThh:mm:ssZ',
} as const;

/** The values that are known. `permissionModel` is the vault's: access policies and managed HSMs have commands of their own. */
export type CommandValues = Readonly<Partial<Record<keyof typeof blanks, string>>> & {
  readonly permissionModel?: PermissionModel;
};

/**
 * The command of Azure CLI that mends what a code stands for, or shows more about it, ready for a POSIX shell. What is not known
 * stays as a blank such as `<resource group>`, at which a shell stops.
 * @returns undefined for a code where no command helps
 */
export function commandFor(code: string, values: CommandValues = {}): string | undefined {
  const templates = Object.hasOwn(commands, code) ? commands[code] : undefined;
  if (templates === undefined) return undefined;
  const template = typeof templates === 'string' ? templates : (templates[modelOf(values)] ?? templates.roles);
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (isBlank(name) ? filled(name, values) : whole));
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

/** One word of a POSIX shell. Names, ids and addresses stay as they are. */
export function shellQuoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
