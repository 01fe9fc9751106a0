import type { CommandValues } from '../../../src/core/cli/commands';
import type { PastedResources } from '../../../src/core/pastedErrors/pastedResources';

/** A text as a tool prints it: its facts are public, its names and IDs are made up. */
export interface FieldText {
  readonly tool: string;
  /** The language of the text around the error. */
  readonly language: string;
  /** Where such a text, or its message, is published. */
  readonly source: string;
  readonly text: string;
  /** All codes, in this order. */
  readonly codes: readonly string[];
  /** The message of the first failure. */
  readonly says?: string;
  /** Some of the resources. */
  readonly resources?: Partial<PastedResources>;
  /** Some of the values for commands; undefined for one that must stay blank. */
  readonly values?: { readonly [Name in keyof CommandValues]?: CommandValues[Name] | undefined };
}

export const sqlErrors =
  'https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors-41400-to-49999';
export const olderSqlErrors =
  'https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors-31000-to-41399';
export const troubleshootTde =
  'https://learn.microsoft.com/sql/relational-databases/security/encryption/troubleshoot-tde';
export const serverKeysApi = 'https://learn.microsoft.com/rest/api/sql/server-keys/create-or-update';
export const connectivity = 'https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-errors-issues';
export const keyVaultErrors = 'https://learn.microsoft.com/azure/key-vault/general/common-error-codes';
export const keyVaultRest = 'https://learn.microsoft.com/azure/key-vault/general/rest-error-codes';
