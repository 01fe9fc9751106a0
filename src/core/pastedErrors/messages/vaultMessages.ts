import type { MessageTemplate } from './messageTemplate';

/** Messages of Key Vault's data plane. Sources: "Azure Key Vault REST API error codes", and its pages in the portal. */
export const vaultMessages: readonly MessageTemplate[] = [
  ['client address is not authorized and caller is not a trusted service', 'ForbiddenByFirewall'],
  ['public network access is disabled and request is not from a trusted service', 'ForbiddenByConnection'],
  ['connection is not an approved private link', 'ForbiddenByConnection'],
  ['caller is not authorized to perform action on resource', 'ForbiddenByRbac'],
  ['does not have keys * permission on key vault', 'ForbiddenByPolicy'],
  ['is not allowed on a disabled key', 'KeyDisabled'],
  ['key {keyName} is currently in a deleted but recoverable state', 'ObjectIsDeletedButRecoverable'],
  ['is currently in a deleted but recoverable state', 'ObjectIsDeletedButRecoverable'],
  ['a key with (name/id) {keyName} was not found in this key vault', 'KeyNotFound'],
  ['key {keyName} is currently being deleted', 'ObjectIsBeingDeleted'],
  ['the operation is not allowed by rbac', 'ForbiddenByRbac'],
  ["is not enabled in this key vault's access policy", 'ForbiddenByPolicy'],
  ['caller was not found on any access policy', 'ForbiddenByPolicy'],
  ['your client ip address is not authorized to access this key vault', 'ForbiddenByFirewall'],
];
