import pMap from 'p-map';
import { commands, l10n } from 'vscode';
import { isInstanceId } from '../../core/armId';
import type { SqlServer } from '../../core/model';
import type { TenantFailure } from '../../core/ports';
import { diagnose } from '../../core/errors/diagnose';
import { checkVersions, needsRotation, type VersionCheck } from '../../core/serverState/keyVersions';
import { keyVersionsDocument } from '../../core/serverState/keyVersionsDocument';
import { protectorKeys } from '../../core/serverState/protectorKey';
import { allSubscriptions } from '../allSubscriptions';
import { commandIds } from '../ids';
import { notify, offer, withResult } from '../messages';
import { readWithProgress, type Progress } from '../progress';
import { pickAction } from '../quickPick';
import { showMarkdown } from '../showMarkdown';
import type { CommandServices, Handler } from './handler';
import { rowOfServer, serversOf } from './targets';

/** How many servers are read at once. */
const concurrency = 8;

/** Compares the TDE protectors of all servers of the view with the newest versions of their keys. Changes nothing. */
export const checkKeyVersions: Handler = (services) => async () => {
  await check(services, () => services.inventory.get());
};

/** The same for the servers of the selected rows. */
export const checkKeyVersionsOfRows: Handler = (services) => async (_, args) => {
  const inGroups = args.rows.flatMap((row) => (row.kind === 'group' ? row.servers.map(({ server }) => server) : []));
  await check(services, async () => {
    const servers = [...new Set([...inGroups, ...(await serversOf(services, args))])];
    return { servers, failures: [] };
  });
};

/** The servers to check, and what couldn't be listed. */
interface Listed {
  readonly servers: readonly SqlServer[];
  readonly failures: readonly TenantFailure[];
}

async function check(services: CommandServices, list: () => Promise<Listed>): Promise<void> {
  const now = new Date();
  const title = l10n.t('Checking for new key versions…');
  const found = await readWithProgress(services, title, async (progress) => {
    const { servers, failures } = await list();
    return { failures, checks: await checkAll(services, servers, now, progress) };
  });
  if (!found) return;
  const { failures, checks } = found;
  if (failures.length === 0 && checks.every(({ kind }) => kind === 'serviceManaged')) {
    void notify('info', l10n.t('Nothing to check: no TDE protector is a customer-managed key.'));
    return;
  }
  await showMarkdown(l10n.t('New key versions'), keyVersionsDocument(checks, failures.map(notListed), now));
  // Plans of rotations are for logical servers.
  const behind = checks.filter((one) => one.kind === 'read' && !isInstanceId(one.server.id) && needsRotation(one, now));
  void offerRotation(
    services,
    behind.map(({ server }) => server),
  );
}

async function checkAll(
  services: CommandServices,
  servers: readonly SqlServer[],
  now: Date,
  { signal, report }: Progress,
): Promise<readonly VersionCheck[]> {
  const azure = await services.azure.get();
  const { subscriptions } = await allSubscriptions(services, signal);
  const ids = subscriptions.map(({ id }) => id);
  const isCustomerManaged = ({ listedProtector }: SqlServer) => listedProtector?.type !== 'serviceManaged';
  if (!servers.some(isCustomerManaged)) return servers.map((server) => ({ kind: 'serviceManaged', server }));
  const keys = protectorKeys(
    azure.keyVaults,
    azure.keyVaults.list(ids, signal).then(({ items }) => items),
  );
  const world = { cloud: services.cloud(), now };
  let done = 0;
  const read = async (server: SqlServer): Promise<VersionCheck> => {
    if (!isCustomerManaged(server)) return { kind: 'serviceManaged', server };
    const checked = await checkVersions(azure, keys, server, world, signal);
    report(l10n.t('{0} of {1} servers', ++done, servers.filter(isCustomerManaged).length));
    return checked;
  };
  return pMap(servers, read, { concurrency, signal });
}

function notListed({ tenant, error }: TenantFailure): string {
  const { what, cause } = diagnose(error);
  return l10n.t('Servers of "{0}" are missing. {1} {2}', tenant.name, what, cause);
}

/** Plans the rotation of one of the servers. */
async function offerRotation(services: CommandServices, servers: readonly SqlServer[]): Promise<void> {
  const plan = async (server: SqlServer) => {
    await commands.executeCommand(commandIds.planRotation, await rowOfServer(services, server));
  };
  const actions = servers.map((server) => withResult({ title: server.name, run: () => plan(server) }, false));
  const [only, ...others] = actions;
  if (!only) return;
  const choose = async () =>
    (await pickAction(services, l10n.t('Plan Key Rotation'), l10n.t('Select the SQL server'), actions)) ?? true;
  const text =
    others.length === 0
      ? l10n.t('The key of the TDE protector of "{0}" has a newer version.', only.title)
      : l10n.t('The keys of the TDE protectors of {0} servers have newer versions.', servers.length);
  await offer('info', text, {
    title: l10n.t('Plan Key Rotation…'),
    run: others.length > 0 ? choose : only.run,
  });
}
