import { l10n } from 'vscode';
import { sameId } from '../../core/armId';
import { dependentServers } from '../../core/checks/dependentServers';
import type { AzureFix } from '../../core/checks/describeFix';
import type { SqlServer } from '../../core/model';
import { isReadOnly } from '../configuration';
import { offer, withResult } from '../messages';
import { pickAction } from '../quickPick';
import type { Services } from '../services';
import { longestReadMs } from './rightsObstacles';

/** Asks for consent and revalidates the TDE protector of a server. */
export type Revalidate = (server: SqlServer) => Promise<unknown>;

/**
 * After fixes, offers to revalidate the TDE protectors of the servers that may be able to use them now and have inaccessible
 * databases. Sends one query, and none if no server depends on the fixes. Nothing is thrown.
 */
export async function offerRevalidation(
  services: Services,
  fixes: readonly AzureFix[],
  revalidate: Revalidate,
): Promise<void> {
  const servers = dependentServers(fixes, services.inventory.last()?.servers ?? []);
  if (servers.length === 0 || isReadOnly()) return;
  try {
    const { sqlServers } = await services.azure.get();
    const subscriptionIds = [...new Set(servers.map(({ subscriptionId }) => subscriptionId))];
    const databases = await sqlServers.listInaccessible(subscriptionIds, AbortSignal.timeout(longestReadMs));
    await offerNext(
      services,
      servers.filter(({ id }) => databases.some(({ server }) => sameId(server, id))),
      revalidate,
    );
  } catch (error) {
    services.log.warn(`The inaccessible databases can't be read after a fix: ${String(error)}`);
  }
}

/** Offers one server after the other. */
async function offerNext(services: Services, servers: readonly SqlServer[], revalidate: Revalidate): Promise<void> {
  const revalidateOne = async (chosen: SqlServer): Promise<void> => {
    await revalidate(chosen);
    const others = servers.filter((server) => server !== chosen);
    await offerNext(services, others, revalidate);
  };
  const actions = servers.map((server) => withResult({ title: server.name, run: () => revalidateOne(server) }, false));
  const [only, ...others] = actions;
  if (!only) return;
  const choose = async () =>
    (await pickAction(services, l10n.t('Revalidate Protector'), l10n.t('Select the SQL server'), actions)) ?? true;
  await offer('warning', textOf(servers), {
    title: l10n.t('Revalidate Protector…'),
    run: others.length > 0 ? choose : only.run,
  });
}

function textOf(servers: readonly SqlServer[]): string {
  return servers.length === 1
    ? l10n.t(
        'The change is complete, but databases of "{0}" are still inaccessible. Revalidate its TDE protector.',
        servers[0]?.name ?? '',
      )
    : l10n.t(
        'The change is complete, but databases of {0} servers are still inaccessible. Revalidate their TDE protectors.',
        servers.length,
      );
}
