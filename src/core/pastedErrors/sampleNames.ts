/** Company names in Microsoft's samples, and placeholder words. */
const samples = /contoso|fabrikam|placeholder|redacted/i;
const standIns =
  /^(?:(?:your|<).*|x{3,}|server|server-?name|sql-?server|vault|vault-?name|key-?vault-?name|resource-?group(?:-?name)?|name)$/i;

/** Whether a name comes from a sample in documentation, or replaces a name that the user hides. */
export function isSampleName(name: string): boolean {
  return !/[/:]/.test(name) && (samples.test(name) || standIns.test(name));
}
