import { runningOn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { findVaultKey, newestEnabledVersion, same } from '../base/find';
import { isRecord, stringOf } from '../base/json';
import type { Server, ServerKey } from '../base/state';
import { parseKeyUri } from './keyIdentifier';
import { oneOperationAtATime } from './oneOperationAtATime';
import { text, type Rule } from '../base/rule';

export interface ProtectorFacts {
  request: ArmRequest;
  server: Server;
  serverKeyType: string;
  /** Empty and ServiceManaged both mean the service-managed key. */
  serverKeyName: string;
  autoRotation: boolean;
  key?: ServerKey;
  properties?: Record<string, unknown>;
}

export function protectorFacts(request: ArmRequest, server: Server): ProtectorFacts {
  const properties = isRecord(request.body) && isRecord(request.body.properties) ? request.body.properties : undefined;
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
  const uri = key && parseKeyUri(key.uri);
  if (!uri?.version) return false;
  const vault = request.state.vaults.find((v) => same(v.uri, `https://${uri.host}`));
  const newest = vault && newestEnabledVersion(findVaultKey(vault, uri.key) ?? { name: '', versions: [] });
  return newest !== undefined && !same(newest.version, uri.version);
}

export const isCurrent = (name: string | undefined): boolean => same(name ?? '', 'current');

/** Checks of PUT …/encryptionProtector/current before the vault is asked. */
export const setProtectorRules: readonly Rule<ProtectorFacts>[] = [
  {
    code: 'InvalidEncryptionProtectorName',
    status: 400,
    when: ({ request }) =>
      text(!isCurrent(request.params.protector), 'The encryption protector key name is not supported.'),
  },
  {
    code: 'InvalidKeyUpsertRequest',
    status: 400,
    when: (f) =>
      text(f.properties === undefined, 'The create server key request does not exist or has no properties object.'),
  },
  {
    code: 'InvalidKeyType',
    status: 400,
    when: (f) =>
      text(
        !['AzureKeyVault', 'ServiceManaged'].includes(f.serverKeyType),
        'The create server key type is not supported.',
      ),
  },
  {
    code: 'InvalidKeyName',
    status: 400,
    when: (f) =>
      text(
        f.serverKeyType === 'ServiceManaged' && !['', 'servicemanaged'].includes(f.serverKeyName.toLowerCase()),
        'An invalid value was given for the server key name.',
      ),
  },
  {
    code: 'ServerKeyNotFound',
    status: 404,
    when: (f) =>
      text(
        f.serverKeyType === 'AzureKeyVault' && f.key === undefined,
        'The requested server key was not found on the current subscription.',
      ),
  },
  {
    // In the error list since 2023-08-01.
    code: 'OldGenerationOfAKVKeyBeingUsedError',
    status: 400,
    when: (f) =>
      text(
        f.request.apiVersion >= '2023-08-01' && isOldVersion(f),
        'The operation could not be completed because an old version of the Azure Key Vault key is being used. Please use the latest version of the key.',
      ),
  },
  {
    code: 'EncryptionProtectorChangeInProgress',
    status: 409,
    when: (f) =>
      text(
        runningOn(f.request.emulator, f.server).some((o) => o.kind === 'upsertProtector'),
        'Cannot update database encryption key protector while protector change is already in progress',
      ),
  },
  oneOperationAtATime,
];
