import { sameId } from '../core/armId';
import { checkCreation, checkProtector, checkRotation } from '../core/checks/checkCreation';
import { asSpelled } from '../core/keys/keyChoice';
import { factsReader, type FactsReader, type ShownFacts } from '../core/checks/readFacts';
import type { World } from '../core/checks/check';
import { checkServer } from '../core/checks/checkServer';
import type { Facts, ServerFacts } from '../core/checks/facts';
import { findServerKey, type Creation, type Replica } from '../core/creation/creation';
import type { Finding } from '../core/errors/finding';
import type { SqlServer } from '../core/model';
import { allSubscriptions } from './allSubscriptions';
import type { Inventory } from './inventory';
import type { Services } from './services';

/** What the checks read from. */
export type CheckSources = Pick<Services, 'azure' | 'inventory' | 'cloud'>;

/** A server with the findings about it. */
interface CheckedServer {
  readonly facts: ServerFacts;
  readonly findings: readonly Finding[];
}

/** Adds facts from Azure to creations. */
export interface Checker {
  /** Runs all checks. */
  readonly check: (creation: Creation, signal: AbortSignal) => Promise<Creation>;
  /** Runs the checks of a server itself. */
  readonly checkServer: (server: SqlServer, signal: AbortSignal) => Promise<CheckedServer>;
  /**
   * Runs the checks whether the server can use the key as its TDE protector.
   * @param autoRotation with or without automatic rotation; undefined if the key is the TDE protector
   */
  readonly checkProtector: (
    creation: Creation,
    autoRotation: boolean | undefined,
    signal: AbortSignal,
  ) => Promise<readonly Finding[]>;
  /** Runs the checks whether Azure SQL can rotate to the newest version of a key without a version. */
  readonly checkRotation: (creation: Creation, signal: AbortSignal) => Promise<readonly Finding[]>;
  /** Reads the vault, the key, and the existing server key, without any check. */
  readonly look: (creation: Creation, signal: AbortSignal) => Promise<Creation>;
}

/**
 * Reads what several creations share only once, or again if the signal of the first read is aborted.
 * @param run all creations that will be checked, if they belong together
 */
export function creationChecker(services: CheckSources, run: readonly Creation[] = []): Checker {
  let shared: { readonly reader: Promise<FactsReader>; readonly signal: AbortSignal } | undefined;
  const readerFor = (signal: AbortSignal): Promise<FactsReader> => {
    if (!shared || shared.signal.aborted) shared = { reader: openReader(services, run, signal), signal };
    return shared.reader;
  };
  const worldOf = async (server: SqlServer): Promise<World> => {
    const account = accountFor(server, await services.inventory.get());
    return { cloud: services.cloud(), now: new Date(), run, ...(account !== undefined && { account }) };
  };
  return {
    check: async (creation, signal) => {
      const facts = await (await readerFor(signal)).read(creation, signal);
      const completed = complete(creation, facts);
      const findings = checkCreation(completed, facts, await worldOf(creation.server));
      return { ...completed, replicas: replicasOf(facts), findings };
    },
    checkServer: async (server, signal) => {
      const facts = await (await readerFor(signal)).readServer(server, signal);
      return { facts, findings: checkServer(server, facts, await worldOf(server)) };
    },
    checkProtector: async (creation, autoRotation, signal) => {
      const facts = await (await readerFor(signal)).read(creation, signal);
      return checkProtector(creation, facts, await worldOf(creation.server), autoRotation);
    },
    checkRotation: async (creation, signal) => {
      const facts = await (await readerFor(signal)).read(creation, signal);
      return checkRotation(creation, facts, await worldOf(creation.server));
    },
    look: async (creation, signal) => complete(creation, await (await readerFor(signal)).readShown(creation, signal)),
  };
}

/** The account with access to the tenant of a server; undefined if none is known or several have access. */
function accountFor({ subscriptionId }: SqlServer, { subscriptions, tenants }: Inventory): string | undefined {
  const tenantId = subscriptions.find(({ id }) => sameId(id, subscriptionId))?.tenantId;
  const [only, ...others] = tenants.filter(({ id }) => tenantId !== undefined && sameId(id, tenantId));
  return others.length === 0 ? only?.account?.label : undefined;
}

/** Vaults and replicas may be in any subscription, even one that the view doesn't show. */
async function openReader(services: CheckSources, run: readonly Creation[], signal: AbortSignal): Promise<FactsReader> {
  const { subscriptions } = await allSubscriptions(services, signal);
  return factsReader(
    await services.azure.get(),
    subscriptions.map(({ id }) => id),
    run.map(({ server }) => server),
  );
}

function complete(creation: Creation, { vault, version, serverKeys }: ShownFacts): Creation {
  const home = vault.value ?? creation.vault;
  const vaultKey = version?.value ?? creation.vaultKey;
  return {
    ...creation,
    key: asSpelled(creation.key, home, vaultKey),
    vault: home,
    vaultKey,
    existing: serverKeys.value && findServerKey(serverKeys.value, creation.key),
  };
}

function replicasOf({ partners }: Facts): readonly Replica[] | undefined {
  return partners.value
    ?.filter(({ role }) => role === 'secondary')
    .map(({ name, place }) => ({ name, ...(place && { resourceGroup: place.resourceGroup }) }));
}
