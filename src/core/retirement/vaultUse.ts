import { sameId } from '../armId';
import type { RoleGrant } from '../accessModel';
import { accessCheck } from '../checks/accessCheck';
import type { Reading } from '../checks/facts';
import type { Finding } from '../errors/finding';
import type { ServerDetails, ServerKey, SqlServer, TdeProtector } from '../model';
import type { KeyIdentifier, KeyVault, PermissionModel, VaultSettings } from '../vaultModel';

/** A vault, or one key of it with all its versions, whose users are wanted. */
export interface KeyOrVault {
  readonly host: string;
  /** The name of the key; absent for the whole vault. */
  readonly keyName?: string;
}

/** What a server has of a vault. */
export interface UsingServer {
  readonly server: SqlServer;
  /** Its server keys of the vault. */
  readonly keys: readonly ServerKey[];
  readonly protector: Reading<TdeProtector>;
  readonly details: Reading<ServerDetails>;
  /** The key of the vault that is its TDE protector. */
  readonly protectorKey?: KeyIdentifier;
  /** Roles of its identity on that key; absent if there is nothing to ask about. */
  readonly roles?: Reading<readonly RoleGrant[]>;
}

/** Which servers use a key or a vault. */
export interface VaultUse {
  readonly of: KeyOrVault;
  /** Undefined if the accounts don't see the vault. */
  readonly vault: Reading<KeyVault | undefined>;
  readonly settings?: Reading<VaultSettings>;
  readonly servers: readonly UsingServer[];
  /** Servers whose server keys couldn't be read. */
  readonly unread: readonly { readonly server: SqlServer; readonly reading: Reading<unknown> }[];
  /** How many servers were asked. */
  readonly asked: number;
}

/** What a change of the vault does to a server. */
export type Effect = 'keeps' | 'loses' | 'unknown';

/** What happens to the databases of a server. */
export interface Rehearsal {
  readonly server: SqlServer;
  /** The TDE protector is the key, or one of the vault, so that the databases need it now. */
  readonly isProtector: boolean | undefined;
  readonly keys: readonly ServerKey[];
  /** With the permission model that the vault has, and with the other one; absent if the databases don't need the vault. */
  readonly now?: Finding;
  readonly switched?: Finding;
}

/** The other permission model of a key vault; undefined for a managed HSM, which has only its local roles. */
export function otherModel(model: PermissionModel | undefined): Exclude<PermissionModel, 'localRoles'> | undefined {
  if (model === undefined || model === 'localRoles') return undefined;
  return model === 'roles' ? 'accessPolicies' : 'roles';
}

/** Whether a key identifier names the key, any version of it, or any key of the vault. */
export function isOf({ host, keyName }: KeyOrVault, uri: string | undefined): boolean {
  const [, ofHost, , ofKey] = /^https:\/\/([^/:]+)(:443)?\/keys\/([^/]+)/i.exec(uri ?? '') ?? [];
  return sameId(ofHost, host) && (keyName === undefined || sameId(ofKey, keyName));
}

/** Says for each server what a switch of the vault's permission model would do, from what was read. */
export function rehearse({ of, vault, settings, servers }: VaultUse): readonly Rehearsal[] {
  return servers.map((using): Rehearsal => {
    const { server, keys, protector, protectorKey: key } = using;
    const isProtector = protector.value && isOf(of, protector.value.uri);
    if (!key || !vault.value || !settings?.value) return { server, isProtector, keys };
    const { value } = settings;
    const other = otherModel(value.permissionModel);
    const withModel = (permissionModel: PermissionModel): { readonly finding?: Finding } => {
      const facts = {
        user: using.details,
        vault,
        settings: { value: { ...value, permissionModel } },
        roles: using.roles,
      };
      const [finding] = accessCheck({ key, user: server }, facts);
      return finding ? { finding } : {};
    };
    const now = withModel(value.permissionModel).finding;
    const switched = other && withModel(other).finding;
    return { server, isProtector, keys, ...(now && { now }), ...(switched && { switched }) };
  });
}

/** What a finding about access means for the databases. A condition of a role isn't evaluated. */
export function effectOf(finding: Finding | undefined): Effect {
  switch (finding?.outcome) {
    case 'pass':
      return 'keeps';
    case 'fail':
      return 'loses';
    case 'warn':
    case 'unknown':
    case undefined:
      return 'unknown';
  }
}
