import { isInstanceId, sameId } from '../../core/armId';
import { checkInstance } from '../../core/checks/instanceChecks';
import type { CommandValues } from '../../core/cli/commands';
import type { Finding } from '../../core/errors/finding';
import type { ServerIdentity, ServerKey, SqlServer, TdeProtector } from '../../core/model';
import type { KeyIdentifier } from '../../core/vaultModel';
import type { Explanation } from '../../core/pastedErrors/explainText';
import { serversByRole } from '../../core/pastedErrors/serversByRole';
import { resourceGroupId } from '../../core/resourceGroupId';
import type { Inventory } from '../inventory';
import { creationChecker } from '../runChecks';
import type { Services } from '../services';

/** The server or managed instance that a text is about, and what can be read about it. */
export interface Subject {
  readonly name: string;
  readonly identity: ServerIdentity;
  readonly values: CommandValues;
  readonly readProtector: () => Promise<TdeProtector>;
  readonly readKeys: () => Promise<readonly ServerKey[]>;
  /** Checks whether it can use a key. */
  readonly check: (key: KeyIdentifier) => Promise<readonly Finding[]>;
}

/** If the text names several servers, the one that the first failure is about. */
export const namedServer = ({ failures: [first], resources }: Explanation): string | undefined =>
  serversByRole(resources, first?.message).server;

/** The only managed instance that the text names. */
export const namedInstance = ({ resources: { instances } }: Explanation): string | undefined =>
  instances.length === 1 ? instances[0] : undefined;

/** What the text is about; undefined if it doesn't say so, or the accounts can't see it. */
export async function subjectOf(
  services: Services,
  inventory: Inventory,
  explanation: Explanation,
  signal: AbortSignal,
): Promise<Subject | undefined> {
  const server = serverOf(inventory, explanation);
  if (server) return serverSubject(services, server, signal);
  const name = namedServer(explanation) === undefined ? namedInstance(explanation) : undefined;
  return name === undefined ? undefined : findInstance(services, inventory, name, signal);
}

/** The server that a text names; if it names none, the only one whose TDE protector is the key that it names. */
function serverOf({ servers }: Inventory, explanation: Explanation): SqlServer | undefined {
  const { resources } = explanation;
  const name = namedServer(explanation);
  const logical = servers.filter(({ id }) => !isInstanceId(id));
  if (name !== undefined) return logical.find((server) => sameId(server.name, name));
  if (resources.servers.length + resources.instances.length > 0) return undefined;
  const [server, ...others] = logical.filter(
    ({ listedProtector }) =>
      listedProtector?.type === 'customerManaged' && resources.keys.some((key) => sameId(key, listedProtector.uri)),
  );
  return others.length === 0 ? server : undefined;
}

async function serverSubject(services: Services, server: SqlServer, signal: AbortSignal): Promise<Subject> {
  const azure = await services.azure.get();
  const groupId = resourceGroupId(server.id);
  return {
    name: server.name,
    identity: server.identity,
    values: {
      server: server.name,
      serverId: server.id,
      resourceGroup: server.resourceGroup,
      ...(groupId !== undefined && { resourceGroupId: groupId }),
    },
    readProtector: () => azure.tdeProtectors.get(server, signal),
    readKeys: () => azure.serverKeys.list(server, signal),
    check: async (key) => (await creationChecker(services).check({ server, key }, signal)).findings ?? [],
  };
}

async function findInstance(
  services: Services,
  { subscriptions }: Inventory,
  name: string,
  signal: AbortSignal,
): Promise<Subject | undefined> {
  const azure = await services.azure.get();
  const subscriptionIds = subscriptions.map(({ id }) => id);
  const place = await azure.sqlServers.findInstance(name, subscriptionIds, signal);
  if (!place) return undefined;
  const instance = await azure.sqlServers.get(place, signal);
  const where = { cloud: services.cloud(), now: new Date(), subscriptionIds };
  return {
    name: instance.name,
    identity: instance.identity,
    values: { instance: instance.name, resourceGroup: instance.resourceGroup, resourceId: instance.id },
    readProtector: () => azure.tdeProtectors.get(instance, signal),
    readKeys: () => azure.serverKeys.list(instance, signal),
    check: (key) => checkInstance(azure, instance, key, where, signal),
  };
}
