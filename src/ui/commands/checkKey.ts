import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { Services } from '../services';
import { askAndCreate } from './createServerKey';
import { nodeOf, serversOf, type Args } from './targets';

/** Checks a key for a server, down to the last question of Create Server Key, where every check is shown. */
export const checkKey = (services: Services) => async (context: IActionContext, args: Args) => {
  const node = nodeOf(args);
  const servers = await serversOf(services, args);
  const parsed = node?.kind === 'serverKey' ? parseKeyIdentifier(node.key.uri ?? '', services.cloud()) : undefined;
  await askAndCreate(
    services,
    context,
    {
      checkOnly: true,
      ...(servers.length > 0 && { servers }),
      ...(parsed?.ok && { source: 'paste', keys: [{ id: parsed.key }] }),
    },
    {},
  );
};
