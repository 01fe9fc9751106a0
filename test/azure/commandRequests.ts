import assert from 'node:assert/strict';
import { isArmError } from '../../src/core/armError';
import { databaseId } from '../../src/core/armId';
import { checkCreation, checkProtector } from '../../src/core/checks/checkCreation';
import { checkDatabaseKey } from '../../src/core/checks/databaseChecks';
import { checkPrimaryIdentity } from '../../src/core/checks/primaryIdentityCheck';
import { checkRights, type ChangingCommand } from '../../src/core/checks/rightsCheck';
import { tryRead } from '../../src/core/checks/facts';
import { factsReader } from '../../src/core/checks/readFacts';
import { encryptionUser } from '../../src/core/cli/commandTemplates';
import { serverKeyRequest } from '../../src/core/creation/creation';
import { diagnose } from '../../src/core/errors/diagnose';
import type { Finding } from '../../src/core/errors/finding';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import { isProtectorKey } from '../../src/core/keys/sameKey';
import type { KeyedDatabase, ServerKey, SqlServer } from '../../src/core/model';
import type { KeyIdentifier } from '../../src/core/vaultModel';
import type { neededActions } from '../../src/core/neededActions';
import type { Azure } from '../../src/core/ports';
import { readDatabaseGroup } from '../../src/core/plan/databaseGroup';
import { databaseSteps, runDatabaseSteps, type DatabaseStep, type WantedKey } from '../../src/core/plan/databasePlan';
import { readRotationGroup } from '../../src/core/plan/rotationGroup';
import { rotationPlan } from '../../src/core/plan/rotationPlan';
import { runPlan } from '../../src/core/plan/runPlan';
import { keyNeed } from '../../src/core/retirement/keyNeed';
import { readServerUses, type MapLimited } from '../../src/core/retirement/readNeedFacts';
import { readVaultUse } from '../../src/core/retirement/readVaultUse';
import { vaultUseDocument } from '../../src/core/retirement/vaultUseDocument';
import { readOutage } from '../../src/core/serverState/outageGuide';
import { checkVersions } from '../../src/core/serverState/keyVersions';
import { protectorKeys } from '../../src/core/serverState/protectorKey';
import { inventoryIdentity } from '../emulator/seeds/demoNames';
import { emulatorCloud, listServers, listVaults, principalOf, subscriptionIds } from './connection';
import type { Resources } from './restrictedAccount';

/** What a command works on. It adds the findings that did not pass. */
export interface Work extends Resources {
  readonly azure: Azure;
  readonly key: KeyIdentifier;
  readonly findings: Finding[];
}

/** Something that a user would miss. */
class NotShown extends Error {}

function shown<T>(items: readonly T[], isWanted: (item: T) => boolean, what: string): T {
  const item = items.find(isWanted);
  if (item === undefined) throw new NotShown(what);
  return item;
}

export const isNotShown = (error: unknown): boolean => error instanceof NotShown;

const showServer = async ({ azure, server }: Work): Promise<SqlServer> =>
  shown(await listServers(azure), ({ id }) => id === server.id, 'server');

/** @param servers those that get the key in the same run */
async function check({ azure, key, findings }: Work, server: SqlServer, servers = [server]): Promise<void> {
  const creation = { server, key };
  const facts = await factsReader(azure, await subscriptionIds(azure), servers).read(creation);
  const run = servers.map((one) => ({ server: one, key }));
  const found = checkCreation(creation, facts, { cloud: emulatorCloud(), now: new Date(), run });
  findings.push(...found.filter(({ outcome }) => outcome !== 'pass'));
}

/** The choices of the wizard, and the checks in its summary. */
async function choose(work: Work): Promise<SqlServer> {
  const { azure, vault, key } = work;
  const server = await showServer(work);
  const vaults = await listVaults(azure, 'Contoso Production');
  const home = shown(vaults, ({ id }) => id === vault.id, 'vault');
  await azure.keyVaults.listKeys(home);
  await azure.keyVaults.listVersions(home, key.name);
  await check(work, server);
  return server;
}

/** Reads the rights before a change, as its consent does. */
async function checkFirst({ azure, findings }: Work, command: ChangingCommand, resource: string): Promise<void> {
  findings.push(...(await checkRights(azure, command, resource)));
}

const isAboutOutage = (codes: Finding['codes']): boolean => codes.includes('MakeDatabaseInaccessible');

/** Reads the TDE protector and its server key, and checks them before a change. */
async function checkProtectorFirst(work: Work, command: ChangingCommand): Promise<ServerKey> {
  const { azure, server, findings } = work;
  const [keys, protector] = await Promise.all([azure.serverKeys.list(server), azure.tdeProtectors.get(server)]);
  const serverKey = shown(keys, (key) => isProtectorKey(key, protector), 'server key');
  const parsed = parseKeyIdentifier(serverKey.uri ?? '', emulatorCloud());
  assert.ok(parsed.ok);
  const creation = { server, key: parsed.key };
  const facts = await factsReader(azure, await subscriptionIds(azure)).read(creation);
  const found = checkProtector(creation, facts, { cloud: emulatorCloud(), now: new Date() }, false);
  // A revalidation needs inaccessible databases.
  const isProblem = ({ outcome, codes }: Finding) =>
    outcome !== 'pass' && !(outcome === 'warn' && isAboutOutage(codes));
  findings.push(...found.filter(isProblem));
  await checkFirst(work, command, server.id);
  return serverKey;
}

const serverKeyOf = async ({ azure, server }: Work) =>
  shown(await azure.serverKeys.list(server), ({ name }) => name.includes('_tde-orders_'), 'server key');

/**
 * Runs a plan for a server and its replica. Checks each server before it gets a key, and the rights before each TDE protector. Stops if
 * something couldn't be checked.
 */
async function runRotation(work: Work): Promise<void> {
  const { azure, server, replica, key } = work;
  const ids = await subscriptionIds(azure);
  const stop = new AbortController();
  const { signal } = stop;
  const group = await readRotationGroup(azure, await showServer(work), ids, signal);
  if (!('servers' in group)) throw new NotShown(group.problem);
  const { end } = await runPlan(rotationPlan(group.servers, formatKeyIdentifier(key), true), {
    ...{ azure, cloud: emulatorCloud(), subscriptionIds: ids, signal },
    ...{ report: () => undefined, onChanged: () => undefined, check: () => Promise.resolve([]) },
    settle: async (change) => {
      const at = [server, replica].find(({ id }) => change.resource.startsWith(`${id}/`)) ?? assert.fail();
      await (change.kind === 'setProtector' ? checkFirst(work, 'setProtector', at.id) : check(work, at));
      if (work.findings.some(({ outcome }) => outcome === 'unknown')) stop.abort();
    },
  });
  if (end.kind === 'failed') throw end.error;
  assert.deepEqual(end, signal.aborted ? { kind: 'stopped' } : { kind: 'done', warnings: [] });
}

const mapAll: MapLimited = (items, map) => Promise.all(items.map(map));

/** Reads what may still need a server key. */
async function readNeed({ azure, findings }: Work, server: SqlServer, key: ServerKey): Promise<void> {
  const request = { server, subscriptionIds: await subscriptionIds(azure), now: new Date() };
  const facts = { ...(await readServerUses(azure, request, mapAll, AbortSignal.timeout(10_000))), key };
  findings.push(...keyNeed(facts, request.now).findings.filter(({ outcome }) => outcome === 'unknown'));
}

/** A database with its own TDE protector, as a command reads it. */
async function keyedDatabase({ azure, server }: Work): Promise<KeyedDatabase> {
  const { name } = shown(await azure.backups.listDatabases(server), ({ protector }) => protector !== undefined, 'row');
  return azure.databaseKeys.get(server, name);
}

/** Checks the key and the rights before a change of the TDE protector of a database, as its consent does. */
async function checkDatabaseFirst(
  work: Work,
  command: 'addDatabaseKey' | 'setDatabaseProtector' | 'revalidateDatabase',
  { name: database, uri = '' }: { readonly name: string; readonly uri: string | undefined },
): Promise<void> {
  const { azure, server, findings } = work;
  const parsed = parseKeyIdentifier(uri, emulatorCloud());
  assert.ok(parsed.ok);
  const where = { cloud: emulatorCloud(), now: new Date(), subscriptionIds: await subscriptionIds(azure) };
  const found = await checkDatabaseKey(azure, { server, database, key: parsed.key }, where);
  findings.push(...found.filter(({ outcome }) => outcome !== 'pass'));
  await checkFirst(work, command, databaseId(server, database));
}

/** Reads a database and its replicas, checks each of them, and gives them a key in the order that Azure requires. */
async function changeReplicated(work: Work, database: string, wanted: WantedKey): Promise<void> {
  const { azure, server } = work;
  const { signal } = new AbortController();
  const group = await readDatabaseGroup(azure, { server, database }, () => subscriptionIds(azure), signal);
  if ('problem' in group) throw new NotShown(group.problem);
  const command = wanted.autoRotation === undefined ? 'addDatabaseKey' : 'setDatabaseProtector';
  for (const side of group.sides) {
    await checkDatabaseFirst({ ...work, server: side.server }, command, { name: side.database.name, uri: wanted.uri });
  }
  const { error, problem } = await runDatabaseSteps(databaseSteps(group.sides, wanted), {
    ...{ azure, signal, report: () => undefined, settle: () => Promise.resolve() },
    send: (step) => send(azure, step),
  });
  if (isArmError(error)) throw error;
  assert.deepEqual([error, problem], [undefined, undefined]);
}

/** Makes the change of a step. */
const send = ({ databaseKeys }: Azure, step: DatabaseStep): Promise<void> =>
  step.kind === 'addDatabaseKey'
    ? databaseKeys.add(step.server, step.database.name, step.uri)
    : databaseKeys.setProtector(step.server, step.database.name, step.protector);

/** The requests of each command and each fix. */
export const commandRequests: Readonly<Record<keyof typeof neededActions, (work: Work) => Promise<unknown>>> = {
  showServers: async (work) => {
    const server = await showServer(work);
    await work.azure.serverKeys.list(server);
    await work.azure.tdeProtectors.get(server);
    shown(await work.azure.sqlServers.listDatabases(server), () => true, 'database');
  },
  viewAsJson: async (work) => {
    const { azure, server } = work;
    await azure.resources.read(server.id);
    await azure.resources.read((await serverKeyOf(work)).id);
    await azure.resources.read(server.id.split('/').slice(0, 5).join('/'));
    await azure.resources.read(server.id.split('/').slice(0, 3).join('/'));
  },
  createServerKey: async (work) => work.azure.serverKeys.create(await choose(work), serverKeyRequest(work)),
  addRestoreKeys: async (work) => {
    const { azure, replica } = work;
    const server = await showServer(work);
    await azure.backups.listLongTerm(server);
    await Promise.all([azure.serverKeys.list(server), azure.serverKeys.list(replica)]);
  },
  addStandbyKey: async (work) => {
    const { azure, vault, key, findings } = work;
    const server = await showServer(work);
    const home = shown(await listVaults(azure, 'Contoso Production'), ({ id }) => id === vault.id, 'vault');
    await azure.tdeProtectors.get(server);
    const regions = await tryRead(azure.regions.listGeographies(home.subscriptionId));
    if (regions.error) {
      findings.push({ outcome: 'unknown', text: '', detail: diagnose(regions.error).what, codes: [] });
    }
    await azure.keyVaults.getKey(home, key.name, key.version);
    await azure.keyVaults.getKey(home, key.name);
    await check(work, server);
    await azure.serverKeys.create(server, serverKeyRequest(work));
  },
  checkKey: choose,
  showDiagnostics: async (work) => {
    const server = await showServer(work);
    await Promise.all([work.azure.serverKeys.list(server), work.azure.tdeProtectors.get(server)]);
    await check(work, server);
    await readNeed(work, server, await serverKeyOf(work));
  },
  explainError: async (work) => check(work, await showServer(work)),
  planRotation: async (work) => {
    const { azure, vault, key } = work;
    const ids = await subscriptionIds(azure);
    const group = await readRotationGroup(azure, await showServer(work), ids, AbortSignal.timeout(10_000));
    if (!('servers' in group)) throw new NotShown(group.problem);
    const home = await azure.keyVaults.find(key.host, ids);
    await azure.keyVaults.getKey(home ?? shown([], () => false, vault.name), key.name, undefined);
    const servers = group.servers.map((one) => one.server);
    for (const server of servers) await check(work, server, servers);
  },
  runPlan: runRotation,
  checkKeyVersions: async (work) => {
    const { azure, findings } = work;
    const server = await showServer(work);
    const keys = protectorKeys(azure.keyVaults, listVaults(azure, 'Contoso Production'));
    const world = { cloud: emulatorCloud(), now: new Date() };
    const checked = await checkVersions(azure, keys, server, world, AbortSignal.timeout(10_000));
    if (checked.kind === 'unread') findings.push(checked.finding);
  },
  checkKeyNeed: async (work) => readNeed(work, await showServer(work), await serverKeyOf(work)),
  showKeyUsers: async (work) => {
    const { azure, vault, key, findings } = work;
    const servers = [await showServer(work)];
    const of = { host: key.host };
    const request = { of, cloud: emulatorCloud(), servers, subscriptionIds: await subscriptionIds(azure) };
    const use = await readVaultUse(azure, request, mapAll, AbortSignal.timeout(10_000));
    const text = vaultUseDocument(use, new Date());
    const [, unread = ''] = text.split('## What could not be read');
    if (unread !== '') findings.push({ outcome: 'unknown', text: unread, detail: unread, codes: [] });
    if (!text.includes(vault.name)) throw new NotShown(vault.name);
  },
  deleteServerKey: async (work) => {
    const server = await showServer(work);
    const serverKey = await serverKeyOf(work);
    await work.azure.tdeProtectors.get(server);
    await readNeed(work, server, serverKey);
    await checkFirst(work, 'deleteServerKey', server.id);
    await work.azure.serverKeys.delete(server, serverKey);
  },
  setProtector: async (work) =>
    work.azure.tdeProtectors.set(work.server, await checkProtectorFirst(work, 'setProtector'), false),
  outageGuide: async (work) => {
    const server = await showServer(work);
    const found: Finding[] = [];
    await check({ ...work, findings: found }, server);
    // The guide needs inaccessible databases.
    work.findings.push(...found.filter(({ outcome, codes }) => !(outcome === 'warn' && isAboutOutage(codes))));
    const { databases } = await readOutage(work.azure, server, new Date(), AbortSignal.timeout(10_000));
    const unread = databases.error ? [databases.error] : databases.value.flatMap(({ since }) => since.error ?? []);
    work.findings.push(
      ...unread.map((error) => ({ outcome: 'unknown' as const, text: '', detail: diagnose(error).what, codes: [] })),
    );
  },
  revalidateProtector: async (work) => {
    await checkProtectorFirst(work, 'revalidateProtector');
    await work.azure.tdeProtectors.revalidate(work.server);
  },
  assignDatabaseIdentity: async (work) => {
    const { azure, server } = work;
    const { name } = shown(await azure.backups.listDatabases(server), (one) => !one.hasIdentity, 'database');
    await checkFirst(work, 'assignDatabaseIdentity', databaseId(server, name));
    await azure.databaseKeys.assignIdentity(server, name, inventoryIdentity.id);
  },
  addDatabaseKey: async (work) => {
    const { azure, vault } = work;
    const { name, keys } = await keyedDatabase(work);
    const home = shown(await listVaults(azure, 'Contoso Production'), ({ id }) => id === vault.id, 'vault');
    const { name: keyName } = shown(await azure.keyVaults.listKeys(home), (key) => key.name === 'tde-billing', 'key');
    const versions = await azure.keyVaults.listVersions(home, keyName);
    const { uri } = shown(versions, (version) => keys.every((key) => key.uri !== version.uri), 'version');
    await changeReplicated(work, name, { uri });
  },
  setDatabaseProtector: async (work) => {
    const { name, keys } = await keyedDatabase(work);
    const { uri } = shown(keys, (key) => key === keys.at(-1), 'key');
    await changeReplicated(work, name, { uri, autoRotation: false });
  },
  revalidateDatabase: async (work) => {
    const { name, protector } = await keyedDatabase(work);
    await checkDatabaseFirst(work, 'revalidateDatabase', { name, uri: protector?.uri });
    await work.azure.databaseKeys.revalidate(work.server, name);
  },
  revertDatabase: async (work) => {
    const { name } = await keyedDatabase(work);
    await work.azure.tdeProtectors.get(work.server);
    await checkFirst(work, 'revertDatabase', databaseId(work.server, name));
    await work.azure.databaseKeys.revert(work.server, name);
  },
  createVaultKey: async (work) => {
    const { azure, vault } = work;
    const home = shown(await listVaults(azure, 'Contoso Production'), ({ id }) => id === vault.id, 'vault');
    await azure.keyVaults.listKeys(home);
    await checkFirst(work, 'createVaultKey', vault.id);
    await azure.keyVaults.createKey({ vault: home, name: 'new', keyType: 'RSA-HSM', keySize: 3072 });
  },
  assignIdentity: async (work) => {
    await checkFirst(work, 'assignIdentity', work.server.id);
    await work.azure.sqlServers.assignIdentity(work.server);
  },
  setPrimaryIdentity: async (work) => {
    const { azure, server, findings } = work;
    const now = await azure.sqlServers.get(server);
    const [assigned] = now.identity.userAssigned;
    assert.ok(assigned);
    const identity = { ...assigned, name: 'id-sql-inventory', resourceGroup: '', subscriptionId: '' };
    const where = { cloud: emulatorCloud(), subscriptionIds: await subscriptionIds(azure) };
    findings.push(...(await checkPrimaryIdentity(azure, now, identity, where)));
    await checkFirst(work, 'setPrimaryIdentity', server.id);
    await azure.sqlServers.setPrimaryIdentity(server, assigned.id);
  },
  registerProvider: async (work) => {
    const { subscriptionId } = work.server;
    await checkFirst(work, 'registerProvider', `/subscriptions/${subscriptionId}`);
    await work.azure.resourceProviders.register(subscriptionId, 'Microsoft.Sql');
  },
  grantRole: async (work) => {
    const scope = `${work.vault.id}/keys/${work.key.name}`;
    await checkFirst(work, 'grantRole', scope);
    await work.azure.access.grantRole(principalOf(work.server), encryptionUser.id, scope);
  },
  addAccessPolicy: async (work) => {
    const { azure, server, vault } = work;
    await checkFirst(work, 'addAccessPolicy', vault.id);
    const policy = { tenantId: 't', objectId: principalOf(server), keyPermissions: ['get'] };
    await azure.keyVaults.addAccessPolicy(vault, policy);
  },
  enablePurgeProtection: async (work) => {
    await checkFirst(work, 'enablePurgeProtection', work.vault.id);
    await work.azure.keyVaults.enablePurgeProtection(work.vault);
  },
  allowTrustedServices: async (work) => {
    await checkFirst(work, 'allowTrustedServices', work.vault.id);
    await work.azure.keyVaults.allowTrustedServices(work.vault);
  },
  createOnReplicas: async (work) => {
    const { azure, replica, key } = work;
    await checkFirst(work, 'createOnReplicas', replica.id);
    await azure.serverKeys.create(await azure.sqlServers.get(replica), serverKeyRequest({ key }));
  },
  waitForOperation: ({ azure, server }) => azure.sqlServers.listRunningOperations(server),
};
