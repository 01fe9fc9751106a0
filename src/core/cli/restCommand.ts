import type { ServerIdentity } from '../model';
import type { KeyIdentifier } from '../vaultModel';
import { isInDoubleQuotes, quoteForSh } from './shellWord';

/**
 * A request to Azure Resource Manager as an Azure CLI command for sh and PowerShell, for changes that az itself can't make without
 * dropping something. az reads a body with single quotes too.
 * @param values text for the body; a text that a shell would change becomes its name in angle brackets
 */
export function restCommand(method: 'delete' | 'patch' | 'post' | 'put', url: string, body?: unknown): string {
  const request = `az rest --method ${method} --url ${quoteForSh(url)}`;
  return body === undefined ? request : `${request} --body "${literal(body)}"`;
}

/** A request that reads one value. @param query where az finds the value in the response */
export const restQuery = (url: string, query: string): string =>
  `az rest --method get --url ${quoteForSh(url)} --query ${quoteForSh(query)} -o tsv`;

/** A Python literal, which az reads like JSON, because its quotes can be single ones. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${isInDoubleQuotes(value) ? value : '<value>'}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(literal).join()}]`;
  return `{${Object.entries(value ?? {})
    .map(([name, one]) => `${literal(name)}:${literal(one)}`)
    .join()}}`;
}

/** Assigns a system-assigned identity to a server that has user-assigned ones, which all stay. */
export function assignBesides(serverId: string, { userAssigned }: ServerIdentity): string {
  return restCommand('patch', `${serverId}?api-version=2023-08-01`, {
    identity: {
      type: 'SystemAssigned,UserAssigned',
      userAssignedIdentities: Object.fromEntries(userAssigned.map(({ id }) => [id, {}])),
    },
  });
}

/** Makes a user-assigned identity the primary one of a server, and assigns it first if it isn't there. All others stay. */
export function setPrimary(serverId: string, { systemAssigned, userAssigned }: ServerIdentity, id: string): string {
  const ids = new Set([...userAssigned.map((identity) => identity.id), id]);
  return restCommand('patch', `${serverId}?api-version=2023-08-01`, {
    identity: {
      type: systemAssigned ? 'SystemAssigned,UserAssigned' : 'UserAssigned',
      userAssignedIdentities: Object.fromEntries([...ids].map((one) => [one, {}])),
    },
    properties: { primaryUserAssignedIdentityId: id },
  });
}

/** Adds permissions on keys to those that an identity has in a vault with access policies. */
export function addKeyPermissions(
  vaultId: string,
  policy: { readonly tenantId: string; readonly objectId: string; readonly keyPermissions: readonly string[] },
): string {
  const { tenantId, objectId, keyPermissions } = policy;
  return restCommand('put', `${vaultId}/accessPolicies/add?api-version=2023-07-01`, {
    properties: { accessPolicies: [{ tenantId, objectId, permissions: { keys: keyPermissions } }] },
  });
}

/**
 * Copies a key with all its versions from one key vault to another, without showing or keeping the backup: one az command passes it
 * to the other. Works in sh and PowerShell.
 */
export function copyKeyCommand({ host, name }: Pick<KeyIdentifier, 'host' | 'name'>, target: string): string {
  const resource = `https://${host.slice(host.indexOf('.') + 1)}`;
  const post = (url: string): string =>
    `az rest --method post --resource ${quoteForSh(resource)} --url ${quoteForSh(`${url}?api-version=7.4`)}`;
  return `${post(`https://${host}/keys/${name}/backup`)} -o json | ${post(`${target}/keys/restore`)} --body '@-' --query key.kid`;
}
