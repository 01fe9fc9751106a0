import * as l10n from '@vscode/l10n';
import type { RoleGrant } from '../accessModel';
import type { ArmError } from '../armError';
import type { Cloud } from '../clouds';
import type { Creation } from '../creation/creation';
import { diagnose } from '../errors/diagnose';
import type { Finding } from '../errors/finding';
import type { KeyIdentifier } from '../vaultModel';
import type { Facts, KeyUseFacts, KeyUser, ServerFacts } from './facts';

/** What a check uses besides the facts. */
export interface World {
  readonly cloud: Cloud;
  readonly now: Date;
  /** The name that the account with access to the server signs in with; absent if unknown or if several have access. */
  readonly account?: string;
  /** All creations of the run; absent if there is only one. */
  readonly run?: readonly Creation[];
}

/** Evaluates some of the facts about a creation. A fact that is unknown only because another one is unknown gets no finding. */
export type Check<Needed extends keyof Facts = keyof Facts> = (
  creation: Creation,
  facts: Pick<Facts, Needed>,
  world: World,
) => readonly Finding[];

/** A key, and who uses it. */
export interface KeyUse {
  readonly user: Pick<KeyUser, 'id' | 'name' | 'tenantId'>;
  readonly key: KeyIdentifier;
}

/** The same for the facts about the use of a key. */
export type KeyUseCheck<Needed extends keyof KeyUseFacts = keyof KeyUseFacts> = (
  use: KeyUse,
  facts: Pick<KeyUseFacts, Needed>,
  world: World,
) => readonly Finding[];

/** The same for the facts about a server itself. */
export type ServerCheck = (of: Pick<Creation, 'server'>, facts: ServerFacts, world: World) => readonly Finding[];

/**
 * The finding about a fact that couldn't be read.
 * @param fact what couldn't be read, for example "locks of …"
 */
export function notChecked(fact: string, error: ArmError, codes: Finding['codes']): Finding {
  const { what, cause } = diagnose(error);
  return { outcome: 'unknown', text: l10n.t('Could not be checked: {0}', fact), detail: `${what} ${cause}`, codes };
}

/** The role assignment that gives a right, and where. */
export const grantText = ({ roleName, scope, assignment }: RoleGrant): string =>
  l10n.t('Role "{0}" at {1} (role assignment {2})', roleName, scope, assignment);

/** Whether the actions of a role or permission include an action. They may contain "*", and casing does not matter. */
export function includesAction(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => matchesWildcards(pattern.toLowerCase(), action.toLowerCase()));
}

/** Searches instead of using a regular expression, which takes minutes for a custom role with many wildcards. */
function matchesWildcards(pattern: string, text: string): boolean {
  const [start = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) return pattern === text;
  if (!text.startsWith(start)) return false;
  let position = start.length;
  for (const part of parts) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return text.length - end.length >= position && text.endsWith(end);
}
