import { guidOf } from '../base/ids';
import type { ActivityEvent, Server } from '../base/state';
import { dba } from './demoNames';

/** The changes of TDE protectors to customer-managed keys that the activity log still has. */
export const demoActivity = (servers: readonly Server[], now: Date): ActivityEvent[] =>
  servers
    .filter(({ name }) => name.startsWith('sql-orders-'))
    .flatMap((server, index) =>
      (['Accepted', 'Succeeded'] as const).map((status, minutes): ActivityEvent => ({
        time: new Date(now.getTime() - 29 * 86_400_000 + (index * 10 + minutes) * 60_000).toISOString(),
        action: 'Microsoft.Sql/servers/encryptionProtector/write',
        resourceId: `${server.id}/encryptionProtector/current`,
        caller: dba.name,
        status,
        correlationId: guidOf(`protector of ${server.name}`),
      })),
    );
