import { protectorKeyOf } from '../base/find';
import { secondariesOf } from '../base/geo';
import { messageIf, type Rule } from '../base/rule';
import type { Server } from '../base/state';
import { partnersOf, type FailoverGroupFacts } from './failoverGroupRules';
import { parseKeyIdentifier } from './keyIdentifier';
import { hasVaultKey } from './vaultRules';

const lacks = (partner: Server | undefined, server: Server): boolean => {
  const key = protectorKeyOf(server);
  return key !== undefined && !partner?.keys.some(({ thumbprint }) => thumbprint === key.thumbprint);
};

/** The checks of the operation, for which Azure SQL compares the keys of the servers. */
export const failoverGroupKeyRules: readonly Rule<FailoverGroupFacts>[] = [
  {
    code: 'SecurityAzureKeyVaultGeoChainError',
    status: 400,
    when: (f) =>
      messageIf(
        protectorKeyOf(f.server) !== undefined &&
          partnersOf(f).some((partner) => partner && secondariesOf(f.request.state, partner).length > 0),
        'Creating secondary of secondary (a process known as chaining) is not supported when enabling Transparent Data Encryption using Azure Key Vault (BYOK).',
      ),
  },
  {
    code: 'SameKeyUriNotFoundOnRemoteServer',
    status: 400,
    when: (f) => {
      const key = f.server.protector.autoRotationEnabled ? protectorKeyOf(f.server) : undefined;
      const identifier = key && parseKeyIdentifier(key.uri);
      return messageIf(
        identifier !== undefined && partnersOf(f).some((partner) => partner && !hasVaultKey(partner, identifier)),
        "Secondary server does not have the key material from the same key vault as the primary server's encryption protector with key auto-rotation enabled.",
      );
    },
  },
  {
    code: 'SameKeyMaterialNotFoundOnRemoteServer',
    status: 400,
    when: (f) =>
      messageIf(
        partnersOf(f).some((partner) => lacks(partner, f.server)),
        "Secondary server does not have the key material of the primary server's encryption protector.",
      ),
  },
];
