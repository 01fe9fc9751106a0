import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import { askAndCreate } from './createServerKey';
import type { Handler } from './handler';
import { serversOf } from './targets';

/** Checks a key for a server. Asks the questions of Create Server Key, shows every check in the summary, and creates nothing. */
export const checkKey: Handler = (services) => async (context, args) => {
  const { row } = args;
  const servers = await serversOf(services, args);
  const parsed = row?.kind === 'serverKey' ? parseKeyIdentifier(row.key.uri ?? '', services.cloud()) : undefined;
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
