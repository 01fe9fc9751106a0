import { l10n } from 'vscode';
import { sameId } from '../../core/armId';
import { isOutage, outageCodes } from '../../core/checks/outage';
import type { CommandValues } from '../../core/cli/commands';
import type { Finding } from '../../core/errors/finding';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { KeyIdentifier, SqlServer } from '../../core/model';
import type { Explanation } from '../../core/pastedErrors/explainText';
import type { PastedResources } from '../../core/pastedErrors/pastedResources';
import { serversByRole } from '../../core/pastedErrors/serversByRole';
import { resourceGroupId } from '../../core/resourceGroupId';
import { toDiagnosis } from '../failures/report';
import type { Inventory } from '../inventory';
import { creationChecker } from '../runChecks';
import type { Services } from '../services';

/** What the account can see of the server and the key that a text names. */
export interface Seen {
  readonly findings?: readonly Finding[];
  /** Object IDs of the identities of the server. */
  readonly identities?: readonly string[];
  /** What Azure adds to the values in the text. */
  readonly values?: CommandValues;
  /** Names of the signed-in accounts. */
  readonly accounts?: readonly string[];
}

/** Checks the key that a text names, or after an outage the TDE protector, on the server that it names or that uses the key. */
export async function lookAt(services: Services, explanation: Explanation, signal: AbortSignal): Promise<Seen> {
  if (!hasQuestion(explanation)) return {};
  try {
    const inventory = await services.inventory.get();
    const accounts = inventory.tenants.flatMap(({ account }) => account?.label ?? []);
    const server = serverOf(inventory, explanation);
    return { accounts, ...(server && (await lookAtServer(services, server, explanation, signal))) };
  } catch (error) {
    signal.throwIfAborted();
    services.log.info(toDiagnosis(services.log, error).what);
    return {};
  }
}

function hasQuestion({ failures, resources }: Explanation): boolean {
  const { keys, serverKeys, principals } = resources;
  const isAbout = keys.length > 0 || serverKeys.length > 0 || principals.length > 0;
  return isAbout || (namedServer(failures, resources) !== undefined && isAboutProtector(failures));
}

/** If the text names several servers, the one that the first failure is about. */
const namedServer = ([first]: Explanation['failures'], resources: PastedResources): string | undefined =>
  serversByRole(resources, first?.message).server;

/** The first failure is the most specific one. */
const isAboutProtector = ([first]: Explanation['failures']): boolean => first !== undefined && isOutage(first.code);

/** The server that a text names; if it names none, the only one whose TDE protector is the key that it names. */
function serverOf({ servers }: Inventory, { failures, resources }: Explanation): SqlServer | undefined {
  const name = namedServer(failures, resources);
  if (name !== undefined) return servers.find((server) => sameId(server.name, name));
  if (resources.servers.length > 0) return undefined;
  const [server, ...others] = servers.filter(
    ({ listedProtector }) =>
      listedProtector?.type === 'customerManaged' && resources.keys.some((key) => sameId(key, listedProtector.uri)),
  );
  return others.length === 0 ? server : undefined;
}

async function lookAtServer(
  services: Services,
  server: SqlServer,
  explanation: Explanation,
  signal: AbortSignal,
): Promise<Seen> {
  const { systemAssigned, userAssigned } = server.identity;
  const identities = [systemAssigned, ...userAssigned].flatMap((identity) => identity?.principalId ?? []);
  const groupId = resourceGroupId(server.id);
  const values = {
    server: server.name,
    serverId: server.id,
    resourceGroup: server.resourceGroup,
    ...(groupId !== undefined && { resourceGroupId: groupId }),
  };
  const uri = await uriOf(services, server, explanation, signal);
  if (uri === 'serviceManaged') return { identities, values, findings: [serviceManaged(server)] };
  const parsed = parseKeyIdentifier(uri ?? '', services.cloud());
  if (!parsed.ok) return { identities, values };
  const { key } = parsed;
  const { findings = [] } = await creationChecker(services).check({ server, key }, signal);
  return { identities, values: { ...values, ...valuesOf(key) }, findings };
}

const valuesOf = (key: KeyIdentifier): CommandValues => ({
  vault: key.vault,
  keyName: key.name,
  keyUri: formatKeyIdentifier(key),
  ...(key.kind === 'managedHsm' && { permissionModel: 'localRoles' as const }),
});

/** The key identifier of the TDE protector after an outage, otherwise of the key or server key that the text names. */
async function uriOf(
  services: Services,
  server: SqlServer,
  { failures, resources: { keys, serverKeys } }: Explanation,
  signal: AbortSignal,
): Promise<string | undefined> {
  const azure = await services.azure.get();
  if (isAboutProtector(failures)) {
    const { type, uri } = await azure.tdeProtectors.get(server, signal);
    return type === 'serviceManaged' ? type : uri;
  }
  const [key, ...otherKeys] = keys;
  if (key !== undefined) return otherKeys.length === 0 ? key : undefined;
  const [name, ...otherNames] = serverKeys;
  if (name === undefined || otherNames.length > 0) return undefined;
  const found = (await azure.serverKeys.list(server, signal)).find((serverKey) => sameId(serverKey.name, name));
  return found?.uri;
}

function serviceManaged({ name }: SqlServer): Finding {
  return { outcome: 'pass', text: l10n.t('The TDE protector of "{0}" is service-managed', name), codes: outageCodes };
}
