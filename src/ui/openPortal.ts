import { env, Uri } from 'vscode';
import type { Services } from './services';

/**
 * Opens a page in the portal of the cloud.
 * @param page the part of the address after "#" and the tenant
 * @param tenantId the tenant of the resource, so that the portal signs in to the right one
 */
export async function openPortal({ cloud }: Services, page: string, tenantId?: string): Promise<void> {
  const tenant = tenantId === undefined ? '' : `@${encodeURIComponent(tenantId)}/`;
  await env.openExternal(Uri.parse(`${cloud().portal}/#${tenant}${page}`));
}
