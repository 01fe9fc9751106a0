import * as l10n from '@vscode/l10n';
import type { ServerPlace } from '../ports';
import type { PermissionModel } from '../vaultModel';
import { isInstanceId } from '../armId';
import { instanceCommands, newerCommands, templates, type CommandName, type Templates } from './commandTemplates';
import { isInDoubleQuotes, isPortable, quoteForSh } from './shellWord';

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
  keyId: 'resource ID of the key',
  keyName: 'key',
  newKeyName: 'new key',
  keyUri: 'key identifier',
  autoRotation: 'true or false',
  principalId: 'object ID of the identity',
  identityId: 'resource ID of the identity',
  account: 'account',
  role: 'role',
  scope: 'resource ID',
  provider: 'resource provider',
  tenantId: 'tenant',
  resourceId: 'resource ID',
  lockId: 'resource ID of the lock',
  location: 'region',
  subscription: 'subscription',
  actionGroupId: 'resource ID of the action group',
  date: 'yyyy-mm-ddThh:mm:ssZ',
} as const;

/** The known values. `permissionModel`, the one of the vault, selects the template. */
export type CommandValues = Readonly<Partial<Record<keyof typeof blanks, string>>> & {
  readonly permissionModel?: PermissionModel;
};

/** A command as it is shown. */
export interface PrintedCommand {
  readonly text: string;
  /** When it applies, or what runs it if a usual Azure CLI doesn't. */
  readonly note?: string;
}

/** A command and its note on one line. */
export const printedLine = ({ text, note }: PrintedCommand): string => (note === undefined ? text : `${note} ${text}`);

/**
 * A command of Azure CLI or Azure PowerShell for sh and PowerShell. A value becomes a placeholder such as `'<resource group>'` if it is
 * unknown or the two shells need it in different forms. With a value for the subscription, it runs in that one.
 */
export function azCommand(name: CommandName, values: CommandValues = {}): string {
  return commandFor(ownName(name, values), modelOf(values) ?? 'roles', values);
}

/** The values of a logical server or a managed instance. */
export const serverValues = ({ id, name, resourceGroup }: ServerPlace): CommandValues => ({
  resourceGroup,
  ...(isInstanceId(id) ? { instance: name } : { server: name }),
});

const isForInstance = ({ instance, server }: CommandValues): boolean => instance !== undefined && server === undefined;

/** The command for a managed instance, if the values are those of one. */
const ownName = (name: CommandName, values: CommandValues): CommandName =>
  (isForInstance(values) ? instanceCommands[name] : undefined) ?? name;

function commandFor(name: CommandName, model: PermissionModel, values: CommandValues): string {
  const text = fill(templateFor(name, model), values);
  if (values.subscription === undefined) return text;
  return `${text} ${argument('--subscription', filled('subscription', values, isPortable))}`;
}

/** The same command, or one for each kind of vault that it may be, with what the reader has to know about each. */
export function printedCommands(of: CommandName, values: CommandValues = {}): readonly PrintedCommand[] {
  const name = ownName(of, values);
  const model = modelOf(values);
  const models = model ? [model] : (['roles', 'accessPolicies'] as const);
  const all = models.map((one) => ({ model: one, text: commandFor(name, one, values) }));
  const different = all.filter(({ text }, i) => all.findIndex((other) => other.text === text) === i);
  return different.map(({ model: one, text }) => {
    const note = different.length > 1 ? noteForModel(one) : noteFor(name, text, values);
    return { text, ...(note !== undefined && { note }) };
  });
}

function noteForModel(model: PermissionModel): string {
  switch (model) {
    case 'roles':
      return l10n.t('For a key vault with Azure RBAC:');
    case 'accessPolicies':
      return l10n.t('For a key vault with access policies:');
    case 'localRoles':
      return l10n.t('For a managed HSM:');
  }
}

/** What a command needs, if a usual Azure CLI doesn't have it. */
function noteFor(name: CommandName, text: string, { keyUri }: CommandValues): string | undefined {
  if (!text.startsWith('az ')) return l10n.t('In Azure PowerShell:');
  if (text.includes(' sql server ') && isVersionless(keyUri)) return l10n.t('In Azure CLI 2.84.0 or later:');
  return newerCommands.includes(name) ? l10n.t('In an Azure CLI later than 2.45:') : undefined;
}

/** Whether a key identifier has no version. */
export const isVersionless = (keyUri = ''): boolean => /\/keys\/[^/]+\/?$/.test(keyUri);

const templateFor = (name: CommandName, model: PermissionModel): string => {
  const template: Templates = templates[name];
  return typeof template === 'string' ? template : (template[model] ?? template.roles);
};

function modelOf({ permissionModel, keyUri }: CommandValues): PermissionModel | undefined {
  return permissionModel ?? (/^https:\/\/[^/]*\.managedhsm\./i.test(keyUri ?? '') ? 'localRoles' : undefined);
}

/** Fills the placeholders. One between double quotes stays there; another becomes a word together with what it touches. */
function fill(template: string, values: CommandValues): string {
  const known = { ...keyIdOf(values), ...values };
  return template.replace(
    /"[^"]*"|(?:(--?[a-zA-Z-]+) )?([^\s"]*)\{(\w+)\}([^\s"]*)/g,
    (whole, option: string | undefined, before: string, blank: string | undefined, after: string) => {
      if (blank === undefined) return inside(whole, known);
      return isBlank(blank) ? argument(option, before + filled(blank, known, isPortable) + after) : whole;
    },
  );
}

const inside = (quoted: string, values: CommandValues): string =>
  quoted.replace(/\{(\w+)\}/g, (whole, blank: string) =>
    isBlank(blank) ? filled(blank, values, isInDoubleQuotes) : whole,
  );

function keyIdOf({ vaultId, keyName }: CommandValues): CommandValues {
  return vaultId && keyName ? { keyId: `${vaultId}/keys/${keyName}` } : {};
}

function isBlank(name: string): name is keyof typeof blanks {
  return Object.hasOwn(blanks, name);
}

function filled(name: keyof typeof blanks, values: CommandValues, isSafe: (value: string) => boolean): string {
  const value = values[name];
  return value === undefined || value === '' || !isSafe(value) ? `<${blanks[name]}>` : value;
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
