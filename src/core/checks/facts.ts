import { isArmError, type ArmError } from '../armError';
import { hasTrait } from '../errors/errorCatalogue';
import { knownError } from '../errors/errorCode';
import type { DenyAssignment, Lock, Permission, PolicyDenial, RoleGrant } from '../accessModel';
import type { GeoPartner, RunningOperation, ServerDetails, ServerKey, SqlServer, TdeProtector } from '../model';
import type { KeyVault, VaultKey, VaultSettings } from '../vaultModel';
import type { ServerPlace } from '../ports';

/** A fact that was read, or why it couldn't be read. */
export type Reading<T> =
  { readonly value: T; readonly error?: never } | { readonly value?: never; readonly error: ArmError };

/** A geo-replication partner with its server keys and its TDE protector. */
export interface Partner extends GeoPartner {
  /** Absent if the signed-in accounts can't see the partner. */
  readonly place?: ServerPlace;
  readonly serverKeys?: Reading<readonly ServerKey[]>;
  readonly protector?: Reading<TdeProtector>;
}

/** The facts for the checks. A fact is undefined if it depends on another one that is unknown. */
export interface Facts {
  readonly server: Reading<ServerDetails>;
  /** The server with this name at another ARM ID; read only if it no longer exists at its own. */
  readonly elsewhere: Reading<SqlServer | undefined> | undefined;
  readonly serverKeys: Reading<readonly ServerKey[]>;
  readonly protector: Reading<TdeProtector>;
  /** The databases that are inaccessible; read only if the TDE protector is customer-managed. */
  readonly inaccessible: Reading<readonly string[]> | undefined;
  readonly vault: Reading<KeyVault | undefined>;
  readonly settings: Reading<VaultSettings> | undefined;
  /** The key version in use: the one in the key identifier, or else the newest enabled one. */
  readonly version: Reading<VaultKey> | undefined;
  readonly newest: Reading<VaultKey> | undefined;
  /** Roles of the identity that uses the key, on the key. */
  readonly roles: Reading<readonly RoleGrant[]> | undefined;
  readonly partners: Reading<readonly Partner[]>;
  readonly operations: Reading<readonly RunningOperation[]>;
  readonly locks: Reading<readonly Lock[]>;
  readonly denyAssignments: Reading<readonly DenyAssignment[]>;
  /** The policy assignments that deny the server key. */
  readonly policies: Reading<readonly PolicyDenial[]>;
  /** On the server: those in its resource group if they are enough. */
  readonly permissions: Reading<readonly Permission[]>;
  /** In the resource group of the server, where Azure runs the operations. */
  readonly groupPermissions: Reading<readonly Permission[]>;
  /** On the vault in which a key is created first. */
  readonly vaultPermissions: Reading<readonly Permission[]> | undefined;
}

/** Who uses a key: a server, a managed instance, or a database with its own TDE protector. */
export type KeyUser = Pick<
  ServerDetails,
  'id' | 'name' | 'tenantId' | 'identity' | 'identityTenantId' | 'federatedClientId'
>;

/** The facts about the use of a key, whoever uses it. */
export interface KeyUseFacts extends Pick<Facts, 'vault' | 'settings' | 'version' | 'newest' | 'roles'> {
  readonly user: Reading<KeyUser>;
}

/**
 * Waits for a call. Returns a failure of Azure or a timeout of the signal as a reading; rethrows anything else.
 * @param signal the signal that was passed to the call
 */
export async function tryRead<T>(call: Promise<T>, signal?: AbortSignal): Promise<Reading<T>> {
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

/** Whether Azure has reported that this doesn't exist. */
export function isAbsent(reading: Reading<unknown> | undefined): boolean {
  return reading?.error !== undefined && hasTrait(reading.error.code, 'notFound');
}

/** The facts about a server itself, whatever its server keys. */
export type ServerFacts = Pick<
  Facts,
  | 'server'
  | 'elsewhere'
  | 'serverKeys'
  | 'protector'
  | 'inaccessible'
  | 'partners'
  | 'operations'
  | 'locks'
  | 'denyAssignments'
  | 'permissions'
  | 'groupPermissions'
>;
