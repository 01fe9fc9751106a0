import type { PermissionModel } from '../model';
import { templates, type CommandName, type Templates } from './commandTemplates';
import { isPortable, quoteForSh } from './shellWord';

/** The values that templates name, with the text of their placeholders. */
const blanks = {
  resourceGroup: 'resource group',
  resourceGroupId: 'resource ID of the resource group',
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
 * An Azure CLI command for sh and PowerShell. A value becomes a placeholder such as `'<resource group>'` if it is unknown or the two
 * shells need it in different forms.
 */
export function azCommand(name: CommandName, values: CommandValues = {}): string {
  const template: Templates = templates[name];
  const text = typeof template === 'string' ? template : (template[modelOf(values)] ?? template.roles);
  return text.replace(
    /(?:(--?[a-z-]+) )?([^\s"]*)\{(\w+)\}([^\s"]*)/g,
    (whole, option: string | undefined, before: string, blank: string, after: string) =>
      isBlank(blank) ? argument(option, before + filled(blank, values) + after) : whole,
  );
}

function modelOf({ permissionModel, keyUri }: CommandValues): PermissionModel {
  return permissionModel ?? (/^https:\/\/[^/]*\.managedhsm\./i.test(keyUri ?? '') ? 'localRoles' : 'roles');
}

function isBlank(name: string): name is keyof typeof blanks {
  return Object.hasOwn(blanks, name);
}

function filled(name: keyof typeof blanks, values: CommandValues): string {
  const value = values[name];
  return value === undefined || value === '' || !isPortable(value) ? `<${blanks[name]}>` : value;
}

const longOptions: Readonly<Record<string, string>> = {
  '-g': '--resource-group',
  '-s': '--server',
  '-n': '--name',
  '-d': '--database',
  '-l': '--location',
};

/** An option with its value. If the value were a separate word, az would read one that starts with "-" as another option. */
function argument(option: string | undefined, value: string): string {
  if (option === undefined) return quoteForSh(value);
  return value.startsWith('-')
    ? quoteForSh(`${longOptions[option] ?? option}=${value}`)
    : `${option} ${quoteForSh(value)}`;
}
