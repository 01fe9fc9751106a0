import type { FastifyInstance } from 'fastify';
import type { Emulator } from '../base/emulator';
import { EntraError, entraBody } from './entraError';
import { grantToken } from './tokenEndpoint';

const metadata = (authority: string, token: string, issuer: string) => ({
  issuer,
  authorization_endpoint: `${authority}/oauth2/authorize`,
  token_endpoint: token,
  jwks_uri: `${authority}/discovery/keys`,
  token_endpoint_auth_methods_supported: ['client_secret_post'],
  response_types_supported: ['code', 'id_token'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid'],
});

/**
 * Serves the token endpoints: an AD FS authority, as in Azure Stack, which `az cloud register` accepts,
 * and the URLs of Microsoft Entra ID for other clients.
 */
export function serveDirectory(server: FastifyInstance, emulator: Emulator): void {
  server.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof EntraError)) throw error;
    return reply.code(error.details.status).send(entraBody(emulator.armUrl, error.details));
  });
  server.get('/adfs/.well-known/openid-configuration', () => {
    const authority = `${emulator.armUrl}/adfs`;
    return metadata(authority, `${authority}/oauth2/token`, authority);
  });
  server.get<{ Params: { tenant: string } }>('/:tenant/v2.0/.well-known/openid-configuration', ({ params }) => {
    const authority = `${emulator.armUrl}/${params.tenant}`;
    return metadata(authority, `${authority}/oauth2/v2.0/token`, `${authority}/v2.0`);
  });
  const answer = (tenant: string, body: unknown): object =>
    grantToken({ emulator, tenant, form: new URLSearchParams(typeof body === 'string' ? body : '') });
  server.post('/adfs/oauth2/token', ({ body }) => answer('adfs', body));
  for (const path of ['/:tenant/oauth2/v2.0/token', '/:tenant/oauth2/token']) {
    server.post<{ Params: { tenant: string } }>(path, ({ params, body }) => answer(params.tenant, body));
  }
}
