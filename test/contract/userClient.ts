import { dba } from '../emulator/seeds/demoNames';
import { armClient, postForm, type ArmClient, type HttpAnswer } from './armClient';
import { freshEmulator, type FreshEmulator } from './freshEmulator';

type Form = Record<string, string>;

/** Token requests of the users of the demo seed. */
export interface UserClient {
  azure: FreshEmulator;
  requestToken: (tenant: string, form: Form) => Promise<HttpAnswer>;
  /** Signs in with a password, by default as `dba`. */
  byPassword: (tenant: string, more?: Form, user?: { name: string; password: string }) => Promise<HttpAnswer>;
  byRefreshToken: (tenant: string, granted: HttpAnswer, more?: Form) => Promise<HttpAnswer>;
  /** The scopes that request a refresh token. */
  offline: () => Form;
  /** A client of ARM with the token of an answer. */
  armOf: (granted: HttpAnswer) => Promise<ArmClient>;
}

/** Starts an emulator for a suite. */
export function userClient(): UserClient {
  const azure = freshEmulator();
  const requestToken = (tenant: string, form: Form): Promise<HttpAnswer> => {
    const { info } = azure.running;
    const body = { client_id: 'a-client', scope: `${info.arm}/.default`, ...form };
    return postForm(`${info.arm}/${tenant}/oauth2/v2.0/token`, info, body);
  };
  return {
    azure,
    requestToken,
    byPassword: (tenant, more = {}, { name, password } = dba) =>
      requestToken(tenant, { grant_type: 'password', username: name, password, ...more }),
    byRefreshToken: (tenant, { body }, more = {}) =>
      requestToken(tenant, { grant_type: 'refresh_token', refresh_token: String(body.refresh_token), ...more }),
    offline: () => ({ scope: `openid offline_access ${azure.running.info.arm}/.default` }),
    armOf: ({ body }) => armClient(azure.running.info, String(body.access_token)),
  };
}
