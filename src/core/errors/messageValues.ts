import type { CommandValues } from '../cli/commands';

/** The least built-in role for actions, by the start of the action. Source: Azure docs, "Azure built-in roles". */
const roles: readonly (readonly [start: RegExp, role: string])[] = [
  [/^Microsoft\.Authorization\/roleAssignments\//i, 'Role Based Access Control Administrator'],
  [/^Microsoft\.Authorization\/locks\//i, 'User Access Administrator'],
  [/^Microsoft\.ManagedIdentity\/userAssignedIdentities\/(?:\*\/)?assign\//i, 'Managed Identity Operator'],
  [/^Microsoft\.ManagedIdentity\//i, 'Managed Identity Contributor'],
  [/^Microsoft\.KeyVault\/managedHSMs\//i, 'Managed HSM contributor'],
  [/^Microsoft\.KeyVault\/.*\/read$/i, 'Key Vault Reader'],
  [/^Microsoft\.KeyVault\//i, 'Key Vault Contributor'],
  [/^Microsoft\.Sql\/.*\/read$/i, 'Reader'],
  [/^Microsoft\.Sql\/managedInstances\//i, 'SQL Managed Instance Contributor'],
  [/^Microsoft\.Sql\/servers\/databases\//i, 'SQL DB Contributor'],
  [/^Microsoft\.Sql\/servers\//i, 'SQL Server Contributor'],
];

/** The least built-in role with an action; undefined if it isn't known. */
function roleFor(action: string): string | undefined {
  return roles.find(([start]) => start.test(action))?.[1];
}

/** What a message from Azure names: the missing action, its role and scope, or the resource provider. */
export function messageValues(message: string): CommandValues {
  const action = /\baction '([\w./*]+)'/.exec(message)?.[1];
  const scope = /\bscope '(\/[^'\s]+)'/.exec(message)?.[1];
  const provider = /\bnamespace '([\w.]+)'/.exec(message)?.[1];
  const role = action === undefined ? undefined : roleFor(action);
  return {
    ...(scope !== undefined && { scope }),
    ...(role !== undefined && { role }),
    ...(provider !== undefined && { provider }),
  };
}
