import type { KeyIdentifier, KeyVault, ServerDetails, SqlServer, UserAssignedIdentity } from '../model';
import type { ServerPlace } from '../ports';

/** The identity that a server uses to access the vault. */
export interface EffectiveIdentity {
  /** The name of the user-assigned identity, or of the server. */
  readonly name: string;
  readonly kind: 'systemAssigned' | 'userAssigned';
  /** Object ID; absent if the server refers to an identity that it doesn't have. */
  readonly principalId?: string;
}

/** A change that may make a refused creation succeed. Only the user can run `runCommand`: it needs Key Vault's data plane or a decision. */
export type Fix =
  | { readonly kind: 'assignIdentity'; readonly server: SqlServer }
  | { readonly kind: 'choosePrimaryIdentity'; readonly server: ServerDetails }
  | { readonly kind: 'setPrimaryIdentity'; readonly server: SqlServer; readonly identity: UserAssignedIdentity }
  | {
      readonly kind: 'grantRole';
      readonly principalId: string;
      readonly principalName: string;
      readonly vault: KeyVault;
      /** ARM ID of the key. */
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
  | { readonly kind: 'registerProvider'; readonly subscriptionId: string; readonly namespace: string }
  | { readonly kind: 'enablePurgeProtection'; readonly vault: KeyVault; readonly retentionDays?: number }
  | { readonly kind: 'allowTrustedServices'; readonly vault: KeyVault }
  | { readonly kind: 'chooseKey' }
  | { readonly kind: 'chooseVersion' }
  | { readonly kind: 'createOnReplicas'; readonly replicas: readonly ServerPlace[]; readonly key: KeyIdentifier }
  | { readonly kind: 'waitForOperation'; readonly server: ServerPlace }
  | {
      readonly kind: 'runCommand';
      readonly title: string;
      readonly command: string;
      /** The portal page for it: the part of its address after "#". */
      readonly portal?: string;
    };
