import { runningIn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { findSubscription, same, subscriptionOf } from '../base/find';
import { isRecord, stringOf } from '../base/json';
import type { Server, ServerKey } from '../base/state';
import { isOtherVaultAddress, parseKeyUri, serverKeyNameOf, type KeyUri } from './keyIdentifier';
import { oneOperationAtATime } from './oneOperationAtATime';
import { text, type Rule } from '../base/rule';

export interface CreateKeyFacts {
  request: ArmRequest;
  server: Server;
  name: string;
  /** The key, as the operation names it that creates it. */
  target: string;
  properties?: Record<string, unknown>;
  /** As sent. */
  uri: string;
  parsed?: KeyUri;
  byName?: ServerKey;
  byUri?: ServerKey;
}

/** Equal identifiers: casing, port and final slash do not count. */
const sameUri = (a: KeyUri, b: KeyUri | undefined): boolean =>
  b !== undefined && same(a.host, b.host) && same(serverKeyNameOf(a), serverKeyNameOf(b));

export function createKeyFacts(request: ArmRequest, server: Server): CreateKeyFacts {
  const name = request.params.key ?? '';
  const properties = isRecord(request.body) && isRecord(request.body.properties) ? request.body.properties : undefined;
  const uri = stringOf(properties?.uri);
  const parsed = parseKeyUri(uri);
  const byName = server.keys.find((key) => same(key.name, name));
  const byUri = parsed && server.keys.find((key) => sameUri(parsed, parseKeyUri(key.uri)));
  return {
    request,
    server,
    name,
    target: name.toLowerCase(),
    ...(properties && { properties }),
    uri,
    ...(parsed && { parsed }),
    ...(byName && { byName }),
    ...(byUri && { byUri }),
  };
}

/** The same key again: accepted, nothing changes (Terraform repeats the PUT at each update). */
export const isUnchanged = ({ byName, byUri }: CreateKeyFacts): boolean => byName !== undefined && byName === byUri;

const versionlessSince = '2024-11-01';

/**
 * Checks of PUT …/servers/S/keys/NAME that need no vault: always answered at once. ARM's gateway has checked the
 * subscription, the caller's rights, the group and locks before. One row a rule, tried from top to bottom.
 */
export const createServerKeyRules: readonly Rule<CreateKeyFacts>[] = [
  {
    code: 'SubscriptionDisabled',
    status: 409,
    when: (f) =>
      text(
        findSubscription(f.request.state, subscriptionOf(f.server.id))?.state === 'Disabled',
        'Subscription is disabled.',
      ),
  },
  {
    code: 'InvalidKeyUpsertRequest',
    status: 400,
    when: (f) =>
      text(f.properties === undefined, 'The create server key request does not exist or has no properties object.'),
  },
  {
    code: 'InvalidUpsertKeyType',
    status: 400,
    when: (f) =>
      text(
        same(f.name, 'ServiceManaged') || f.properties?.serverKeyType === 'ServiceManaged',
        "Service-managed TDE keys are managed by the service. Service-managed TDE keys don't support Create or Update by the user.",
      ),
  },
  {
    code: 'InvalidKeyType',
    status: 400,
    when: (f) => text(f.properties?.serverKeyType !== 'AzureKeyVault', 'The create server key type is not supported.'),
  },
  {
    code: 'SecurityAzureKeyVaultUrlNullOrEmpty',
    status: 400,
    when: (f) =>
      text(f.uri === '', 'The operation could not be completed because the Azure Key Vault Uri is null or empty.'),
  },
  {
    // The address of a vault, but not of a key: its root, a secret, a certificate.
    code: 'AzureKeyVaultInvalidUri',
    status: 400,
    when: (f) =>
      text(
        isOtherVaultAddress(f.uri),
        'An invalid response from Azure Key Vault. Please use a valid Azure Key Vault URI.',
      ),
  },
  {
    // Azure SQL takes an address without version from 2024-11-01-preview on.
    code: 'AzureKeyVaultMalformedVaultUri',
    status: 400,
    when: (f) =>
      text(
        f.parsed === undefined || (f.parsed.version === undefined && f.request.apiVersion < versionlessSince),
        `The provided Key Vault uri '${f.uri}' is not valid.`,
      ),
  },
  {
    // The name has not even the form VAULT_KEY_VERSION; InvalidKeyName is for a well-formed name of another key.
    code: 'SecurityAzureKeyVaultInvalidKeyName',
    status: 400,
    when: (f) =>
      text(
        !/^[a-z][a-z0-9-]*_[a-z0-9-]+(_[0-9a-f]{32})?$/i.test(f.name),
        'The operation could not be completed because of an invalid Server Key name.',
      ),
  },
  {
    // Vault and key name may have 94 characters together (documentation of TDE with customer-managed keys).
    code: 'InvalidKeyName',
    status: 400,
    when: (f) =>
      text(
        f.parsed !== undefined &&
          (!same(f.name, serverKeyNameOf(f.parsed)) || f.parsed.vault.length + f.parsed.key.length > 94),
        'An invalid value was given for the server key name.',
      ),
  },
  {
    code: 'ServerDisabled',
    status: 409,
    when: (f) => text(f.server.state === 'Disabled', 'Server is disabled.'),
  },
  {
    code: 'ServerKeyNameAlreadyExists',
    status: 409,
    when: (f) => text(f.byName !== undefined && f.byName !== f.byUri, 'The server key already exists on the server.'),
  },
  {
    code: 'ServerKeyUriAlreadyExists',
    status: 409,
    when: (f) =>
      text(f.byUri !== undefined && f.byName !== f.byUri, 'The server key URI already exists on the server.'),
  },
  oneOperationAtATime,
  {
    code: 'SubscriptionTooManyCreateUpdateRequests',
    status: 429,
    when: ({ request: { emulator }, server }) =>
      text(
        runningIn(emulator, subscriptionOf(server.id)).length >= emulator.options.maxOperations,
        'Requests beyond max requests that can be processed by available resources.',
      ),
  },
];
