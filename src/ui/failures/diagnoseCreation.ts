import { l10n, ProgressLocation, window } from 'vscode';
import type { Creation } from '../../core/creation/creation';
import type { CommandValues } from '../../core/cli/commands';
import { diagnosisLog, type Diagnosis } from '../../core/errors/diagnose';
import { commandForCode, hasTrait } from '../../core/errors/errorCatalogue';
import { formatKeyIdentifier } from '../../core/keys/keyIdentifier';
import { commandOf } from '../../core/checks/describeFix';
import type { Finding } from '../../core/errors/finding';
import { evidenceFor } from '../../core/checks/preflight';
import type { Services } from '../services';
import { preflightReader } from '../runChecks';
import { logDiagnosis, toDiagnosis } from './report';

/** Longest look at what may have caused a failure, in milliseconds; after that it is told without. */
const longestLookMs = 10_000;

/** A creation that has failed. */
export interface Failed {
  readonly creation: Creation;
  readonly error: unknown;
}

/**
 * Finds out what failed creations mean, which of their causes are true now, and what would mend them, and writes it to the log.
 * What several of them share is read once.
 */
export function diagnoser(services: Services): (failed: Failed) => Thenable<Diagnosis> {
  let reading: ReturnType<typeof preflightReader> | undefined;
  const reader = () => (reading ??= preflightReader(services, AbortSignal.timeout(longestLookMs)));
  const options = { location: ProgressLocation.Window, title: l10n.t('Looking for the cause…') };
  return (failed) => window.withProgress(options, () => lookInto(services, reader, failed));
}

async function lookInto(
  services: Services,
  reader: () => ReturnType<typeof preflightReader>,
  { creation, error }: Failed,
): Promise<Diagnosis> {
  const diagnosis = toDiagnosis(services.log, error);
  try {
    // Who is throttled asks for nothing more.
    const checked = hasTrait(diagnosis.code, 'throttled') ? undefined : await (await reader())(creation);
    const found = withEvidence(diagnosis, checked?.findings, valuesOf(creation));
    logDiagnosis(services, found);
    return found;
  } catch (failed) {
    logDiagnosis(services, diagnosis);
    services.log.warn(diagnosisLog(toDiagnosis(services.log, failed)));
    return diagnosis;
  }
}

/** A diagnosis with what was found out about its causes, and the command that would mend what was found. */
export function withEvidence(
  diagnosis: Diagnosis,
  findings: readonly Finding[] | undefined,
  values: CommandValues,
): Diagnosis {
  const evidence = findings && evidenceFor(diagnosis.code, findings);
  const [fix] = evidence?.isSuspicion ? [] : (evidence?.found.flatMap(({ fixes = [] }) => fixes) ?? []);
  const command = (fix && commandOf(fix)) ?? commandForCode(diagnosis.code, values);
  return { ...diagnosis, ...(evidence && { evidence }), ...(command !== undefined && { command }) };
}

function valuesOf({ server, key }: Creation): CommandValues {
  return {
    resourceGroup: server.resourceGroup,
    server: server.name,
    serverId: server.id,
    vault: key.vault,
    keyName: key.name,
    keyUri: formatKeyIdentifier(key),
    permissionModel: key.kind === 'managedHsm' ? 'localRoles' : 'roles',
  };
}
