import { runningOn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { findVaultByHost, findVaultKey, newestEnabledVersion } from '../base/find';
import { same } from '../base/ids';
import { isRecord, recordOf, stringOf } from '../base/json';
import { messageIf, type Rule } from '../base/rule';
import type { Database, ServerKey, SqlResource } from '../base/state';
import { isVersionlessName, parseKeyIdentifier } from './keyIdentifier';
import { oneOperationAtATime } from './serverRules';

export interface ProtectorFacts {
  request: ArmRequest;
  server: SqlResource;
  serverKeyType: string;
  /** Empty or "ServiceManaged" for the service-managed key. */
  serverKeyName: string;
  autoRotation: boolean;
  key?: ServerKey;
  properties?: Record<string, unknown>;
}

/** Reads the facts from a PUT of a TDE protector. */
export function protectorFacts(request: ArmRequest, server: SqlResource): ProtectorFacts {
  const { properties: sent } = recordOf(request.body);
  const properties = isRecord(sent) ? sent : undefined;
  const serverKeyName = stringOf(properties?.serverKeyName);
  const key = server.keys.find((k) => same(k.name, serverKeyName));
  return {
    request,
    server,
    serverKeyType: stringOf(properties?.serverKeyType),
    serverKeyName,
    autoRotation: properties?.autoRotationEnabled === true,
    ...(key && { key }),
    ...(properties && { properties }),
  };
}

function isOldVersion({ request, key }: ProtectorFacts): boolean {
  const identifier = key && parseKeyIdentifier(key.uri);
  if (!key || !identifier?.version || isVersionlessName(key.name)) return false;
  const vaultKey = findVaultKey(findVaultByHost(request.state, identifier.host), identifier.key);
  const newest = newestEnabledVersion(vaultKey);
  return newest !== undefined && !same(newest.version, identifier.version);
}

/** "current" is the only valid name of a protector. */
export const isCurrent = (name: string | undefined): boolean => same(name ?? '', 'current');

/** The databases without their own TDE protector. */
export const databasesUnderProtector = ({ databases }: SqlResource): Database[] =>
  databases.filter(({ encryptionProtector }) => encryptionProtector === undefined);

/** The checks of PUT …/encryptionProtector/current that need no vault. */
export const setProtectorRules: readonly Rule<ProtectorFacts>[] = [
  {
    code: 'InvalidEncryptionProtectorName',
    status: 400,
    when: ({ request }) =>
      messageIf(!isCurrent(request.params.protector), 'The encryption protector key name is not supported.'),
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
    code: 'InvalidKeyType',
    status: 400,
    when: (f) =>
      messageIf(
        !['AzureKeyVault', 'ServiceManaged'].includes(f.serverKeyType),
        'The create server key type is not supported.',
      ),
  },
  {
    code: 'InvalidKeyName',
    status: 400,
    when: (f) =>
      messageIf(
        f.serverKeyType === 'ServiceManaged' && !['', 'servicemanaged'].includes(f.serverKeyName.toLowerCase()),
        'An invalid value was given for the server key name.',
      ),
  },
  {
    code: 'ServerKeyNotFound',
    status: 404,
    when: (f) =>
      messageIf(
        f.serverKeyType === 'AzureKeyVault' && f.key === undefined,
        'The requested server key was not found on the current subscription.',
      ),
  },
  {
    // The error list has this code since 2024-11-01-preview.
    code: 'OldGenerationOfAKVKeyBeingUsedError',
    status: 400,
    when: (f) =>
      messageIf(
        f.request.apiVersion >= '2024-11-01' && isOldVersion(f),
        'Using an old version of AKV key as TDE protector is not allowed. Please use the latest version of the AKV key as the encryption protector',
      ),
  },
  {
    // The refusal is documented, its code isn't.
    code: 'CMKOperationNotAllowed',
    status: 400,
    when: (f) =>
      messageIf(
        f.serverKeyType === 'ServiceManaged' &&
          databasesUnderProtector(f.server).some(({ status }) => status === 'Inaccessible'),
        'User tried to perform an operation on the server when the server did not have Azure Key Vault Access.',
      ),
  },
  {
    code: 'EncryptionProtectorChangeInProgress',
    status: 409,
    when: (f) =>
      messageIf(
        runningOn(f.request.emulator, f.server).some((o) => o.kind === 'upsertProtector'),
        'Cannot update database encryption key protector while protector change is already in progress',
      ),
  },
  oneOperationAtATime,
];
