import { runningIn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { findSubscription } from '../base/find';
import { isInstance, same, subscriptionOf } from '../base/ids';
import { isRecord, recordOf, stringOf } from '../base/json';
import { messageIf, type Rule } from '../base/rule';
import type { ServerKey, SqlResource } from '../base/state';
import {
  isOtherVaultUrl,
  parseKeyIdentifier,
  sameIdentifier,
  serverKeyNameOf,
  type KeyIdentifier,
} from './keyIdentifier';
import { oneOperationAtATime } from './serverRules';

export interface CreateKeyFacts {
  request: ArmRequest;
  server: SqlResource;
  name: string;
  /** The target of the operation that creates the key. */
  target: string;
  properties?: Record<string, unknown>;
  /** The key identifier as sent. */
  uri: string;
  parsed?: KeyIdentifier;
  /** The existing server keys with this name and with this key identifier. */
  byName?: ServerKey;
  byUri?: ServerKey;
}

/** A versionless key identifier reads back with a version, so only the name of its server key shows that it is versionless. */
const isKeyOf = ({ name, uri }: ServerKey, wanted: KeyIdentifier): boolean => {
  const read = parseKeyIdentifier(uri);
  return wanted.version === undefined
    ? read !== undefined && same(read.host, wanted.host) && same(name, serverKeyNameOf(wanted))
    : sameIdentifier(wanted, read);
};

/** Reads the facts from a PUT of a server key. */
export function createKeyFacts(request: ArmRequest, server: SqlResource): CreateKeyFacts {
  const name = request.params.key ?? '';
  const { properties: sent } = recordOf(request.body);
  const properties = isRecord(sent) ? sent : undefined;
  const uri = stringOf(properties?.uri);
  const parsed = parseKeyIdentifier(uri);
  const byName = server.keys.find((key) => same(key.name, name));
  const byUri = parsed && server.keys.find((key) => isKeyOf(key, parsed));
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

/** Whether the request repeats an existing key. Azure accepts such a request and changes nothing; Terraform relies on this at each update. */
export const isUnchanged = ({ byName, byUri }: CreateKeyFacts): boolean => byName !== undefined && byName === byUri;

const acceptsVersionless = ({ request, server }: CreateKeyFacts): boolean =>
  request.apiVersion >= '2024-11-01' && !isInstance(server);

/**
 * The checks of PUT …/servers/S/keys/NAME that need no vault. They fail the request, never its operation.
 * ARM's gateway has already checked the subscription, the caller's permissions, the resource group, and locks.
 */
export const createServerKeyRules: readonly Rule<CreateKeyFacts>[] = [
  {
    code: 'SubscriptionDisabled',
    status: 409,
    when: (f) =>
      messageIf(
        findSubscription(f.request.state, subscriptionOf(f.server.id))?.state === 'Disabled',
        'Subscription is disabled.',
      ),
  },
  {
    code: 'InvalidKeyUpsertRequest',
    status: 400,
    when: (f) =>
      messageIf(
        f.properties === undefined,
        'The create server key request does not exist or has no properties object.',
      ),
  },
  {
    code: 'InvalidUpsertKeyType',
    status: 400,
    when: (f) =>
      messageIf(
        same(f.name, 'ServiceManaged') || f.properties?.serverKeyType === 'ServiceManaged',
        "Service-managed TDE keys are managed by the service. Service-managed TDE keys don't support Create or Update by the user.",
      ),
  },
  {
    code: 'InvalidKeyType',
    status: 400,
    when: (f) =>
      messageIf(f.properties?.serverKeyType !== 'AzureKeyVault', 'The create server key type is not supported.'),
  },
  {
    code: 'SecurityAzureKeyVaultUrlNullOrEmpty',
    status: 400,
    when: (f) =>
      messageIf(f.uri === '', 'The operation could not be completed because the Azure Key Vault Uri is null or empty.'),
  },
  {
    // The URL of a vault, a secret, or a certificate.
    code: 'AzureKeyVaultInvalidUri',
    status: 400,
    when: (f) =>
      messageIf(
        isOtherVaultUrl(f.uri),
        'An invalid response from Azure Key Vault. Please use a valid Azure Key Vault URI.',
      ),
  },
  {
    // Azure SQL accepts versionless key identifiers since 2024-11-01-preview, except for managed instances.
    code: 'AzureKeyVaultMalformedVaultUri',
    status: 400,
    when: (f) =>
      messageIf(
        f.parsed === undefined || (f.parsed.version === undefined && !acceptsVersionless(f)),
        `The provided Key Vault uri '${f.uri}' is not valid.`,
      ),
  },
  {
    // The name doesn't have the form VAULT_KEY_VERSION. InvalidKeyName is for a well-formed name of a different key.
    code: 'SecurityAzureKeyVaultInvalidKeyName',
    status: 400,
    when: (f) =>
      messageIf(
        !/^[a-z][a-z0-9-]*_[a-z0-9-]+(_[0-9a-f]{32})?$/i.test(f.name),
        'The operation could not be completed because of an invalid Server Key name.',
      ),
  },
  {
    // The names of vault and key can have 94 characters in total (source: TDE with customer-managed keys, Azure SQL docs).
    code: 'InvalidKeyName',
    status: 400,
    when: (f) =>
      messageIf(
        f.parsed !== undefined &&
          (!same(f.name, serverKeyNameOf(f.parsed)) || f.parsed.vault.length + f.parsed.key.length > 94),
        'An invalid value was given for the server key name.',
      ),
  },
  {
    code: 'ServerDisabled',
    status: 409,
    when: (f) => messageIf(f.server.state === 'Disabled', 'Server is disabled.'),
  },
  {
    code: 'ServerKeyNameAlreadyExists',
    status: 409,
    when: (f) =>
      messageIf(f.byName !== undefined && f.byName !== f.byUri, 'The server key already exists on the server.'),
  },
  {
    code: 'ServerKeyUriAlreadyExists',
    status: 409,
    when: (f) =>
      messageIf(f.byUri !== undefined && f.byName !== f.byUri, 'The server key URI already exists on the server.'),
  },
  oneOperationAtATime,
  {
    code: 'SubscriptionTooManyCreateUpdateRequests',
    status: 429,
    when: ({ request: { emulator }, server }) =>
      messageIf(
        runningIn(emulator, subscriptionOf(server.id)).length >= emulator.options.maxOperations,
        'Requests beyond max requests that can be processed by available resources.',
      ),
  },
];
