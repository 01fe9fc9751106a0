import { isUserCancelledError } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { hasTag, taggedIds } from '../core/productionTag';
import type { Azure, ServerPlace } from '../core/ports';
import { productionTag } from './changeSettings';
import { enterConfirmation } from './inputBox';
import { readWithProgress } from './progress';
import type { Services } from './services';

/**
 * Asks for the name of a server if it, its resource group, or its subscription has the tag of production servers. A server whose tags
 * can't be read counts as tagged.
 * @param servers if several have the tag, the user types the name of the first one
 * @returns false if the user doesn't type it
 */
export async function confirmProduction(services: Services, servers: readonly ServerPlace[]): Promise<boolean> {
  const tag = productionTag();
  if (tag === '') return true;
  const azure = await services.azure.get();
  const read = await readWithProgress(services, l10n.t('Reading the tags of the servers…'), ({ signal }) =>
    Promise.all(servers.map(({ id }) => isTagged(azure, id, tag, signal))),
  );
  if (!read) return false;
  const tagged = servers.find((_, i) => read[i]);
  return tagged === undefined || isNameTyped(services, tagged.name, tag);
}

async function isTagged({ resources }: Azure, serverId: string, tag: string, signal: AbortSignal): Promise<boolean> {
  const found = await Promise.all(
    taggedIds(serverId).map(async (id) => {
      try {
        return hasTag(await resources.read(id, signal), tag);
      } catch {
        return true;
      }
    }),
  );
  return found.includes(true);
}

async function isNameTyped(services: Services, name: string, tag: string): Promise<boolean> {
  const texts = {
    title: l10n.t('Change in Production'),
    prompt: l10n.t(
      '"{0}" is a production server (tag {1}), or its tags can\'t be read. Type its name to continue.',
      name,
      tag,
    ),
    placeHolder: name,
  };
  try {
    const wrong = l10n.t('Type the whole name: {0}', name);
    await enterConfirmation(
      services,
      texts,
      [],
      (text) => (text === name ? undefined : wrong),
      (text) => (name.startsWith(text) ? undefined : l10n.t("This isn't the name to type: {0}", name)),
    );
    return true;
  } catch (error) {
    if (isUserCancelledError(error)) return false;
    throw error;
  }
}
