import type { Emulator } from '../base/emulator';

export interface TokenRequest {
  emulator: Emulator;
  /** The first part of the path. */
  tenant: string;
  form: URLSearchParams;
}

/** Scopes that say what else the client wants, not what for. */
const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];

/** v1 clients name a resource, v2 clients a scope RESOURCE/.default; either may end in a slash. */
export function audienceOf(form: URLSearchParams): string {
  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => !openIdScopes.includes(scope));
  return form.get('resource') ?? scopes[0]?.replace(/\/*\.default$/, '') ?? '';
}
