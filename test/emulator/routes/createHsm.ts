import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { findVault } from '../base/find';
import { groupId, same } from '../base/ids';
import { propertiesOf, recordOf, stringOf } from '../base/json';
import { messageIf, refuseIfBroken, type Rule } from '../base/rule';
import type { Vault } from '../base/state';
import { requireLocation } from './locations';
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
function blankHsm({ path, body }: ArmRequest, name: string, location: string): Vault {
  return {
    kind,
    id: `${groupId(path)}/providers/${vaultType(kind)}/${name}`,
    name,
    location,
    tenantId: stringOf(propertiesOf(body).tenantId),
    uri: `https://${name.toLowerCase()}.managedhsm.azure.net`,
    deleted: false,
    activated: false,
    sku: stringOf(recordOf(recordOf(body).sku).name),
    softDelete: true,
    purgeProtection: false,
    rbac: false,
    accessPolicies: [],
    localRoles: [],
    network: { defaultAction: 'Allow', bypass: 'AzureServices', publicNetworkAccess: 'Enabled' },
    keys: [],
  };
}

function recover({ state, path }: ArmRequest, name: string): Answer {
  const deleted = state.vaults.find((vault) => vault.deleted && same(vault.id, path));
  if (!deleted) {
    throw new Refusal(404, 'ResourceNotFound', `The specified deleted managed HSM '${name}' does not exist.`);
  }
  deleted.deleted = false;
  delete deleted.deletionDate;
  return ok(toVault(deleted));
}

/** Creates a managed HSM, recovers a soft-deleted one, or changes one that exists. */
function put(request: ArmRequest): Answer {
  const { state, path, params, body } = request;
  const name = params.vault ?? '';
  const existing = findVault(state, path);
  const location = requireLocation(request, existing);
  if (same(stringOf(propertiesOf(body).createMode), 'recover')) return recover(request, name);
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
