import { text, type Rule } from '../base/rule';

/** The properties that a request wants to change in a key vault or a managed HSM. */
export interface UpdateVaultFacts {
  properties: Record<string, unknown>;
}

/** What neither takes back. Key Vault refuses the value itself, whether the feature was on or not. */
export const updateVaultRules: readonly Rule<UpdateVaultFacts>[] = [
  {
    code: 'BadRequest',
    status: 400,
    when: ({ properties }) =>
      text(
        properties.enablePurgeProtection === false,
        'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
      ),
  },
  {
    code: 'BadRequest',
    status: 400,
    when: ({ properties }) =>
      text(
        properties.enableSoftDelete === false,
        `The property "enableSoftDelete" can be set to false only for creating new vault. Enabling the 'soft delete' functionality is an irreversible action.`,
      ),
  },
];
