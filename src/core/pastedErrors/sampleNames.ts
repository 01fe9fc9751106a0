/** Companies of Microsoft's samples, and words that stand for a name. */
const samples = /contoso|fabrikam|placeholder|redacted/i;
const standIns =
  /^(?:(?:your|<).*|x{3,}|server|server-?name|sql-?server|vault|vault-?name|key-?vault-?name|resource-?group(?:-?name)?|name)$/i;

/** Whether a name is one of documentation's samples, or was put in place of a name that the user doesn't want to show. */
export function isSampleName(name: string): boolean {
  return !/[/:]/.test(name) && (samples.test(name) || standIns.test(name));
}
