import * as l10n from '@vscode/l10n';
import { findServerKey, type Creation } from '../creation/creation';
import { ArmError } from '../armError';
import { diagnose } from '../errors/diagnose';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { Evidence, Finding, Outcome } from '../errors/finding';
import type { Fix } from '../errors/fix';
import { fixRevalidate, fixRevalidateInstance } from '../errors/rows/commonTexts';
import { isProtectorKey } from '../keys/sameKey';
import { keyCodes } from '../keys/keySuitability';
import { notChecked, type World } from './check';
import { describeOutage } from './describeOutage';
import type { Facts } from './facts';

/** What clients, logs, and later changes report if a server can't use its TDE protector. */
export const outageCodes: readonly ErrorCode[] = [
  '33183',
  '33184',
  '40613',
  '40925',
  '40981',
  'MakeDatabaseInaccessible',
  'MakeManagedDbInaccessible',
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
  const found = [...those('fail'), ...those('warn').filter(isPresent)];
  // An inaccessible database proves that the key is the cause.
  const isProven = found.some(({ codes }) => includes(codes, code));
  return {
    found: found.map(withoutChoice),
    ruledOut: those('pass'),
    unchecked: those('unknown'),
    isSuspicion: includes(unspecific, code) && !isProven,
  };
}

/**
 * What to do after an outage: what helps against the causes that were found, then a revalidation.
 * @param steps what to do if no cause was found
 */
export function outageSteps(
  { found, isSuspicion }: Evidence,
  steps: readonly string[],
  isInstance: boolean,
): readonly string[] {
  const against = (isSuspicion ? [] : outageCauses(found)).flatMap(({ codes }) => {
    const cause = codes.find((code) => includes(causes, code));
    return cause === undefined ? [] : diagnose(new ArmError({ code: cause, message: '' })).steps;
  });
  if (against.length === 0) return steps;
  return [...new Set([...against, isInstance ? fixRevalidateInstance() : fixRevalidate()])];
}

/** Why a server can't use its TDE protector, according to the findings about its key. */
export function outageCauses(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ outcome, codes }) => outcome === 'fail' && codes.some((code) => includes(causes, code)));
}

/**
 * Are databases of the server inaccessible?
 * @param findings those of the other checks, which tell the cause if they are about the TDE protector
 */
export function outageFindings(
  { server, key }: Creation,
  { inaccessible, protector, serverKeys }: Pick<Facts, 'inaccessible' | 'protector' | 'serverKeys'>,
  findings: readonly Finding[],
  { now }: Pick<World, 'now'>,
): readonly Finding[] {
  if (!inaccessible) return [];
  const fact = l10n.t('databases of "{0}" that are inaccessible', server.name);
  if (inaccessible.error) return [notChecked(fact, inaccessible.error, outageCodes)];
  const names = inaccessible.value;
  if (names.length === 0) {
    return [{ outcome: 'pass', text: l10n.t('No database of "{0}" is inaccessible', server.name), codes: outageCodes }];
  }
  const checked = serverKeys.value && findServerKey(serverKeys.value, key);
  const isAboutProtector = checked && protector.value && isProtectorKey(checked, protector.value);
  const lost = {
    server: server.name,
    inaccessible: names,
    ...(isAboutProtector && { causes: outageCauses(findings) }),
  };
  const outage = describeOutage(lost, now);
  if (!outage) return [];
  const { text, detail } = outage;
  // While the server can't use the key, a revalidation fails.
  const fixes: readonly Fix[] = lost.causes?.length ? [] : [{ kind: 'revalidateProtector', server }];
  return [{ outcome: 'warn', text, detail, codes: outageCodes, fixes }];
}

/** A key that expires later causes no outage now. */
const isPresent = ({ codes }: Finding) => codes.some((code) => code !== keyCodes.expired);

/** The server has a key already, so choosing another one fixes nothing. */
function withoutChoice({ fixes = [], ...finding }: Finding): Finding {
  return { ...finding, fixes: fixes.filter(({ kind }) => kind !== 'chooseKey' && kind !== 'chooseVersion') };
}
