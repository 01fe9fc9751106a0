import type { Emulator } from '../base/emulator';
import { findApplication } from '../base/find';
import type { Principal } from '../base/state';
import { EntraError } from './entraError';
import { issueToken } from './tokens';
import { audienceOf, passwordGrant, refreshTokenGrant, type TokenRequest } from './userTokens';

/** The answer with an application's token, in the format of every token endpoint. */
export function applicationToken(emulator: Emulator, principal: Principal, audience: string) {
  const { tokenLifetime } = emulator.options;
  return {
    access_token: issueToken(emulator, principal, { appid: principal.appId ?? '', idtyp: 'app' }, audience),
    token_type: 'Bearer',
    expires_in: tokenLifetime,
    expires_on: String(Math.floor(Date.now() / 1000) + tokenLifetime),
    resource: audience,
  };
}

function clientCredentialsGrant({ emulator, form }: TokenRequest): object {
  const principal = findApplication(emulator.state, form.get('client_id') ?? '');
  if (!principal?.secret || principal.secret !== form.get('client_secret')) {
    throw new EntraError({
      status: 401,
      error: 'invalid_client',
      code: 'AADSTS7000215',
      message: 'Invalid client secret provided.',
    });
  }
  return {
    ...applicationToken(emulator, principal, audienceOf(form)),
    ext_expires_in: emulator.options.tokenLifetime,
  };
}

interface Grant {
  /** Required parameters of the request. */
  readonly requires: readonly string[];
  readonly answer: (request: TokenRequest) => object;
}

const grants: Record<string, Grant> = {
  client_credentials: { requires: [], answer: clientCredentialsGrant },
  password: { requires: ['client_id', 'scope', 'username', 'password'], answer: passwordGrant },
  refresh_token: { requires: ['client_id', 'scope', 'refresh_token'], answer: refreshTokenGrant },
};

/** Returns the body of a successful answer; throws an EntraError otherwise. */
export function grantToken(request: TokenRequest): object {
  const type = request.form.get('grant_type') ?? '';
  const grant = grants[type];
  if (!grant) {
    throw new EntraError({
      status: 400,
      error: 'unsupported_grant_type',
      code: 'AADSTS70003',
      message: `The app requested an unsupported grant type '${type}'.`,
    });
  }
  const missing = grant.requires.find((name) => (request.form.get(name) ?? '') === '');
  if (missing !== undefined) {
    throw new EntraError({
      status: 400,
      error: 'invalid_request',
      code: 'AADSTS900144',
      message: `The request body must contain the following parameter: '${missing}'.`,
    });
  }
  return grant.answer(request);
}
