import type { Creation } from '../../../core/creation/creation';
import type { Finding } from '../../../core/errors/finding';
import type { ChosenKey } from '../../../core/keys/keyChoice';
import type { KeyVault, NewKey, SqlServer } from '../../../core/model';

/** The server keys to create or check, and the findings about them. */
export interface Summary {
  readonly servers: readonly SqlServer[];
  readonly subscriptionName: (id: string) => string;
  /** Absent if only a key identifier is known. */
  readonly vault: KeyVault | undefined;
  readonly keys: readonly ChosenKey[];
  /** The key to create first, which is then the only one. */
  readonly newKey: NewKey | undefined;
  readonly creations: readonly Creation[];
  readonly findings: readonly Finding[];
}
