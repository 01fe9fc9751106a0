import { same } from './base/find';
import { serverKeyNameOf } from './rules/keyIdentifier';
import type { VaultFacts } from './rules/vaultFacts';
import type { ServerKey } from './base/state';

/** The server key for what a server found in a vault, made unless the server has it. */
export function addServerKey({ server, uri, version }: VaultFacts, asSent: string): ServerKey {
  const name = serverKeyNameOf(uri);
  const known = server.keys.find((key) => same(key.name, name));
  if (known) return known;
  const key = {
    name,
    // The tools keep the casing of the address and so does the service.
    uri: asSent.replace(/\/+$/, ''),
    thumbprint: version?.thumbprint ?? '',
    creationDate: new Date().toISOString(),
  };
  server.keys.push(key);
  return key;
}
