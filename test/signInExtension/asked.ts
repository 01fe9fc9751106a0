/** What is asked of the directory. */
export interface Asked {
  /** A tenant's id, or "organizations" for the home tenant of whoever signs in. */
  tenant: string;
  clientId: string;
  /** For the directory, without those that VS Code's callers send to the provider itself. */
  scope: string;
  /** As the caller gave them: a session has to show them again. */
  scopes: readonly string[];
  /** From a challenge, as JSON. */
  claims?: string;
}

/** A WWW-Authenticate header as VS Code has taken it apart (proposed API authenticationChallenges). */
export interface Constraint {
  readonly challenges: readonly { readonly scheme: string; readonly params: Readonly<Record<string, string>> }[];
  readonly fallbackScopes?: readonly string[];
}

/** VS Code's own number at Microsoft. */
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
  if (scopes.length === 0) throw new Error('The challenge names no scopes, and neither does the caller.');
  if (bearer.claims === undefined) throw new Error('The challenge names no claims.');
  return { ...askedBy(scopes), claims: Buffer.from(bearer.claims, 'base64').toString() };
}
