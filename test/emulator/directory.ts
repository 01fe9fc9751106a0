import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Emulator } from './context';
import { same } from './finders';
import type { Principal } from './state';
import { issueToken } from './tokens';

const formOf = (body: unknown): URLSearchParams => new URLSearchParams(typeof body === 'string' ? body : '');

/** v1 clients name a resource, v2 clients a scope RESOURCE/.default; either may end in a slash. */
const audienceOf = (form: URLSearchParams): string =>
  form.get('resource') ?? (form.get('scope') ?? '').split(' ')[0]?.replace(/\/*\.default$/, '') ?? '';

function refuse(reply: FastifyReply, status: number, error: string, description: string): FastifyReply {
  return reply.code(status).send({ error, error_description: description });
}

export function tokenAnswer(emulator: Emulator, principal: Principal, audience: string) {
  const { secret, options } = emulator;
  const now = Date.now();
  return {
    access_token: issueToken(secret, principal, audience, options.tokenLifetime, now),
    token_type: 'Bearer',
    expires_in: options.tokenLifetime,
    expires_on: String(Math.floor(now / 1000) + options.tokenLifetime),
    resource: audience,
  };
}

function token(emulator: Emulator, body: unknown, reply: FastifyReply): FastifyReply {
  const form = formOf(body);
  if (form.get('grant_type') !== 'client_credentials') {
    return refuse(reply, 400, 'unsupported_grant_type', 'The emulator knows client_credentials only.');
  }
  const principal = emulator.state.principals.find((p) => same(p.appId, form.get('client_id') ?? ''));
  if (!principal?.secret || principal.secret !== form.get('client_secret')) {
    return refuse(reply, 401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
  }
  return reply.send({
    ...tokenAnswer(emulator, principal, audienceOf(form)),
    ext_expires_in: emulator.options.tokenLifetime,
  });
}

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
 * Where clients get tokens: an AD FS authority, as Azure Stack has it and as `az cloud register` takes it,
 * and the address form of Microsoft Entra ID for clients that know only that one.
 */
export function serveDirectory(server: FastifyInstance, emulator: Emulator): void {
  server.get('/adfs/.well-known/openid-configuration', () => {
    const authority = `${emulator.armUrl}/adfs`;
    return metadata(authority, `${authority}/oauth2/token`, authority);
  });
  server.get<{ Params: { tenant: string } }>('/:tenant/v2.0/.well-known/openid-configuration', ({ params }) => {
    const authority = `${emulator.armUrl}/${params.tenant}`;
    return metadata(authority, `${authority}/oauth2/v2.0/token`, `${authority}/v2.0`);
  });
  for (const path of ['/adfs/oauth2/token', '/:tenant/oauth2/v2.0/token', '/:tenant/oauth2/token']) {
    server.post(path, ({ body }, reply) => token(emulator, body, reply));
  }
}
