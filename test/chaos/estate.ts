import { publicCloud } from '../../src/core/clouds';
import { parseKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { SqlServer } from '../../src/core/model';
import type { KeyIdentifier, KeyVault } from '../../src/core/vaultModel';
import { guidOf } from '../emulator/base/ids';
import type { Principal, Server, State, Vault } from '../emulator/base/state';
import { emptyState } from '../emulator/seeds/emptyState';
import {
  assignment,
  databases,
  principalsOf,
  resourceGroup,
  server,
  serverKey,
  subscription,
  tdePolicy,
  tenant,
  vault,
  vaultKey,
} from '../emulator/seeds/parts';
import { roleDefinitions, roles } from '../emulator/seeds/roleDefinitions';

const tenantId = guidOf('tenant chaos');
const created = 1_700_000_000;
const location = 'westeurope';

/** The resources of one run. No two runs share any, and each run signs in with an account that sees only its own. */
export interface Place {
  readonly subscriptionId: string;
  readonly caller: Principal;
  /** Has a server key, for the first version of the key "other", that isn't its TDE protector. */
  readonly server: Server;
  /** Has a server key for the newest version of the key "other", under its own name. */
  readonly secondServer: Server;
  readonly serverWithoutIdentity: Server;
  /** Can use its TDE protector again, but its database is still inaccessible. */
  readonly inaccessibleServer: Server;
  /** Fit for server keys: the keys "tde" and "other". */
  readonly vault: Vault;
  /** Without purge protection, with a firewall and access policies. */
  readonly unfitVault: Vault;
}

function place(index: number): Place {
  const subscriptionId = guidOf(`subscription chaos ${index}`);
  const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
  const at = { group, location, tenantId };
  const name = `kv-${index}`;
  const keys = ['other', 'tde'].map((key) => vaultKey(name, key, [{ created }, { created: created + 1 }]));
  const fit = vault({ ...at, name, keys });
  const protector = serverKey(fit, 'other', 2, new Date(created * 1000));
  const unfitVault = vault({
    ...at,
    name: `kv-${index}-unfit`,
    purgeProtection: false,
    rbac: false,
    network: { defaultAction: 'Deny', bypass: 'None', publicNetworkAccess: 'Enabled' },
    accessPolicies: [tdePolicy(tenantId, guidOf('somebody'))],
  });
  return {
    subscriptionId,
    caller: {
      objectId: guidOf(`caller ${index}`),
      appId: guidOf(`app ${index}`),
      tenantId,
      displayName: `Caller ${index}`,
      secret: 'secret',
    },
    server: server({
      ...at,
      name: `sql-${index}`,
      keys: [serverKey(fit, 'other', 1, new Date(created * 1000))],
      databases: databases('main'),
    }),
    secondServer: server({
      ...at,
      name: `sql-${index}-second`,
      keys: [{ ...serverKey(fit, 'other', 2, new Date(created * 1000)), name: 'own' }],
    }),
    serverWithoutIdentity: server({ ...at, name: `sql-${index}-new`, identityType: 'None' }),
    inaccessibleServer: server({
      ...at,
      name: `sql-${index}-inaccessible`,
      keys: [protector],
      protector: { serverKeyName: protector.name, autoRotationEnabled: false },
      databases: databases('main').map((database) => ({ ...database, status: 'Inaccessible' })),
    }),
    vault: fit,
    unfitVault,
  };
}

/** The resources of several runs. */
export const makePlaces = (count: number): Place[] => Array.from({ length: count }, (_, index) => place(index));

/** The state of an emulator with these resources. */
export function estate(places: readonly Place[]): State {
  const servers = places.flatMap((p) => [p.server, p.secondServer, p.serverWithoutIdentity, p.inaccessibleServer]);
  return {
    ...emptyState(),
    caller: places[0]?.caller.objectId ?? '',
    tenants: [tenant(tenantId, 'Chaos', 'chaos.example')],
    users: [],
    principals: [...places.map(({ caller }) => caller), ...principalsOf(servers)],
    subscriptions: places.map(({ subscriptionId }, i) => subscription(subscriptionId, `Chaos ${i}`, tenantId)),
    resourceGroups: places.map(({ subscriptionId }) =>
      resourceGroup(`/subscriptions/${subscriptionId}/resourceGroups/rg`),
    ),
    roleDefinitions: roleDefinitions(),
    roleAssignments: places.flatMap((p) => [
      assignment(`/subscriptions/${p.subscriptionId}`, p.caller.objectId, roles.owner),
      ...[p.server, p.secondServer, p.inaccessibleServer].map(({ principalId = '' }) =>
        assignment(p.vault.id, principalId, roles.cryptoServiceEncryptionUser),
      ),
    ]),
    servers,
    vaults: places.flatMap((p) => [p.vault, p.unfitVault]),
  };
}

/** A server as the extension knows it. */
export const toSqlServer = ({ id, name, location: region, principalId }: Server): SqlServer => ({
  id,
  name,
  location: region,
  subscriptionId: id.split('/')[2] ?? '',
  resourceGroup: 'rg',
  identity: { userAssigned: [], ...(principalId && { systemAssigned: { principalId } }) },
});

/** A version of a key in the vault, the newest by default. */
export function keyIn({ vault: { uri, keys } }: Place, name: string, ordinal = 0): KeyIdentifier {
  const version = keys.find((key) => key.name === name)?.versions.at(ordinal - 1)?.version ?? '';
  const parsed = parseKeyIdentifier(`${uri}/keys/${name}/${version}`, publicCloud);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.key;
}

/** The first server key of a server. */
function firstKeyOf({ id, keys }: Server) {
  const { name = '', uri = '' } = keys[0] ?? {};
  return { id: `${id}/keys/${name}`, name, uri, type: 'customerManaged' as const };
}

/** The server key of the first server. */
export const oldServerKey = ({ server: one }: Place) => firstKeyOf(one);

/** The server key of the second server. */
export const newestServerKey = ({ secondServer }: Place) => firstKeyOf(secondServer);

/** A vault as the extension knows it. */
export const toKeyVault = ({ id, name, location: region, uri, purgeProtection }: Vault): KeyVault => ({
  kind: 'vault',
  id,
  name,
  location: region,
  uri,
  purgeProtection,
  subscriptionId: id.split('/')[2] ?? '',
  resourceGroup: 'rg',
  hardwareKeys: true,
});
