import { env, Uri } from 'vscode';
import type { Services } from './services';

/**
 * Opens a page in the portal of the cloud.
 * @param page what follows "#" and the tenant in its address
 * @param tenantId where several tenants are signed in to, the portal has to be told which one a resource is in
 */
export async function openPortal({ cloud }: Services, page: string, tenantId?: string): Promise<void> {
  const tenant = tenantId === undefined ? '' : `@${tenantId}/`;
  // A string, because Uri would encode an address within the fragment.
  await env.openExternal(Uri.parse(`${cloud().portal}/#${tenant}${page}`));
}
