import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { findVault } from '../base/find';
import { same } from '../base/ids';
import { propertiesOf, recordOf, stringOf } from '../base/json';
import { messageIf, refuseIfBroken, type Rule } from '../base/rule';
import type { Vault } from '../base/state';
import { requireLocation } from './locations';
import { newVault, recover } from './newVault';
import { applyVault } from './updateVault';
import { toVault, vaultType } from './vaults';

const kind = 'managedHsm';

interface CreateHsmFacts {
  request: ArmRequest;
  name: string;
}

/** The checks of PUT …/managedHSMs/H for one that doesn't exist. */
const createHsmRules: readonly Rule<CreateHsmFacts>[] = [
  {
    code: 'BadRequest',
    status: 400,
    when: ({ name }) =>
      messageIf(!/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/i.test(name), `The managed HSM name '${name}' is invalid.`),
  },
  {
    code: 'Conflict',
    status: 409,
    when: ({ request: { state }, name }) =>
      messageIf(
        state.vaults.some((vault) => vault.kind === kind && same(vault.name, name)),
        `The managed HSM name '${name}' is already in use.`,
      ),
  },
  {
    code: 'BadRequest',
    status: 400,
    when: ({ request: { body } }) => {
      const { tenantId, initialAdminObjectIds } = propertiesOf(body);
      const admins = Array.isArray(initialAdminObjectIds) ? initialAdminObjectIds : [];
      return messageIf(
        stringOf(tenantId) === '' || admins.length === 0 || stringOf(recordOf(recordOf(body).sku).name) === '',
        'The SKU, tenantId, and initialAdminObjectIds of a managed HSM are required.',
      );
    },
  },
];

/** A new managed HSM answers no request until its security domain has been downloaded. */
const blankHsm = (request: ArmRequest, name: string, location: string): Vault => ({
  ...newVault(kind, request, name, location),
  activated: false,
  sku: stringOf(recordOf(recordOf(request.body).sku).name),
});

function recoverHsm({ state, path }: ArmRequest, name: string): Answer {
  const deleted = state.vaults.find((vault) => vault.deleted && same(vault.id, path));
  if (deleted) return recover(deleted);
  throw new Refusal(404, 'ResourceNotFound', `The specified deleted managed HSM '${name}' does not exist.`);
}

/** Creates a managed HSM, recovers a soft-deleted one, or changes one that exists. */
function put(request: ArmRequest): Answer {
  const { state, path, params, body } = request;
  const name = params.vault ?? '';
  const existing = findVault(state, path);
  const location = requireLocation(request, existing);
  if (same(stringOf(propertiesOf(body).createMode), 'recover')) return recoverHsm(request, name);
  if (!existing) refuseIfBroken(createHsmRules, { request, name });
  const vault = existing ?? blankHsm(request, name, location);
  applyVault(vault, request);
  if (!existing) state.vaults.push(vault);
  return ok(toVault(vault));
}

export const createHsmRoutes: Route[] = [
  {
    method: 'PUT',
    path: `/subscriptions/:sub/resourceGroups/:group/providers/${vaultType(kind)}/:vault`,
    type: vaultType(kind),
    handle: put,
  },
];
