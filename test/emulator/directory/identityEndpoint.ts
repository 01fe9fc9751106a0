import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Emulator } from '../base/emulator';
import { applicationToken } from './tokenEndpoint';
import { findApplication, findPrincipal } from '../base/find';

export interface IdentityEndpoint {
  endpoint: string;
  /** The secret that clients send as X-IDENTITY-HEADER. */
  header: string;
  close: () => Promise<void>;
}

function answer(emulator: Emulator, header: string, request: IncomingMessage): { status: number; body: object } {
  if (request.headers['x-identity-header'] !== header) {
    return { status: 401, body: { statusCode: 401, message: 'The X-IDENTITY-HEADER header is missing or wrong.' } };
  }
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const resource = query.get('resource');
  if (!resource) return { status: 400, body: { statusCode: 400, message: 'The resource parameter is missing.' } };
  const clientId = query.get('client_id');
  const { state } = emulator;
  const principal = clientId === null ? findPrincipal(state, state.caller) : findApplication(state, clientId);
  if (!principal) return { status: 400, body: { statusCode: 400, message: 'No managed identity has this client id.' } };
  return { status: 200, body: { ...applicationToken(emulator, principal, resource), client_id: principal.appId } };
}

/**
 * Serves the managed identity endpoint of Azure App Service (api-version 2019-08-01), which @azure/identity finds in
 * IDENTITY_ENDPOINT and IDENTITY_HEADER. As in Azure, it is plain HTTP on the loopback address.
 */
export async function serveIdentity(emulator: Emulator): Promise<IdentityEndpoint> {
  const header = randomUUID();
  const server = createServer((request, response) => {
    const { status, body } = answer(emulator, header, request);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${port}/msi/token`, header, close };
}
