import { commandOf } from '../../core/checks/describeFix';
import { evidenceFor } from '../../core/checks/checkCreation';
import type { CommandValues } from '../../core/cli/commands';
import type { Failed } from '../../core/creation/createAll';
import type { Creation } from '../../core/creation/creation';
import { diagnosisLog, type Diagnosis } from '../../core/errors/diagnose';
import { commandsForCode, hasTrait } from '../../core/errors/errorCatalogue';
import { hasCode } from '../../core/errors/errorCode';
import type { Finding } from '../../core/errors/finding';
import { messageValues } from '../../core/errors/messageValues';
import { formatKeyIdentifier } from '../../core/keys/keyIdentifier';
import { resourceGroupId } from '../../core/resourceGroupId';
import { creationChecker } from '../runChecks';
import type { Services } from '../services';
import { logDiagnosis, toDiagnosis } from './report';

/** Maximum time to read the facts about one failure, in milliseconds. A fact that takes longer is not checked. */
const longestReadMs = 10_000;

/**
 * Diagnoses failed creations: finds the causes that apply now and their fixes, and logs each result. Failures of one run share
 * their reads.
 * @param signal aborts the reads; the failure then has no evidence. Ignored if the user has already stopped waiting.
 */
export function diagnoser(services: Services, signal: AbortSignal): (failed: Failed) => Promise<Diagnosis> {
  const cancel = signal.aborted ? [] : [signal];
  const { check } = creationChecker(services);
  const findingsOf = async (creation: Creation): Promise<Creation['findings']> =>
    (await check(creation, AbortSignal.any([...cancel, AbortSignal.timeout(longestReadMs)]))).findings;
  return (failed) => diagnoseCreation(services, failed, findingsOf);
}

async function diagnoseCreation(
  services: Services,
  { creation, error }: Failed,
  findingsOf: (creation: Creation) => Promise<Creation['findings']>,
): Promise<Diagnosis> {
  const diagnosis = toDiagnosis(services.log, error);
  try {
    // More requests would only prolong the throttling, and nothing in Azure explains why nothing was sent.
    const isClear = hasTrait(diagnosis.code, 'throttled') || hasCode(diagnosis, 'ReadOnly', 'StoppedBeforeSending');
    const findings = isClear ? undefined : await findingsOf(creation);
    const found = withEvidence(diagnosis, findings, valuesOf(creation));
    logDiagnosis(services, found);
    return found;
  } catch (failure) {
    logDiagnosis(services, diagnosis);
    const isCanceled = failure instanceof Error && failure.name === 'AbortError';
    if (!isCanceled) services.log.warn(diagnosisLog(toDiagnosis(services.log, failure)));
    return diagnosis;
  }
}

/** Adds the causes that apply now to a diagnosis, and the commands that fix them. */
export function withEvidence(
  diagnosis: Diagnosis,
  findings: readonly Finding[] | undefined,
  values: CommandValues,
): Diagnosis {
  const evidence = findings && evidenceFor(diagnosis.code, findings);
  const [fix] = evidence?.isSuspicion ? [] : (evidence?.found.flatMap(({ fixes = [] }) => fixes) ?? []);
  const command = fix && commandOf(fix);
  const known = { ...messageValues(diagnosis.serviceMessage), ...values };
  const commands = command === undefined ? commandsForCode(diagnosis.code, known) : [{ text: command }];
  return { ...diagnosis, ...(evidence && { evidence }), ...(commands.length > 0 && { commands }) };
}

function valuesOf({ server, key }: Creation): CommandValues {
  return {
    resourceGroup: server.resourceGroup,
    server: server.name,
    serverId: server.id,
    resourceGroupId: resourceGroupId(server.id) ?? '',
    vault: key.vault,
    keyName: key.name,
    keyUri: formatKeyIdentifier(key),
    ...(key.kind === 'managedHsm' && { permissionModel: 'localRoles' }),
  };
}
