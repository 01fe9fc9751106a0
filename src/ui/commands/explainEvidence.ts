import { l10n } from 'vscode';
import { sameId } from '../../core/armId';
import { isOutage, outageCodes } from '../../core/checks/outage';
import type { CommandValues } from '../../core/cli/commands';
import type { Finding } from '../../core/errors/finding';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { KeyIdentifier } from '../../core/vaultModel';
import type { Explanation } from '../../core/pastedErrors/explainText';
import { toDiagnosis } from '../failures/report';
import type { Services } from '../services';
import { namedInstance, namedServer, subjectOf, type Subject } from './explainSubjects';

/** What the account can see of the server and the key that a text names. */
export interface Seen {
  readonly findings?: readonly Finding[];
  /** Object IDs of the identities of the server. */
  readonly identities?: readonly string[];
  /** What Azure adds to the values in the text. */
  readonly values?: CommandValues;
  /** Names of the signed-in accounts. */
  readonly accounts?: readonly string[];
}

/** Checks the key that a text names, or after an outage the TDE protector, on the server that it names or that uses the key. */
export async function lookAt(services: Services, explanation: Explanation, signal: AbortSignal): Promise<Seen> {
  if (!hasQuestion(explanation)) return {};
  try {
    const inventory = await services.inventory.get();
    const accounts = inventory.tenants.flatMap(({ account }) => account?.label ?? []);
    const subject = await subjectOf(services, inventory, explanation, signal);
    return { accounts, ...(subject && (await lookAtSubject(services, subject, explanation))) };
  } catch (error) {
    signal.throwIfAborted();
    services.log.info(toDiagnosis(services.log, error).what);
    return {};
  }
}

function hasQuestion(explanation: Explanation): boolean {
  const { keys, serverKeys, principals } = explanation.resources;
  if (keys.length > 0 || serverKeys.length > 0 || principals.length > 0) return true;
  return (namedServer(explanation) ?? namedInstance(explanation)) !== undefined && isAboutProtector(explanation);
}

/** The first failure is the most specific one. */
const isAboutProtector = ({ failures: [first] }: Explanation): boolean => first !== undefined && isOutage(first.code);

async function lookAtSubject(services: Services, subject: Subject, explanation: Explanation): Promise<Seen> {
  const { name, identity, values } = subject;
  const { systemAssigned, userAssigned } = identity;
  const identities = [systemAssigned, ...userAssigned].flatMap((one) => one?.principalId ?? []);
  const uri = await uriOf(subject, explanation);
  if (uri === 'serviceManaged') return { identities, values, findings: [serviceManaged(name)] };
  const parsed = parseKeyIdentifier(uri ?? '', services.cloud());
  if (!parsed.ok) return { identities, values };
  const findings = await subject.check(parsed.key);
  return { identities, values: { ...values, ...valuesOf(parsed.key) }, findings };
}

const valuesOf = (key: KeyIdentifier): CommandValues => ({
  vault: key.vault,
  keyName: key.name,
  keyUri: formatKeyIdentifier(key),
  ...(key.kind === 'managedHsm' && { permissionModel: 'localRoles' as const }),
});

/** The key identifier of the TDE protector after an outage, otherwise of the key or server key that the text names. */
async function uriOf({ readProtector, readKeys }: Subject, explanation: Explanation): Promise<string | undefined> {
  if (isAboutProtector(explanation)) {
    const { type, uri } = await readProtector();
    return type === 'serviceManaged' ? type : uri;
  }
  const { keys, serverKeys } = explanation.resources;
  const [key, ...otherKeys] = keys;
  if (key !== undefined) return otherKeys.length === 0 ? key : undefined;
  const [name, ...otherNames] = serverKeys;
  if (name === undefined || otherNames.length > 0) return undefined;
  return (await readKeys()).find((serverKey) => sameId(serverKey.name, name))?.uri;
}

function serviceManaged(name: string): Finding {
  return { outcome: 'pass', text: l10n.t('The TDE protector of "{0}" is service-managed', name), codes: outageCodes };
}
