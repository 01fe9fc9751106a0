import { readFileSync } from 'node:fs';
import { SqlManagementClient } from '@azure/arm-sql';
import type { FreshEmulator } from './freshEmulator';

/** All items of a list of an Azure SDK. */
export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

/** The credential and options of an Azure SDK's client of an emulator. */
export function connectionOf({ arm, running }: FreshEmulator) {
  const { arm: endpoint, ca } = running.info;
  const credential = {
    getToken: () => Promise.resolve({ token: arm.token, expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  return { credential, options: { endpoint, tlsOptions: { ca: readFileSync(ca) } } };
}

/** Subscription, resource group, and name in the ID of a resource. */
export function placeOf(id: string): [subscription: string, group: string, name: string] {
  const [, , subscription = '', , group = '', , , , name = ''] = id.split('/');
  return [subscription, group, name];
}

/** The client of Azure SQL for the subscription of a resource, and the resource's group and name. */
export function sqlSdk(azure: FreshEmulator, id: string) {
  const { credential, options } = connectionOf(azure);
  const [subscription, ...place] = placeOf(id);
  return { client: new SqlManagementClient(credential, subscription, options), place };
}
