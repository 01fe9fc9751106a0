import * as l10n from '@vscode/l10n';
import type { Cloud } from '../clouds';
import type { ErrorCode } from '../errors/errorCatalogue';
import { formatKeyIdentifier, parseKeyIdentifier } from '../keys/keyIdentifier';
import type { KeyIdentifierProblem } from '../keys/keyIdentifierRules';
import { parseServerKeyName, serverKeyName, serviceManagedKeyName } from '../keys/serverKeyName';
import type { ServerKeyRequest } from './facts';
import type { Check } from './check';

/** The only server key type that can be created; managed HSMs have it too. */
const serverKeyType = 'AzureKeyVault';

interface Problem {
  readonly code: ErrorCode;
  readonly text: string;
}

/** What Azure SQL refuses by the request alone. Source: REST reference "Server Keys - Create Or Update" and its error list. */
export const requestCheck: Check = ({ request }, { cloud }) => {
  const problem = requestProblem(request, cloud);
  return problem
    ? [{ outcome: 'fail', text: problem.text, codes: [problem.code] }]
    : [{ outcome: 'pass', text: l10n.t('Key identifier and server key name have the right form'), codes }];
};

const codes: readonly ErrorCode[] = [
  'InvalidKeyUpsertRequest',
  'InvalidUpsertKeyType',
  'InvalidKeyType',
  'SecurityAzureKeyVaultUrlNullOrEmpty',
  'AzureKeyVaultInvalidUri',
  'AzureKeyVaultMalformedVaultUri',
  'SecurityAzureKeyVaultInvalidKeyName',
  'InvalidKeyName',
];

function requestProblem({ name, properties }: ServerKeyRequest, cloud: Cloud): Problem | undefined {
  if (!properties) {
    return { code: 'InvalidKeyUpsertRequest', text: l10n.t('The request does not say what to create') };
  }
  const { serverKeyType: type = '', uri = '' } = properties;
  if (isServiceManaged(name) || isServiceManaged(type)) {
    return {
      code: 'InvalidUpsertKeyType',
      text: l10n.t('The service-managed key always exists and cannot be created'),
    };
  }
  if (type !== serverKeyType) {
    return {
      code: 'InvalidKeyType',
      text: l10n.t('The server key type is "{0}"; it must be {1}', type, serverKeyType),
    };
  }
  if (uri.trim() === '') {
    return { code: 'SecurityAzureKeyVaultUrlNullOrEmpty', text: l10n.t('The request has no key identifier') };
  }
  return identifierProblem(name, uri, cloud);
}

function isServiceManaged(text: string): boolean {
  return text.toLowerCase() === serviceManagedKeyName.toLowerCase();
}

/** Other problems than these make the identifier no address of a key at all. */
const codeOf: Readonly<Partial<Record<KeyIdentifierProblem, ErrorCode>>> = {
  vaultOnly: 'AzureKeyVaultInvalidUri',
  secret: 'AzureKeyVaultInvalidUri',
  certificate: 'AzureKeyVaultInvalidUri',
  tooLong: 'InvalidKeyName',
};

function identifierProblem(name: string, uri: string, cloud: Cloud): Problem | undefined {
  const result = parseKeyIdentifier(uri, cloud);
  if (!result.ok) {
    const code = codeOf[result.problem] ?? 'AzureKeyVaultMalformedVaultUri';
    return { code, text: result.message.replace(/\.$/, '') };
  }
  const plain = uri.replace(/:443(?=\/)/, '').replace(/\/+$/, '');
  if (plain.toLowerCase() !== formatKeyIdentifier(result.key).toLowerCase()) {
    const text = l10n.t('There is more than a key identifier in "{0}"', uri);
    return { code: 'AzureKeyVaultMalformedVaultUri', text };
  }
  if (!parseServerKeyName(name)) {
    const text = l10n.t('The server key name "{0}" does not have the form vault_key_version', name);
    return { code: 'SecurityAzureKeyVaultInvalidKeyName', text };
  }
  const expected = serverKeyName(result.key);
  return name.toLowerCase() === expected.toLowerCase()
    ? undefined
    : {
        code: 'InvalidKeyName',
        text: l10n.t('The server key name is "{0}"; for this key it must be "{1}"', name, expected),
      };
}
