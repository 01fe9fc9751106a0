import { isArmError } from '../../core/armError';
import { hasTrait } from '../../core/errors/errorCatalogue';
import { findServerKey, type Creation } from '../../core/creation/creation';
import type { ServerKey } from '../../core/model';
import type { Azure } from '../../core/ports';

export interface Registered {
  readonly kind: 'created' | 'found';
  readonly serverKey: ServerKey;
}

/** Creates the server key unless the server has one with this key identifier, which may only turn out when the service refuses it. */
export async function createOrFind({ serverKeys }: Azure, { server, key, existing }: Creation): Promise<Registered> {
  if (existing) return { kind: 'found', serverKey: existing };
  try {
    return { kind: 'created', serverKey: await serverKeys.create(server, key) };
  } catch (error) {
    const found = isThereAlready(error) ? findServerKey(await serverKeys.list(server), key) : undefined;
    if (found) return { kind: 'found', serverKey: found };
    throw error;
  }
}

const isThereAlready = (error: unknown): boolean => isArmError(error) && hasTrait(error.code, 'alreadyThere');
