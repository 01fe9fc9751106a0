import type { KeyIdentifier } from '../keys/keyIdentifier';
import type { KeyVault, SqlServer } from '../model';
import type { ServerPlace } from '../ports';

/** The identity with which a server goes to the vault. */
export interface EffectiveIdentity {
  /** How people know it: the name of the user-assigned identity, or the server's own. */
  readonly name: string;
  readonly kind: 'systemAssigned' | 'userAssigned';
  /** Object id; absent where the server names an identity that it does not have. */
  readonly principalId?: string;
}

/** What would make the refused creation possible. `runCommand` is for the user: it takes Key Vault's data plane, or a decision that is not ours. */
export type Fix =
  | { readonly kind: 'assignIdentity'; readonly server: SqlServer }
  | {
      readonly kind: 'grantRole';
      readonly principalId: string;
      readonly principalName: string;
      readonly vault: KeyVault;
      /** ARM id of the key. */
      readonly scope: string;
    }
  | {
      readonly kind: 'addAccessPolicy';
      readonly principalId: string;
      readonly principalName: string;
      readonly tenantId: string;
      readonly vault: KeyVault;
      readonly missing: readonly string[];
    }
  | { readonly kind: 'enablePurgeProtection' | 'allowTrustedServices'; readonly vault: KeyVault }
  | { readonly kind: 'chooseKey' }
  | { readonly kind: 'chooseVersion' }
  | { readonly kind: 'createOnReplicas'; readonly replicas: readonly ServerPlace[]; readonly key: KeyIdentifier }
  | { readonly kind: 'waitForOperation'; readonly server: ServerPlace }
  | {
      readonly kind: 'runCommand';
      readonly title: string;
      readonly command: string;
      /** The page of the portal to do it at, as what follows "#" in its address. */
      readonly portal?: string;
    };
