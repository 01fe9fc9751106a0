import { sameId } from '../armId';
import type { PastedResources } from './pastedResources';

/** The server that a failure is about, and the partner that lacks something. */
export interface ServersByRole {
  readonly server?: string;
  readonly partnerServer?: string;
}

/**
 * Finds out which server a failure is about if the text names several: the one that isn't called a partner, or else the one in the
 * message of the failure.
 */
export function serversByRole(
  { servers, partners }: Pick<PastedResources, 'servers' | 'partners'>,
  message = '',
): ServersByRole {
  const own = servers.filter((server) => !partners.some((partner) => sameId(partner, server)));
  const server = theOnly(own) ?? theOnly(own.filter((name) => isQuoted(name, message)));
  const partnerServer = theOnly(partners);
  return { ...(server !== undefined && { server }), ...(partnerServer !== undefined && { partnerServer }) };
}

const isQuoted = (name: string, message: string): boolean =>
  ["'", '"'].some((quote) => message.toLowerCase().includes(`${quote}${name.toLowerCase()}${quote}`));

function theOnly(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}
