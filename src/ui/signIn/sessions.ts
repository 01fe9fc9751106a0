import { authentication, l10n, type AuthenticationGetSessionOptions, type AuthenticationSession } from 'vscode';
import { publicCloud, type Cloud } from '../../core/clouds';
import { knownError } from '../../core/errors/errorCode';
import type { Account } from '../../core/model';
import { ignoredSettings } from '../configuration';
import { cloudSettingsSection } from '../ids';

/** The ID of one of VS Code's two providers of Microsoft accounts: one for the public cloud, one for all others. */
export type ProviderId = 'microsoft' | typeof cloudSettingsSection;

export const providerOf = (cloud: Cloud): ProviderId => (cloud === publicCloud ? 'microsoft' : cloudSettingsSection);

export interface SessionRequest {
  /** By default the home tenant of the account. */
  readonly tenantId?: string | undefined;
  /** The claims that Resource Manager requires in addition to those of an earlier token, as JSON. */
  readonly claims?: string | undefined;
}

/**
 * A session for a cloud's Resource Manager; undefined if there is none, or if the user canceled.
 * VS Code takes the tenant as a scope (extensions/microsoft-authentication, scopeData.ts) and claims as a challenge.
 */
export function getSession(
  cloud: Cloud,
  { tenantId, claims }: SessionRequest,
  options: AuthenticationGetSessionOptions,
): Promise<AuthenticationSession | undefined> {
  const scopes = [cloud.scope, ...(tenantId === undefined ? [] : [`VSCODE_TENANT:${tenantId}`])];
  const challenge = (json: string) => ({
    wwwAuthenticate: `Bearer error="insufficient_claims", claims="${Buffer.from(json).toString('base64')}"`,
    fallbackScopes: scopes,
  });
  const request = claims === undefined ? scopes : challenge(claims);
  return ask(providerOf(cloud), (id) => authentication.getSession(id, request, options), undefined);
}

export function getAccounts(provider: ProviderId): Promise<readonly Account[]> {
  return ask(provider, (id) => authentication.getAccounts(id), []);
}

/** @returns the answer of VS Code, or `canceled` if the user cancels. Rejects with an `ArmError`. */
async function ask<T>(provider: ProviderId, call: (id: ProviderId) => Thenable<T>, canceled: T): Promise<T> {
  refuseCloudOfWorkspace(provider);
  try {
    return await call(provider);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // VS Code has no error types for these.
    if (/did not consent|cancell?ed/i.test(message)) return canceled;
    const missing = /authentication provider '.*' (to register|is)/i.test(message);
    throw knownError({ code: missing ? 'SignInUnavailable' : 'SignInFailed', message }, { cause: error });
  }
}

/**
 * VS Code's provider for other clouds reads merged settings. If a workspace changes them, it signs in wherever the workspace
 * says, and may send a refresh token of the user's cloud there. Versions before microsoft/vscode#324853 do so even if the
 * workspace isn't trusted. This extension can't prevent that, so it doesn't use the provider in such a workspace.
 * The provider for the public cloud ignores these settings.
 */
function refuseCloudOfWorkspace(provider: ProviderId): void {
  const [setting] = provider === 'microsoft' ? [] : ignoredSettings(cloudSettingsSection);
  if (setting === undefined) return;
  const message = l10n.t('This workspace changes the setting {0}.', setting);
  throw knownError({ code: 'CloudSetByWorkspace', message });
}
