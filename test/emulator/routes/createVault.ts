import type { ArmRequest, Route } from '../arm/route';
import { Refusal, type Answer } from '../base/answer';
import { findVault } from '../base/find';
import { same } from '../base/ids';
import { propertiesOf, recordOf, stringOf } from '../base/json';
import { messageIf, refuseIfBroken, type Rule } from '../base/rule';
import type { Vault } from '../base/state';
import { requireLocation } from './locations';
import { newVault, recover } from './newVault';
import { applyVault } from './updateVault';
import { toVault, vaultType } from './vaults';

interface CreateVaultFacts {
  request: ArmRequest;
  name: string;
  /** The vault that is there, and the soft-deleted one. */
  existing: Vault | undefined;
  deleted: Vault | undefined;
}

/** The checks of PUT …/vaults/V. */
const createVaultRules: readonly Rule<CreateVaultFacts>[] = [
  {
    code: 'VaultNameNotValid',
    status: 400,
    when: ({ name }) =>
      messageIf(
        !/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/i.test(name) || name.includes('--'),
        `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.`,
      ),
  },
  {
    code: 'ConflictError',
    status: 409,
    when: ({ existing, deleted }) =>
      messageIf(
        existing === undefined && deleted !== undefined,
        'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.',
      ),
  },
  {
    code: 'VaultAlreadyExists',
    status: 409,
    when: ({ request: { state }, name, existing }) =>
      messageIf(
        state.vaults.some((vault) => vault !== existing && vault.kind === 'vault' && same(vault.name, name)),
        `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
      ),
  },
  {
    code: 'BadRequest',
    status: 400,
    when: ({ request: { body } }) => {
      const { tenantId, sku } = propertiesOf(body);
      return messageIf(
        stringOf(tenantId) === '' || stringOf(recordOf(sku).name) === '',
        'The properties tenantId and sku of a vault are required.',
      );
    },
  },
];

/** Since this api-version, a new vault has Azure RBAC unless the request says otherwise. */
const rbacByDefaultSince = '2026-02-01';

const blankVault = (request: ArmRequest, name: string, location: string): Vault => ({
  ...newVault('vault', request, name, location),
  rbac: request.apiVersion >= rbacByDefaultSince,
});

function recoverVault({ deleted, name }: CreateVaultFacts): Answer {
  if (deleted) return recover(deleted);
  throw new Refusal(404, 'DeletedVaultNotFound', `The specified deleted vault '${name}' does not exist.`);
}

/** Creates a vault, recovers a soft-deleted one, or replaces all properties of one that exists. */
function put(request: ArmRequest): Answer {
  const { state, path, params, body } = request;
  const name = params.vault ?? '';
  const existing = findVault(state, path);
  const deleted = state.vaults.find((v) => v.deleted && same(v.id, path));
  const location = requireLocation(request, existing ?? deleted);
  const facts: CreateVaultFacts = { request, name, existing, deleted };
  if (same(stringOf(propertiesOf(body).createMode), 'recover')) return recoverVault(facts);
  refuseIfBroken(createVaultRules, facts);
  const vault = blankVault(request, name, location);
  if (existing) {
    const { keys, purgeProtection, softDelete, localRoles } = existing;
    Object.assign(vault, { id: existing.id, name: existing.name, keys, purgeProtection, softDelete, localRoles });
    // Permissions that stay keep their times.
    if (Array.isArray(propertiesOf(body).accessPolicies)) vault.accessPolicies = existing.accessPolicies;
  }
  applyVault(vault, request);
  state.vaults = [...state.vaults.filter((v) => v !== existing), vault];
  return { status: existing ? 200 : 201, body: toVault(vault) };
}

export const createVaultRoutes: Route[] = [
  {
    method: 'PUT',
    path: `/subscriptions/:sub/resourceGroups/:group/providers/${vaultType('vault')}/:vault`,
    type: vaultType('vault'),
    handle: put,
  },
];
