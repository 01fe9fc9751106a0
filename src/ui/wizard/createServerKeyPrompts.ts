import type { Services } from '../services';
import type { Question } from './answers';
import { pickKey, pickKeys } from './keyPrompts';
import { enterNewKeyDay, pickNewKeyExpiry, pickNewKeyVersion } from './newKeyOptions';
import { enterNewKeyName, pickNewKeyKind } from './newKeyPrompts';
import { pickServer, pickServers } from './serverPrompts';
import { enterKeyIdentifier, pickSource } from './sourcePrompts';
import { confirm } from './summary/summaryPrompt';
import { pickVault } from './vaultPrompt';
import { pickVersion } from './versionPrompt';

/** Server, key, and summary. A question whose answer is known is not asked. */
export function createServerKeyPrompts(services: Services): Question[] {
  return [
    pickServer,
    pickServers,
    pickSource,
    pickVault,
    pickKey,
    pickKeys,
    pickVersion,
    enterNewKeyName,
    pickNewKeyKind,
    pickNewKeyExpiry,
    enterNewKeyDay,
    pickNewKeyVersion,
    enterKeyIdentifier,
    confirm,
  ].map((question) => question(services));
}
