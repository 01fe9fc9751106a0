import type { ErrorCode } from '../errors/errorCatalogue';
import type { Evidence, Finding, Outcome } from '../errors/finding';
import { keyCodes } from '../keys/keySuitability';

/** What clients, logs, and later changes report if a server can't use its TDE protector. */
export const outageCodes: readonly ErrorCode[] = [
  '33183',
  '33184',
  '40613',
  '40925',
  '40981',
  'MakeDatabaseInaccessible',
  'MakeDatabaseAccessible',
  'CMKOperationNotAllowed',
  'CannotDropDatabaseAKVError',
  'DatabaseUnavailable',
];

/** Outages that also have other causes than the TDE protector. */
const unspecific: readonly ErrorCode[] = ['40613', '40925', 'DatabaseUnavailable'];

/** Why a server can't use a key. Source: Azure SQL docs, "Common errors with customer-managed keys". */
const causes: readonly ErrorCode[] = [
  'AzureKeyVaultNoServerIdentity',
  'AdalServicePrincipalNotFound',
  'AzureKeyVaultMissingPermissions',
  'UmiMissingAkvPermissions',
  'VaultNotFound',
  'AkvHostNotResolvingFromNode',
  'AkvEndpointNotReachableFromNode',
  'AzureKeyVaultConnectionFailed',
  'AzureKeyVaultKeyNameNotFound',
  'AzureKeyVaultKeyDisabled',
  'AzureKeyVaultInvalidExpirationDate',
];

const includes = (codes: readonly ErrorCode[], code: string) => codes.some((one) => one === code);

/** Whether databases are down, or can't be changed, because their server may have lost its key. */
export function isOutage(code: string): boolean {
  return includes(outageCodes, code);
}

/** The findings about the TDE protector of a server that explain an outage. */
export function evidenceForOutage(code: string, findings: readonly Finding[]): Evidence {
  const about = findings.filter(({ codes }) => codes.some((one) => includes(causes, one) || isOutage(one)));
  const those = (outcome: Outcome) => about.filter((finding) => finding.outcome === outcome);
  return {
    found: [...those('fail'), ...those('warn').filter(isPresent)].map(withoutChoice),
    ruledOut: those('pass'),
    unchecked: those('unknown'),
    isSuspicion: includes(unspecific, code),
  };
}

/** A key that expires later causes no outage now. */
const isPresent = ({ codes }: Finding) => codes.some((code) => code !== keyCodes.expired);

/** The server has a key already, so choosing another one fixes nothing. */
function withoutChoice({ fixes = [], ...finding }: Finding): Finding {
  return { ...finding, fixes: fixes.filter(({ kind }) => kind !== 'chooseKey' && kind !== 'chooseVersion') };
}
