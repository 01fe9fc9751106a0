/** The placeholders and prompts of the wizard. */
export const asks = {
  server: 'Select the SQL server for the server key',
  source: /^Where is the key for/,
  vault: /^Select the key vault or managed HSM for/,
  key: /^Select the key for/,
  paste: /^Paste the key identifier/,
  newKeyName: /^Enter a name for the new key/,
  newKeyKind: /^Select the type and size/,
  newKeyExpiry: /^Select when the key .* expires/,
  newKeyDay: /^Enter the date \(UTC\) on which/,
  newKeyVersion: /^Select the version of the key .* for the server key/,
  summary: /^Review, then create/,
  identity: /^Choose the identity with which/,
  /** The summary of Check Key. */
  checks: /^Review the checks/,
};
