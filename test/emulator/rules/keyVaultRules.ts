import type { Vault } from '../base/state';
import { text, type Rule } from '../base/rule';

/** A request to create a key in a vault or a managed HSM. */
export interface CreateVaultKeyFacts {
  vault: Vault;
  name: string;
  /** Empty when the request names none. */
  kty: string;
  /** Bits; undefined leaves the choice to Key Vault. */
  keySize: number | undefined;
}

/** Key types that can be created, by what they are created in. */
const typesIn: Record<Vault['kind'], readonly string[]> = {
  vault: ['RSA', 'RSA-HSM', 'EC', 'EC-HSM'],
  managedHsm: ['RSA-HSM', 'EC-HSM', 'oct-HSM'],
};

/** Bits that a key may have, the default first. Elliptic curves have none to choose. */
const sizes: Record<string, readonly number[]> = {
  RSA: [2048, 3072, 4096],
  oct: [256, 128, 192],
};

const sizesOf = (kty: string): readonly number[] => sizes[kty.replace(/-HSM$/, '')] ?? [];

export const sizeOfNewKey = ({ kty, keySize }: CreateVaultKeyFacts): number | undefined =>
  sizesOf(kty).length === 0 ? undefined : (keySize ?? sizesOf(kty)[0]);

/** What Key Vault refuses to create. Codes and texts are those of its data plane, whose errors ARM passes on. */
export const createVaultKeyRules: readonly Rule<CreateVaultKeyFacts>[] = [
  {
    code: 'BadParameter',
    status: 400,
    when: (f) => text(!/^[a-z0-9-]{1,127}$/i.test(f.name), `The request URI contains an invalid name: ${f.name}`),
  },
  {
    code: 'BadRequest',
    status: 400,
    when: (f) => text(f.kty === '', 'Property kty is missing.'),
  },
  {
    code: 'BadParameter',
    status: 400,
    when: (f) => text(!typesIn[f.vault.kind].includes(f.kty), `Invalid kty value: ${f.kty}`),
  },
  {
    code: 'Forbidden',
    status: 403,
    when: (f) =>
      text(
        f.vault.kind === 'vault' && f.vault.sku.toLowerCase() === 'standard' && f.kty.endsWith('-HSM'),
        'Hardware key operation not allowed on standard vault',
      ),
  },
  {
    code: 'BadParameter',
    status: 400,
    when: (f) =>
      text(
        f.keySize !== undefined && sizesOf(f.kty).length > 0 && !sizesOf(f.kty).includes(f.keySize),
        'Unsupported key size',
      ),
  },
];
