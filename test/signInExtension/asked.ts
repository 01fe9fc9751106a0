/** A request to the directory. */
export interface Asked {
  /** The ID of a tenant, or "organizations" for the home tenant of the account. */
  tenant: string;
  clientId: string;
  /** Without the scopes that are for the provider itself. */
  scope: string;
  /** As passed by the caller, because the session must return them. */
  scopes: readonly string[];
  /** From a challenge, as JSON. */
  claims?: string;
}

/** A WWW-Authenticate header as parsed by VS Code (proposed API authenticationChallenges). */
export interface Constraint {
  readonly challenges: readonly { readonly scheme: string; readonly params: Readonly<Record<string, string>> }[];
  readonly fallbackScopes?: readonly string[];
}

/** The client ID of VS Code at Microsoft Entra. */
const vscodeClientId = 'aebc6443-996d-45c2-90f0-388ff96faa56';

const valueOf = (scopes: readonly string[], name: string): string | undefined =>
  scopes.find((scope) => scope.startsWith(`${name}:`))?.slice(name.length + 1);

export const askedBy = (scopes: readonly string[]): Asked => ({
  tenant: valueOf(scopes, 'VSCODE_TENANT') ?? 'organizations',
  clientId: valueOf(scopes, 'VSCODE_CLIENT_ID') ?? vscodeClientId,
  scope: scopes.filter((scope) => !scope.startsWith('VSCODE_')).join(' '),
  scopes,
});

export function askedByChallenge({ challenges, fallbackScopes }: Constraint): Asked {
  const bearer = challenges.find(({ scheme }) => scheme.toLowerCase() === 'bearer')?.params ?? {};
  const scopes = bearer.scope?.split(' ') ?? fallbackScopes ?? [];
  if (scopes.length === 0) throw new Error('Neither the challenge nor the caller has scopes.');
  if (bearer.claims === undefined) throw new Error('The challenge has no claims.');
  return { ...askedBy(scopes), claims: Buffer.from(bearer.claims, 'base64').toString() };
}
