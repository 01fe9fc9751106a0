import { ArmError } from '../../src/core/armError';
import type { KeyIdentifier } from '../../src/core/keys/keyIdentifier';
import { keyIn } from '../../src/core/keys/keyChoice';
import type { KeyVault, SqlServer } from '../../src/core/model';
import type { Azure } from '../../src/core/ports';
import type { Facts, ServerKeyRequest } from '../../src/core/checks/facts';
import type { ErrorCode } from '../../src/core/errors/errorCatalogue';
import type { Outcome } from '../../src/core/errors/finding';
import { armClient, type ArmClient, type HttpAnswer } from '../contract/armClient';
import type { State } from '../emulator/base/state';
import { emulator } from './connection';

/** A state of Azure in which creating a server key ends in an error, which a preflight has to foresee. */
export interface Prediction {
  readonly code: ErrorCode;
  /** What tells it from another prediction of this code. */
  readonly why?: string;
  readonly server?: string;
  /** By default the newest version of a key that would do. */
  readonly key?: readonly [vault: string, name: string, version?: string];
  readonly given?: (state: State) => unknown;
  /** What else goes on, from before the facts are read. */
  readonly meanwhile?: (on: { readonly server: SqlServer; readonly facts: Pick<Facts, 'request'> }) => Promise<unknown>;
  /** "fail" unless said otherwise. */
  readonly outcome?: Outcome;
  /** A request that the product itself never sends. */
  readonly request?: (facts: Facts) => Partial<Facts>;
  /** How it is done anyway; by default the server key is created. */
  readonly how?: (on: { readonly azure: Azure; readonly server: SqlServer; readonly facts: Facts }) => Promise<unknown>;
}

type Asked = Parameters<NonNullable<Prediction['meanwhile']>>[0];

const put = async ({ server, facts: { request } }: Asked): Promise<[ArmClient, HttpAnswer]> => {
  const arm = await armClient(emulator.info);
  const { name, ...body } = request;
  return [arm, await arm.call('PUT', `${server.id}/keys/${name}`, { body })];
};

/** Throws what Azure answers, at once or at the end of an operation. */
async function outcomeOf([arm, answer]: readonly [ArmClient, HttpAnswer]): Promise<never> {
  const ended = answer.status === 202 ? await arm.finish(answer) : answer;
  const { code = 'None', message = '' } = ended.body.error ?? {};
  throw new ArmError({ code, message });
}

/** The same server key is created a second time before the first has ended. */
function twice(): Pick<Prediction, 'meanwhile' | 'how'> {
  let first: [ArmClient, HttpAnswer] | undefined;
  return {
    meanwhile: async (asked) => {
      await emulator.options({ operationMs: 3000 });
      first = await put(asked);
    },
    how: async (asked) => {
      await put(asked);
      if (first) await outcomeOf(first);
    },
  };
}

/** Sends a request as it is, which the product would not send, and throws what Azure answers. */
const putAsAsked = async (asked: Asked): Promise<never> => outcomeOf(await put(asked));

/** Makes the key the one of the server, as its properties allow it too. */
async function setKeyOfServer({ server, facts: { request } }: Asked): Promise<never> {
  const arm = await armClient(emulator.info);
  const primaryUserAssignedIdentityId = server.identity.primaryUserAssigned;
  const properties = { primaryUserAssignedIdentityId, keyId: request.properties?.uri };
  return outcomeOf([arm, await arm.call('PATCH', server.id, { body: { properties } })]);
}

const find = <T extends { readonly name: string }>(items: readonly T[], name: string): T => {
  const item = items.find((candidate) => candidate.name === name);
  if (!item) throw new Error(`No ${name}`);
  return item;
};

const serverOf = (state: State, name = 'sql-billing-weu') => find(state.servers, name);
const vaultOf = (state: State, name = 'kv-billing') => find(state.vaults, name);
const versionOf = (state: State, name = 'tde-billing') => {
  const newest = find(vaultOf(state).keys, name).versions.at(-1);
  if (!newest) throw new Error(`No version of ${name}`);
  return newest;
};

/** The key identifier that a prediction is about; "latest" stands for none. */
export function asAsked(
  state: State,
  [vaultName, name, version]: readonly [vault: string, name: string, version?: string] = ['kv-billing', 'tde-billing'],
): KeyIdentifier {
  const vault = state.vaults.find((candidate) => candidate.name === vaultName);
  const newest = vault?.keys.find((key) => key.name === name)?.versions.at(-1)?.version;
  const home = { kind: 'vault', name: vaultName, uri: `https://${vaultName}.vault.azure.net`, ...vault } as KeyVault;
  return keyIn(home, name, version ?? newest ?? 'f'.repeat(32));
}

/** Another request than the product would send for the key. */
const asking = (change: (request: ServerKeyRequest) => ServerKeyRequest) => ({
  request: ({ request }: Facts) => ({ request: change(request) }),
  how: putAsAsked,
});

const withUri = (uriOf: (uri: string) => string, name?: string) =>
  asking((request) => ({
    name: name ?? request.name,
    properties: { ...request.properties, uri: uriOf(request.properties?.uri ?? '') },
  }));

const link = (primary: string, secondary: string) => (state: State) =>
  state.replicationLinks.push({
    name: `${primary}-${secondary}`,
    primary: serverOf(state, primary).id,
    secondary: serverOf(state, secondary).id,
    database: 'billing',
  });

const another = { thumbprint: 'AB', creationDate: '2026-01-01T00:00:00Z' };

/** One row a state. Where a service is to be asked otherwise than by creating a server key, `how` says it. */
export const predictions: readonly Prediction[] = [
  // The request itself.
  { code: 'InvalidKeyUpsertRequest', ...asking(({ name }) => ({ name })) },
  { code: 'InvalidUpsertKeyType', ...asking((request) => ({ ...request, name: 'ServiceManaged' })) },
  {
    code: 'InvalidKeyType',
    ...asking((request) => ({ ...request, properties: { ...request.properties, serverKeyType: 'KeyVault' } })),
  },
  { code: 'SecurityAzureKeyVaultUrlNullOrEmpty', ...withUri(() => '') },
  { code: 'AzureKeyVaultInvalidUri', ...withUri((uri) => uri.replace('/keys/', '/secrets/')) },
  {
    code: 'AzureKeyVaultMalformedVaultUri',
    why: 'another cloud',
    ...withUri((uri) => uri.replace('azure.net', 'azure.cn')),
  },
  { code: 'AzureKeyVaultMalformedVaultUri', why: 'http', ...withUri((uri) => uri.replace('https:', 'http:')) },
  { code: 'SecurityAzureKeyVaultInvalidKeyName', ...withUri((uri) => uri, 'my-key') },
  {
    code: 'InvalidKeyName',
    why: 'of another key',
    ...withUri((uri) => uri, 'kv-billing_tde-billing_0123456789abcdef0123456789abcdef'),
  },
  {
    code: 'InvalidKeyName',
    why: 'longer than 94 characters',
    ...withUri(
      () => `https://kv-billing.vault.azure.net/keys/${'k'.repeat(90)}/${'f'.repeat(32)}`,
      `kv-billing_${'k'.repeat(90)}_${'f'.repeat(32)}`,
    ),
  },

  // The server.
  {
    code: 'ServerNotInSubscriptionResourceGroup',
    given: (state) => {
      const server = serverOf(state);
      server.id = server.id.replace('rg-billing', 'rg-orders');
    },
  },
  {
    code: 'SubscriptionDoesNotHaveServer',
    given: (state) => {
      const [server, dev] = [serverOf(state), serverOf(state, 'sql-dev-weu')];
      server.id = dev.id.replace('sql-dev-weu', 'sql-billing-weu');
    },
  },
  { code: 'OperationInterrupted', ...twice() },
  { code: 'ResourceNotFound', given: (state) => (serverOf(state).state = 'Gone') },
  { code: 'ServerDisabled', given: (state) => (serverOf(state).state = 'Disabled') },
  {
    code: 'ServerKeyNameAlreadyExists',
    given: (state) => {
      const { version } = versionOf(state);
      const uri = `https://kv-billing.managedhsm.azure.net/keys/tde-billing/${version}`;
      serverOf(state).keys.push({ name: `kv-billing_tde-billing_${version}`, uri, ...another });
    },
  },
  {
    code: 'ServerKeyUriAlreadyExists',
    given: (state) => {
      const uri = `https://kv-billing.vault.azure.net/keys/tde-billing/${versionOf(state).version}`;
      serverOf(state).keys.push({ name: 'an-old-name', uri, ...another });
    },
  },

  // Its identity and what that may do.
  { code: 'AzureKeyVaultNoServerIdentity', server: 'sql-reports-weu' },
  {
    code: 'AzureKeyVaultNoServerIdentity',
    why: 'the user-assigned identity is gone',
    server: 'sql-inventory-weu',
    given: (state) => (state.userAssignedIdentities = []),
  },
  { code: 'BlockSystemAssignedIdentityForCrossTenantCMK', key: ['kv-fabrikam', 'tde-fabrikam'] },
  { code: 'AzureKeyVaultMissingPermissions', why: 'no role', key: ['kv-noaccess', 'tde-noaccess'] },
  {
    code: 'AzureKeyVaultMissingPermissions',
    why: 'an access policy without wrapKey',
    given: (state) => {
      vaultOf(state).accessPolicies.forEach(({ permissions }) => (permissions.keys = ['get', 'unwrapKey']));
    },
  },

  {
    code: 'AzureKeyVaultMissingPermissions',
    why: 'a key that may not wrap',
    given: (state) => (versionOf(state).keyOps = ['encrypt', 'decrypt']),
  },
  {
    code: 'AdalServicePrincipalNotFound',
    why: 'the server was moved to another tenant',
    given: (state) => {
      const { principalId } = serverOf(state);
      for (const principal of state.principals) {
        if (principal.objectId === principalId) principal.tenantId = vaultOf(state, 'kv-fabrikam').tenantId;
      }
    },
  },
  {
    code: 'AzureKeyVaultMissingPermissions',
    why: 'an application in the tenant of the vault without rights there',
    server: 'sql-inventory-weu',
    key: ['kv-fabrikam', 'tde-fabrikam'],
    given: (state) => {
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
    how: setKeyOfServer,
  },

  // The vault.
  { code: 'AkvHostNotResolvingFromNode', key: ['kv-nowhere', 'tde'], outcome: 'warn' },
  { code: 'AzureKeyVaultConnectionFailed', given: (state) => (vaultOf(state).deleted = true), outcome: 'warn' },
  { code: 'AkvEndpointNotReachableFromNode', key: ['kv-firewalled', 'tde-firewalled'] },
  {
    code: 'AkvEndpointNotReachableFromNode',
    why: 'a network security perimeter',
    given: (state) => (vaultOf(state).network.publicNetworkAccess = 'SecuredByPerimeter'),
    outcome: 'unknown',
  },
  { code: 'SecurityInvalidAzureKeyVaultRecoveryLevel', key: ['kv-nopurge', 'tde-nopurge'] },

  {
    code: 'AzureKeyVaultGenericConnectionError',
    why: 'a managed HSM that was never activated',
    key: ['hsm-contoso', 'tde-hsm'],
    given: (state) => (vaultOf(state, 'hsm-contoso').activated = false),
  },

  // The key.
  { code: 'AzureKeyVaultKeyNameNotFound', why: 'no such key', key: ['kv-billing', 'tde-none'] },
  { code: 'AzureKeyVaultKeyNameNotFound', why: 'no such version', key: ['kv-billing', 'tde-billing', 'f'.repeat(32)] },
  { code: 'AzureKeyVaultKeyDisabled', key: ['kv-billing', 'tde-billing-disabled'] },
  { code: 'AzureKeyVaultKeyDisabled', why: 'not active yet', key: ['kv-billing', 'tde-billing-future'] },
  { code: 'AzureKeyVaultInvalidExpirationDate', key: ['kv-billing', 'tde-billing-expired'] },
  { code: 'AzureKeyVaultRsaKeyNotSupported', why: 'EC', key: ['kv-billing', 'tde-billing-ec'] },
  { code: 'AzureKeyVaultRsaKeyNotSupported', why: 'RSA 4096', key: ['kv-billing', 'tde-billing-4096'] },

  // Its replicas.
  { code: 'SameKeyUriNotFoundOnRemoteServer', server: 'sql-orders-weu', key: ['kv-orders', 'tde-orders-next'] },
  {
    code: 'SameKeyMaterialNotFoundOnRemoteServer',
    server: 'sql-orders-weu',
    key: ['kv-orders', 'tde-orders-next'],
    given: (state) => (serverOf(state, 'sql-orders-weu').protector.autoRotationEnabled = false),
    outcome: 'warn',
  },
  { code: 'KeyMaterialNotFoundOnRemoteServer', given: link('sql-billing-weu', 'sql-dev-neu'), outcome: 'warn' },
  {
    code: 'SecurityAzureKeyVaultGeoChainError',
    outcome: 'warn',
    given: (state) => {
      link('sql-dev-weu', 'sql-billing-weu')(state);
      link('sql-billing-weu', 'sql-dev-neu')(state);
    },
  },

  // The account and Azure itself.
  { code: 'TooManyRequests', meanwhile: () => refuse('TooManyRequests'), outcome: 'warn' },
  { code: 'SubscriptionTooManyRequests', meanwhile: () => refuse('SubscriptionTooManyRequests'), outcome: 'warn' },
  {
    code: 'ScopeLocked',
    given: (state) => {
      lockServer(state);
    },
  },
  {
    code: 'AuthorizationFailed',
    given: (state) => {
      state.roleDefinitions.forEach(
        (role) => (role.notActions = [...role.notActions, 'Microsoft.Sql/servers/keys/write']),
      );
    },
  },
];

function lockServer(state: State): void {
  state.locks.push({ scope: serverOf(state).id, name: 'keep', level: 'ReadOnly', notes: '' });
}

/** Azure SQL refuses every request; the client may try again at once. */
const refuse = (code: string): Promise<void> =>
  emulator.addFault({ match: { path: '/Microsoft.Sql/' }, status: 503, code, retryAfter: 0 });
