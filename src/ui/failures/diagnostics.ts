import { env, UIKind, version } from 'vscode';
import { idKey } from '../../core/armId';
import { builtInClouds } from '../../core/clouds';
import { diagnosisLog, type Diagnosis } from '../../core/errors/diagnose';
import { hostKind, surroundingsLog, type Surroundings } from '../../core/errors/surroundings';
import { isReadOnly, selectedSubscriptions, signInMethod } from '../configuration';
import type { Inventory } from '../inventory';
import type { Services } from '../services';
import { subscriptionFilter } from '../subscriptionFilter';

/** The failures, and what surrounds them, as a text to copy. Sends no request. */
export function diagnosticsText(services: Services, diagnoses: readonly Diagnosis[]): string {
  return [...diagnoses.map(diagnosisLog), surroundingsLog(surroundingsOf(services))].join('\n\n');
}

function surroundingsOf(services: Services): Surroundings {
  const filter = subscriptionFilter(selectedSubscriptions());
  const inventory = services.inventory.last();
  return {
    version: services.version,
    vscode: version,
    host: `${hostKind(env.remoteName, env.uiKind === UIKind.Web)}, ${process.platform} ${process.arch}`,
    cloud: ifValid(() => nameOfCloud(services)),
    signIn: ifValid(signInMethod),
    isReadOnly: isReadOnly(),
    filter: filter && { subscriptions: filter.subscriptions.size, tenants: filter.tenantIds.size },
    read: inventory && countsOf(inventory),
  };
}

/** A custom cloud has a name that its users have chosen. */
function nameOfCloud(services: Services): string {
  const cloud = services.cloud();
  return builtInClouds.includes(cloud) ? cloud.name : 'custom';
}

/** Undefined if a setting is invalid. */
function ifValid(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function countsOf({ tenants, failures, subscriptions, servers, asOf }: Inventory) {
  const all = [...tenants, ...failures.map(({ tenant }) => tenant)];
  const distinct = (ids: readonly (string | undefined)[]) => new Set(ids.map((id) => idKey(id ?? ''))).size;
  return {
    accounts: distinct(all.map(({ account }) => account?.id)),
    tenants: distinct(tenants.map(({ id }) => id)),
    subscriptions: subscriptions.length,
    servers: servers.length,
    asOf,
  };
}
