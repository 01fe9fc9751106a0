import { commandOf } from '../../core/checks/describeFix';
import { evidenceFor } from '../../core/checks/checkCreation';
import { isOutage, outageSteps } from '../../core/checks/outage';
import { serverValues, type CommandValues } from '../../core/cli/commands';
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
  const read = (creation: Creation): Promise<Creation> =>
    check(creation, AbortSignal.any([...cancel, AbortSignal.timeout(longestReadMs)]));
  return (failed) => diagnoseCreation(services, failed, read);
}

const diagnoseCreation = (
  services: Services,
  { creation, error }: Failed,
  check: (creation: Creation) => Promise<Creation>,
): Promise<Diagnosis> =>
  diagnoseChecked(services, error, async (diagnosis, isClear) => {
    const checked = isClear ? creation : await check(creation);
    return withEvidence(diagnosis, isClear ? undefined : checked.findings, valuesOf(checked, diagnosis));
  });

/**
 * Diagnoses a failure, and logs it.
 * @param explain adds the causes to the diagnosis; `isClear` means that there is nothing to check. If it fails, that is only logged.
 */
export async function diagnoseChecked(
  services: Services,
  error: unknown,
  explain: (diagnosis: Diagnosis, isClear: boolean) => Promise<Diagnosis>,
): Promise<Diagnosis> {
  const diagnosis = toDiagnosis(services.log, error);
  try {
    // More requests would only prolong the throttling, and nothing in Azure explains why nothing was sent.
    const isClear =
      hasTrait(diagnosis.code, 'throttled') || hasCode(diagnosis, 'ExtensionReadOnly', 'StoppedBeforeSending');
    const found = await explain(diagnosis, isClear);
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
  const steps =
    evidence && isOutage(diagnosis.code)
      ? outageSteps(evidence, diagnosis.steps, values.instance !== undefined)
      : diagnosis.steps;
  return { ...diagnosis, steps, ...(evidence && { evidence }), ...(commands.length > 0 && { commands }) };
}

function valuesOf({ server, key, replicas = [] }: Creation, { serviceMessage }: Diagnosis): CommandValues {
  const named = replicas.find(({ name }) => serviceMessage.includes(name));
  const partner = named ?? (replicas.length === 1 ? replicas[0] : undefined);
  return {
    ...(partner && { partnerServer: partner.name }),
    ...(partner?.resourceGroup !== undefined && { partnerResourceGroup: partner.resourceGroup }),
    ...serverValues(server),
    serverId: server.id,
    resourceGroupId: resourceGroupId(server.id) ?? '',
    vault: key.vault,
    keyName: key.name,
    keyUri: formatKeyIdentifier(key),
    ...(key.kind === 'managedHsm' && { permissionModel: 'localRoles' }),
  };
}
