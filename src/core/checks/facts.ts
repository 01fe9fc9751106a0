import { isArmError, type ArmError } from '../armError';
import { hasTrait } from '../errors/errorCatalogue';
import { knownError } from '../errors/errorCode';
import type { GeoPartner, KeyIdentifier, KeyVault, Lock, Permission, RoleGrant, RunningOperation, ServerDetails, ServerKey, SqlServer, TdeProtector, VaultKey, VaultSettings } from '../model';
import type { ServerPlace } from '../ports';

/** Something that was read, or why it could not be. */
export type Reading<T> =
  { readonly value: T; readonly error?: never } | { readonly value?: never; readonly error: ArmError };

/** A server key as it is asked for: what stands in the request's path and body. */
export interface ServerKeyRequest {
  readonly name: string;
  /** Absent: a request without content. */
  readonly properties?: { readonly serverKeyType?: string; readonly uri?: string };
}

/** A geo-replication partner and its server keys. */
export interface Partner extends GeoPartner {
  /** Where it is; absent where this sign-in does not see it. */
  readonly place?: ServerPlace;
  readonly serverKeys?: Reading<readonly ServerKey[]>;
}

/** All that a preflight looks at. What is absent follows from something before it that is not known. */
export interface Facts {
  readonly place: SqlServer;
  readonly request: ServerKeyRequest;
  /** Absent where the request names none. */
  readonly key?: KeyIdentifier;
  /** The key does not exist yet; its identifier has no version. */
  readonly isNew?: boolean;
  readonly server: Reading<ServerDetails>;
  /** Where a server of this name is now; asked only where it is not at its place. */
  readonly elsewhere?: Reading<SqlServer | undefined>;
  readonly serverKeys: Reading<readonly ServerKey[]>;
  readonly protector: Reading<TdeProtector>;
  readonly vault?: Reading<KeyVault | undefined>;
  readonly settings?: Reading<VaultSettings>;
  /** The version that counts: the one named, else the newest. */
  readonly version?: Reading<VaultKey>;
  readonly newest?: Reading<VaultKey>;
  /** Roles of the server's identity at the key. */
  readonly roles?: Reading<readonly RoleGrant[]>;
  readonly partners: Reading<readonly Partner[]>;
  readonly operations: Reading<readonly RunningOperation[]>;
  readonly locks: Reading<readonly Lock[]>;
  readonly permissions: Reading<readonly Permission[]>;
}

/**
 * Turns a failure into a reading, and also that there was no time left for it. What is no failure of Azure is thrown.
 * @param signal by which the call may have been ended
 */
export async function reading<T>(call: Promise<T>, signal?: AbortSignal): Promise<Reading<T>> {
  try {
    return { value: await call };
  } catch (error) {
    if (isArmError(error)) return { error };
    const reason: unknown = signal?.aborted ? signal.reason : undefined;
    if (reason instanceof Error && reason.name === 'TimeoutError') {
      return { error: knownError({ code: 'RequestTimeout', message: reason.message }, { cause: error }) };
    }
    throw error;
  }
}

/** Whether Azure said that there is no such thing. */
export function isAbsent(reading: Reading<unknown> | undefined): boolean {
  return reading?.error !== undefined && hasTrait(reading.error.code, 'notFound');
}
