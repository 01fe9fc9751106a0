import type { ArmRequest } from '../arm/route';
import { primariesOf } from '../base/geo';
import { same } from '../base/ids';
import { messageIf, type Rule } from '../base/rule';
import type { SqlResource } from '../base/state';
import { oneOperationAtATime } from './serverRules';

export interface DeleteKeyFacts {
  request: ArmRequest;
  server: SqlResource;
  name: string;
}

const isProtector = (server: SqlResource, name: string): boolean => same(server.protector.serverKeyName, name);

/** The checks of DELETE …/servers/S/keys/NAME. */
export const deleteServerKeyRules: readonly Rule<DeleteKeyFacts>[] = [
  {
    code: 'InvalidUpsertKeyType',
    status: 400,
    when: (f) =>
      messageIf(
        same(f.name, 'ServiceManaged'),
        "Service-managed TDE keys are managed by the service. Service-managed TDE keys don't support Create or Update by the user.",
      ),
  },
  {
    code: 'AzureKeyVaultKeyInUse',
    status: 409,
    when: (f) =>
      messageIf(
        isProtector(f.server, f.name),
        `The key '${f.name}' is currently being used by the server '${f.server.name}'.`,
      ),
  },
  {
    code: 'AzureKeyVaultKeyUsedOnGeoPrimary',
    status: 400,
    when: (f) =>
      messageIf(
        primariesOf(f.request.state, f.server).some((primary) => isProtector(primary, f.name)),
        `The operation could not be completed because the Azure Key Vault Key name ${f.name} is currently set as encryption protector on geo-primary.`,
      ),
  },
  oneOperationAtATime,
];
