import { knownError } from '../errors/errorCode';
import type { Azure, ServerPlace } from '../ports';
import { isAllowed } from './rightsCheck';

const logRead = 'Microsoft.Insights/eventtypes/values/read';

/** Throws if the account may not read the activity log, which leaves out such events without saying so. */
export async function requireLogRead(
  { access }: Pick<Azure, 'access'>,
  { id }: ServerPlace,
  signal: AbortSignal,
): Promise<void> {
  if (isAllowed(await access.listPermissions(id, signal), logRead)) return;
  const message = `The account does not have authorization to perform action '${logRead}' over scope '${id}'.`;
  throw knownError({ code: 'AuthorizationFailed', message, operation: { name: 'read activity log', resource: id } });
}
