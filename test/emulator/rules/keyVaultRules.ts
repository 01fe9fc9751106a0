import { messageIf, type Rule } from '../base/rule';
import { retentionDays, type RotationPolicy, type Vault } from '../base/state';

/** A request to create a key in a vault or a managed HSM. */
export interface CreateVaultKeyFacts {
  vault: Vault;
  name: string;
  /** Empty if the request has none. */
  kty: string;
  /** Bits; if undefined, Key Vault uses its default. */
  keySize: number | undefined;
  rotationPolicy?: RotationPolicy | undefined;
}

/** The key types that a key vault and a managed HSM can create. */
const typesIn: Record<Vault['kind'], readonly string[]> = {
  vault: ['RSA', 'RSA-HSM', 'EC', 'EC-HSM'],
  managedHsm: ['RSA-HSM', 'EC-HSM', 'oct-HSM'],
};

/** The sizes of a key in bits, the default first. Keys on elliptic curves have no size. */
const sizes: Record<string, readonly number[]> = {
  RSA: [2048, 3072, 4096],
  oct: [256, 128, 192],
};

const sizesOf = (kty: string): readonly number[] => sizes[kty.replace(/-HSM$/, '')] ?? [];

/** The requested size of a key or the default; undefined for key types without a size. */
export const sizeOfNewKey = ({ kty, keySize }: CreateVaultKeyFacts): number | undefined =>
  sizesOf(kty).length === 0 ? undefined : (keySize ?? sizesOf(kty)[0]);

/** Source: Key Vault docs, "Configure cryptographic key auto-rotation". */
const leastValidDays = 28;
const leastRotationDays = 7;

/** The days of an ISO 8601 duration such as P2Y, P18M, or P90D; 0 if it isn't one. */
function daysOf(duration: string): number {
  const [, amount = '0', unit = 'D'] = /^P(\d+)([DMY])$/.exec(duration) ?? [];
  return Number(amount) * ({ M: 30, Y: 365 }[unit] ?? 1);
}

const noPolicy: Pick<RotationPolicy, 'expiryTime' | 'lifetimeActions'> = { lifetimeActions: [] };

/** The shorter of the times between the creation of a version, its rotation, and its end, in days. */
function shortestDays(
  { timeAfterCreate, timeBeforeExpiry }: RotationPolicy['lifetimeActions'][number]['trigger'],
  expiryTime: string | undefined,
): number {
  const all = expiryTime === undefined ? Infinity : daysOf(expiryTime);
  const after = timeAfterCreate === undefined ? [] : [daysOf(timeAfterCreate)];
  const before = timeBeforeExpiry === undefined ? [] : [daysOf(timeBeforeExpiry)];
  return Math.min(...after, ...before, ...[...after, ...before].map((days) => all - days));
}

/** The checks of PUT …/vaults/V/keys/NAME. ARM returns the errors of Key Vault's data plane. */
export const createVaultKeyRules: readonly Rule<CreateVaultKeyFacts>[] = [
  {
    code: 'BadParameter',
    status: 400,
    when: (f) => messageIf(!/^[a-z0-9-]{1,127}$/i.test(f.name), `The request URI contains an invalid name: ${f.name}`),
  },
  {
    code: 'BadRequest',
    status: 400,
    when: (f) => messageIf(f.kty === '', 'Property kty is missing.'),
  },
  {
    code: 'BadParameter',
    status: 400,
    when: (f) => messageIf(!typesIn[f.vault.kind].includes(f.kty), `Invalid kty value: ${f.kty}`),
  },
  {
    code: 'Forbidden',
    status: 403,
    when: (f) =>
      messageIf(
        f.vault.kind === 'vault' && f.vault.sku.toLowerCase() === 'standard' && f.kty.endsWith('-HSM'),
        'Hardware key operation not allowed on standard vault',
      ),
  },
  {
    code: 'BadParameter',
    status: 400,
    when: (f) =>
      messageIf(
        f.keySize !== undefined && sizesOf(f.kty).length > 0 && !sizesOf(f.kty).includes(f.keySize),
        'Unsupported key size',
      ),
  },
  {
    code: 'BadParameter',
    status: 400,
    when: ({ rotationPolicy }) =>
      messageIf(
        rotationPolicy?.expiryTime !== undefined && daysOf(rotationPolicy.expiryTime) < leastValidDays,
        'The key expiry time of a rotation policy must be a duration of at least 28 days.',
      ),
  },
  {
    code: 'BadParameter',
    status: 400,
    when: ({ rotationPolicy: { expiryTime, lifetimeActions } = noPolicy }) =>
      messageIf(
        expiryTime === undefined && lifetimeActions.some(({ trigger }) => trigger.timeBeforeExpiry !== undefined),
        'A lifetime action with timeBeforeExpiry needs the key expiry time of the rotation policy.',
      ),
  },
  {
    code: 'BadParameter',
    status: 400,
    when: ({ rotationPolicy: { expiryTime, lifetimeActions } = noPolicy }) =>
      messageIf(
        lifetimeActions.some(
          ({ action, trigger }) => action.type === 'rotate' && shortestDays(trigger, expiryTime) < leastRotationDays,
        ),
        'A key can be rotated at the earliest 7 days after its creation and at the latest 7 days before it expires.',
      ),
  },
];

/** The new properties of a key vault or a managed HSM. */
export interface UpdateVaultFacts {
  properties: Record<string, unknown>;
}

/** The checks of PATCH …/vaults/V: both features are irreversible. Key Vault refuses "false" even if the feature is off. */
export const updateVaultRules: readonly Rule<UpdateVaultFacts>[] = [
  {
    code: 'BadRequest',
    status: 400,
    when: ({ properties }) =>
      messageIf(
        properties.enablePurgeProtection === false,
        'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
      ),
  },
  {
    code: 'BadRequest',
    status: 400,
    when: ({ properties }) =>
      messageIf(
        properties.enableSoftDelete === false,
        `The property "enableSoftDelete" can be set to false only for creating new vault. Enabling the 'soft delete' functionality is an irreversible action.`,
      ),
  },
  {
    code: 'BadRequest',
    status: 400,
    when: ({ properties: { softDeleteRetentionInDays: days } }) =>
      messageIf(
        days !== undefined && days !== retentionDays,
        `The property "softDeleteRetentionInDays" has been set already and it can't be modified.`,
      ),
  },
];
