import type { CommandName } from '../cli/commandTemplates';

/** auto: the same request may succeed later. afterFix: only after something changes. never: not in this form. */
export type RetryMode = 'auto' | 'afterFix' | 'never';

/**
 * Properties of a code that callers react to.
 * - signIn: the user has to sign in, or sign in with another factor
 * - otherSignIn: signing in again, or with another account, may help
 * - noCause: the code names no cause, so any problem may be the cause
 * - propagating: Azure SQL may return it for some minutes after permissions are granted
 * - throttled: Azure accepts no more requests for now
 * - alreadyThere: the server already has such a server key
 * - notFound: the resource, or one above it, does not exist
 */
export type Trait = 'signIn' | 'otherSignIn' | 'noCause' | 'propagating' | 'throttled' | 'alreadyThere' | 'notFound';

/**
 * Names to insert after a noun: each is empty or a space and a quoted name, as in ` "sql-orders"`. `about` goes at the end
 * of a sentence and is empty or in parentheses, as in ` ("sql-orders / ServiceManaged")`. `action` is the permission and
 * `remote` the other server that the service's message names, `role` the least built-in role with this permission, without quotes;
 * `policy` and `definition` the policy assignment and its definition; `says` is the whole message. `account` is the one that a pasted
 * message names, or empty, and undefined if the user's own account failed.
 */
export type Names = Readonly<
  Record<
    | 'server'
    | 'key'
    | 'resource'
    | 'resourceGroup'
    | 'subscription'
    | 'about'
    | 'action'
    | 'role'
    | 'remote'
    | 'policy'
    | 'definition'
    | 'says',
    string
  > & { account?: string | undefined }
>;

export interface CatalogueTexts {
  /** A heading in sentence case. */
  readonly title: string;
  /** One sentence in the present tense. */
  readonly what: string;
  readonly cause: string;
  /** What to do, as imperative sentences, the most promising first. */
  readonly steps: readonly string[];
}

/** What the extension knows about an error code. */
export interface CatalogueRow {
  readonly retryMode: RetryMode;
  /** The numbers of the same error in SQL clients. Source: "Database engine events and errors (41400 to 49999)". */
  readonly numbers?: readonly number[];
  /** Path of a page on learn.microsoft.com. */
  readonly page?: string;
  /** The command that fixes the cause or shows more about it. */
  readonly command?: CommandName;
  /** The command for a managed instance, where it differs. */
  readonly instanceCommand?: CommandName;
  readonly traits?: readonly Trait[];
  /** Localized when called. */
  readonly texts: (names: Names) => CatalogueTexts;
}

export type CatalogueTable = Readonly<Record<string, CatalogueRow>>;
