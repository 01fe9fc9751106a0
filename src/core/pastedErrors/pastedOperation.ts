import type { Operation } from '../armError';
import type { PastedResources } from './pastedResources';
import { serversByRole } from './serversByRole';

/** Operations by the words that identify them in a text: the action of a role or log, the command, or the call of a client. */
const operations: readonly (readonly [mention: RegExp, name: string])[] = [
  [/servers\/keys\/delete|sql server key delete|Remove-Az\w{0,4}SqlServerKeyVaultKey/i, 'delete server key'],
  [/servers\/keys\/write|sql server key create|Add-Az\w{0,4}SqlServerKeyVaultKey/i, 'create server key'],
  [/ServerKeysClient#CreateOrUpdate|\bPUT\b[^\n]{0,400}\/servers\/[^/\n]{1,63}\/keys\//i, 'create server key'],
  [/encryptionProtector\/revalidate|tde-key revalidate|ProtectorRevalidation\b/i, 'revalidate TDE protector'],
  [
    /encryptionProtector\/write|tde-key set|Set-Az\w{0,4}SqlServerTransparentDataEncryptionProtector/i,
    'set TDE protector',
  ],
  [/azurerm_mssql_server_transparent_data_encryption|EncryptionProtectorsClient#/i, 'set TDE protector'],
];

/**
 * The operation that failed and its resource: the ARM ID, or else the server and server key that the text names.
 * @param message of the failure
 */
export function operationOf(
  text: string,
  id: string | undefined,
  resources: PastedResources,
  message: string,
): Operation | undefined {
  const resource = id ?? byNames(resources, message);
  if (resource === undefined) return undefined;
  return { name: operations.find(([mention]) => mention.test(text))?.[1] ?? 'pasted error', resource };
}

/** Undefined if the text names several servers, and the message doesn't show which of them it is about. */
function byNames(resources: PastedResources, message: string): string | undefined {
  const { server } = serversByRole(resources, message);
  if (server === undefined) return undefined;
  const [serverKey, ...more] = resources.serverKeys;
  return serverKey === undefined || more.length > 0 ? server : `${server} / ${serverKey}`;
}
