import * as l10n from '@vscode/l10n';
import { isInstanceId } from '../armId';
import type { ErrorCode } from '../errors/errorCatalogue';
import { keyIdentifierProblem } from '../keys/keyIdentifierRules';
import type { Check } from './check';

/**
 * Is the request valid, regardless of the state of Azure? `serverKeyRequest` builds it from the key identifier, so only
 * the key identifier can be wrong. Source: REST reference "Server Keys - Create Or Update" and its list of errors.
 */
export const requestCheck: Check = ({ key, server }, _, { cloud }) => {
  if (isInstanceId(server.id) && key.version === undefined) {
    const text = l10n.t('A managed instance needs a key identifier with a version');
    return [{ outcome: 'fail', text, codes: ['AzureKeyVaultMalformedVaultUri'] }];
  }
  const problem = keyIdentifierProblem(key, cloud);
  if (!problem) {
    return [{ outcome: 'pass', text: l10n.t('The key identifier and the server key name are valid'), codes }];
  }
  const code = problem.problem === 'tooLong' ? 'InvalidKeyName' : 'AzureKeyVaultMalformedVaultUri';
  return [{ outcome: 'fail', text: problem.message.replace(/\.$/, ''), codes: [code] }];
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
