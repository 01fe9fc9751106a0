import { ArmError } from '../../src/core/armError';
import { keyIn } from '../../src/core/keys/keyChoice';
import { formatKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { KeyIdentifier, KeyVault } from '../../src/core/vaultModel';
import { serverKeyRequest, type Creation } from '../../src/core/creation/creation';
import type { ErrorCode } from '../../src/core/errors/errorCatalogue';
import type { Outcome } from '../../src/core/errors/finding';
import { armClient, type ArmClient, type HttpAnswer } from '../contract/armClient';
import type { State } from '../emulator/base/state';
import { subscriptions } from '../emulator/seeds/demoNames';
import { roles } from '../emulator/seeds/roleDefinitions';
import { findServer, findVault } from '../contract/demoIds';
import { emulator, found } from './connection';

/** A state of Azure in which the creation of a server key fails with a code that the checks must predict. */
export interface Prediction {
  readonly code: ErrorCode;
  /** Distinguishes the prediction from others with the same code. */
  readonly detail?: string;
  readonly server?: string;
  /** By default, the newest version of a suitable key. */
  readonly key?: KeyIdentifier | readonly [vault: string, name: string, version?: string];
  readonly change?: (state: State) => unknown;
  /** Runs before the facts are read. */
  readonly before?: (creation: Creation) => Promise<unknown>;
  /** "fail" by default. */
  readonly outcome?: Outcome;
  /** The operation that fails; by default, the creation of the server key. */
  readonly act?: (creation: Creation) => Promise<unknown>;
}

const put = async (creation: Creation): Promise<[ArmClient, HttpAnswer]> => {
  const arm = await armClient(emulator.info);
  const { name, ...body } = serverKeyRequest(creation);
  return [arm, await arm.call('PUT', `${creation.server.id}/keys/${name}`, { body })];
};

/** Throws the error of an answer, or of its operation. */
async function throwErrorOf([arm, answer]: readonly [ArmClient, HttpAnswer]): Promise<never> {
  const ended = answer.status === 202 ? await arm.finish(answer) : answer;
  const { code = 'None', message = '' } = ended.body.error ?? {};
  throw new ArmError({ code, message });
}

/** Creates the same server key again before the first operation ends. */
function createTwice(): Pick<Prediction, 'before' | 'act'> {
  let first: [ArmClient, HttpAnswer] | undefined;
  return {
    before: async (creation) => {
      await emulator.options({ operationMs: 3000 });
      first = await put(creation);
    },
    act: async (creation) => {
      await put(creation);
      if (first) await throwErrorOf(first);
    },
  };
}

/** Sets the key as the TDE protector with the keyId of the server. */
async function setKeyOfServer({ server, key }: Creation): Promise<never> {
  const arm = await armClient(emulator.info);
  const primaryUserAssignedIdentityId = server.identity.primaryUserAssigned;
  const properties = { primaryUserAssignedIdentityId, keyId: formatKeyIdentifier(key) };
  return throwErrorOf([arm, await arm.call('PATCH', server.id, { body: { properties } })]);
}

/** Creates the server key, then sets it as the TDE protector. */
const setAsProtector =
  (autoRotationEnabled = false) =>
  async (creation: Creation): Promise<never> => {
    const [arm, answer] = await put(creation);
    await arm.finish(answer);
    const properties = { serverKeyType: 'AzureKeyVault', serverKeyName: serverKeyRequest(creation).name };
    const path = `${creation.server.id}/encryptionProtector/current`;
    const body = { properties: { ...properties, autoRotationEnabled } };
    return throwErrorOf([arm, await arm.call('PUT', path, { body })]);
  };

const serverOf = (state: State, name = 'sql-billing-weu') => findServer(state, name);
const vaultOf = (state: State, name = 'kv-billing') => findVault(state, name);
const versionOf = (state: State) => {
  const newest = found(vaultOf(state).keys, 'tde-billing').versions.at(-1);
  if (!newest) throw new Error('No version of tde-billing');
  return newest;
};

/** The key identifier of a prediction, even of a vault or key that doesn't exist. */
export function keyIdentifierOf(state: State, key: Prediction['key'] = ['kv-billing', 'tde-billing']): KeyIdentifier {
  if ('host' in key) return key;
  const [vaultName, name, version] = key;
  const vault = state.vaults.find((candidate) => candidate.name === vaultName);
  const newest = vault?.keys.find((candidate) => candidate.name === name)?.versions.at(-1)?.version;
  const home = { kind: 'vault', name: vaultName, uri: `https://${vaultName}.vault.azure.net`, ...vault } as KeyVault;
  return keyIn(home, name, version ?? newest ?? 'f'.repeat(32));
}

const link = (primary: string, secondary: string) => (state: State) =>
  state.replicationLinks.push({
    name: `${primary}-${secondary}`,
    primary: serverOf(state, primary).id,
    secondary: serverOf(state, secondary).id,
    database: 'billing',
  });

const otherKey = { thumbprint: 'AB', creationDate: '2026-01-01T00:00:00Z' };

/** One row for each state. */
export const predictions: readonly Prediction[] = [
  // The request
  {
    code: 'AzureKeyVaultMalformedVaultUri',
    detail: 'a host of another cloud',
    key: keyIn({ kind: 'vault', name: 'kv-billing', uri: 'https://kv-billing.vault.azure.cn' }, 'tde-billing'),
  },
  { code: 'InvalidKeyName', detail: 'longer than 94 characters', key: ['kv-billing', 'k'.repeat(90)] },

  // The server
  {
    code: 'ServerNotInSubscriptionResourceGroup',
    change: (state) => {
      const server = serverOf(state);
      server.id = server.id.replace('rg-billing', 'rg-orders');
    },
  },
  {
    code: 'SubscriptionDoesNotHaveServer',
    change: (state) => {
      const [server, dev] = [serverOf(state), serverOf(state, 'sql-dev-weu')];
      server.id = dev.id.replace('sql-dev-weu', 'sql-billing-weu');
    },
  },
  { code: 'OperationInterrupted', ...createTwice() },
  { code: 'ResourceNotFound', change: (state) => (serverOf(state).state = 'Gone') },
  { code: 'ServerDisabled', change: (state) => (serverOf(state).state = 'Disabled') },
  {
    code: 'ServerKeyNameAlreadyExists',
    change: (state) => {
      const { version } = versionOf(state);
      const uri = `https://kv-billing.managedhsm.azure.net/keys/tde-billing/${version}`;
      serverOf(state).keys.push({ name: `kv-billing_tde-billing_${version}`, uri, ...otherKey });
    },
  },
  {
    code: 'ServerKeyUriAlreadyExists',
    change: (state) => {
      const uri = `https://kv-billing.vault.azure.net/keys/tde-billing/${versionOf(state).version}`;
      serverOf(state).keys.push({ name: 'an-old-name', uri, ...otherKey });
    },
  },

  // The identity and its permissions
  { code: 'AzureKeyVaultNoServerIdentity', server: 'sql-reports-weu' },
  {
    code: 'AzureKeyVaultNoServerIdentity',
    detail: 'the user-assigned identity does not exist',
    server: 'sql-inventory-weu',
    change: (state) => (state.userAssignedIdentities = []),
  },
  { code: 'BlockSystemAssignedIdentityForCrossTenantCMK', key: ['kv-fabrikam', 'tde-fabrikam'] },
  { code: 'AzureKeyVaultMissingPermissions', detail: 'no role', key: ['kv-noaccess', 'tde-noaccess'] },
  {
    code: 'AzureKeyVaultMissingPermissions',
    detail: 'an access policy without wrapKey',
    change: (state) => {
      vaultOf(state).accessPolicies.forEach(({ permissions }) => (permissions.keys = ['get', 'unwrapKey']));
    },
  },

  {
    code: 'AzureKeyVaultMissingPermissions',
    detail: 'a key that does not permit wrapKey',
    change: (state) => (versionOf(state).keyOps = ['encrypt', 'decrypt']),
  },
  {
    code: 'AdalServicePrincipalNotFound',
    detail: 'the server moved to another tenant',
    change: (state) => {
      const { principalId } = serverOf(state);
      for (const principal of state.principals) {
        if (principal.objectId === principalId) principal.tenantId = vaultOf(state, 'kv-fabrikam').tenantId;
      }
    },
  },
  {
    code: 'AzureKeyVaultMissingPermissions',
    detail: 'an application without permissions in the tenant of the vault',
    server: 'sql-inventory-weu',
    key: ['kv-fabrikam', 'tde-fabrikam'],
    change: (state) => {
      const { tenantId } = vaultOf(state, 'kv-fabrikam');
      serverOf(state, 'sql-inventory-weu').federatedClientId = 'app';
      state.principals.push({ objectId: 'of-app', appId: 'app', tenantId, displayName: 'sql-cmk' });
    },
    outcome: 'unknown',
  },
  {
    code: 'UmiMissingAkvPermissions',
    server: 'sql-inventory-weu',
    key: ['kv-noaccess', 'tde-noaccess'],
    act: setKeyOfServer,
  },

  {
    code: 'UmiMissingAkvPermissions',
    detail: 'a firewall without the exception for trusted services',
    server: 'sql-inventory-weu',
    key: ['kv-firewalled', 'tde-firewalled'],
    change: (state) => {
      const [identity] = state.userAssignedIdentities;
      state.roleAssignments.push({
        name: 'granted',
        scope: vaultOf(state, 'kv-firewalled').id,
        principalId: identity?.principalId ?? '',
        roleId: roles.cryptoServiceEncryptionUser,
      });
    },
    act: setKeyOfServer,
  },
  {
    code: 'UmiMissingAkvPermissions',
    detail: 'a key that does not permit wrapKey',
    server: 'sql-inventory-weu',
    change: (state) => (versionOf(state).keyOps = ['encrypt', 'decrypt']),
    act: setKeyOfServer,
  },
  {
    code: 'AdalServicePrincipalNotFound',
    detail: 'a user-assigned identity without an application at a vault of another tenant',
    server: 'sql-inventory-weu',
    key: ['kv-fabrikam', 'tde-fabrikam'],
  },

  // The vault
  { code: 'AkvHostNotResolvingFromNode', key: ['kv-nowhere', 'tde'], outcome: 'warn' },
  { code: 'AzureKeyVaultConnectionFailed', change: (state) => (vaultOf(state).deleted = true), outcome: 'warn' },
  { code: 'AkvEndpointNotReachableFromNode', key: ['kv-firewalled', 'tde-firewalled'] },
  {
    code: 'AkvEndpointNotReachableFromNode',
    detail: 'a network security perimeter',
    change: (state) => (vaultOf(state).network.publicNetworkAccess = 'SecuredByPerimeter'),
    outcome: 'unknown',
  },
  { code: 'SecurityInvalidAzureKeyVaultRecoveryLevel', key: ['kv-nopurge', 'tde-nopurge'], outcome: 'warn' },

  {
    code: 'AzureKeyVaultGenericConnectionError',
    detail: 'a managed HSM that is not activated',
    key: ['hsm-contoso', 'tde-hsm'],
    change: (state) => (vaultOf(state, 'hsm-contoso').activated = false),
  },

  // The key
  { code: 'AzureKeyVaultKeyNameNotFound', detail: 'no such key', key: ['kv-billing', 'tde-none'] },
  {
    code: 'AzureKeyVaultKeyNameNotFound',
    detail: 'no such version',
    key: ['kv-billing', 'tde-billing', 'f'.repeat(32)],
  },
  { code: 'AzureKeyVaultKeyDisabled', key: ['kv-billing', 'tde-billing-disabled'] },
  { code: 'AzureKeyVaultKeyDisabled', detail: 'not active yet', key: ['kv-billing', 'tde-billing-future'] },
  { code: 'AzureKeyVaultInvalidExpirationDate', key: ['kv-billing', 'tde-billing-expired'] },
  { code: 'AzureKeyVaultRsaKeyNotSupported', detail: 'EC', key: ['kv-billing', 'tde-billing-ec'] },
  { code: 'AzureKeyVaultRsaKeyNotSupported', detail: 'RSA 4096', key: ['kv-billing', 'tde-billing-4096'] },

  // The replicas
  {
    code: 'SameKeyUriNotFoundOnRemoteServer',
    server: 'sql-orders-weu',
    key: ['kv-orders', 'tde-orders-next'],
    outcome: 'warn',
    act: setAsProtector(true),
  },
  {
    code: 'SameKeyMaterialNotFoundOnRemoteServer',
    server: 'sql-orders-weu',
    key: ['kv-orders', 'tde-orders-next'],
    change: (state) => (serverOf(state, 'sql-orders-weu').protector.autoRotationEnabled = false),
    outcome: 'warn',
    act: setAsProtector(),
  },
  {
    code: 'KeyMaterialNotFoundOnRemoteServer',
    change: link('sql-billing-weu', 'sql-dev-neu'),
    outcome: 'warn',
    act: setAsProtector(),
  },
  {
    code: 'SecurityAzureKeyVaultGeoChainError',
    outcome: 'warn',
    change: (state) => {
      link('sql-dev-weu', 'sql-billing-weu')(state);
      link('sql-billing-weu', 'sql-dev-neu')(state);
    },
  },

  // The account and Azure
  { code: 'TooManyRequests', before: () => refuse('TooManyRequests'), outcome: 'warn' },
  { code: 'SubscriptionTooManyRequests', before: () => refuse('SubscriptionTooManyRequests'), outcome: 'warn' },
  {
    code: 'ScopeLocked',
    change: (state) => state.locks.push({ scope: serverOf(state).id, name: 'keep', level: 'ReadOnly', notes: '' }),
  },
  {
    code: 'RequestDisallowedByPolicy',
    change: (state) =>
      state.policyAssignments.push({
        name: 'no-server-keys',
        displayName: 'No server keys',
        scope: `/subscriptions/${subscriptions.production}`,
        definition: { name: 'd-1', displayName: 'Denied types', reason: 'Server keys need an approval.' },
        deniedTypes: ['Microsoft.Sql/servers/keys'],
      }),
  },
  {
    code: 'DenyAssignmentAuthorizationFailed',
    outcome: 'warn',
    change: (state) =>
      state.denyAssignments.push({
        name: 'd-1',
        displayName: 'Managed by a deployment stack',
        scope: serverOf(state).id,
        actions: ['Microsoft.Sql/servers/*'],
        notActions: ['*/read'],
        excluded: [],
      }),
  },
  {
    code: 'AuthorizationFailed',
    change: (state) => {
      state.roleDefinitions.forEach(
        (role) => (role.notActions = [...role.notActions, 'Microsoft.Sql/servers/keys/write']),
      );
    },
  },
];

/** Azure SQL refuses all requests. */
const refuse = (code: string): Promise<void> =>
  emulator.addFault({ match: { path: '/Microsoft.Sql/' }, status: 503, code });
