import * as l10n from '@vscode/l10n';
import type { Finding } from '../errors/finding';
import type { SqlServer } from '../model';
import { lockCheck, permissionCheck } from './callerChecks';
import { notChecked, type ServerCheck, type World } from './check';
import { isAbsent, type ServerFacts } from './facts';
import { denyCheck, synapseCheck } from './governanceChecks';
import { identityCheck } from './identityChecks';
import { chainCheck } from './replicaChecks';
import { operationsCheck, serverCheck } from './serverChecks';

/** The service-managed key needs no identity. */
const neededIdentity: ServerCheck = (of, facts) =>
  identityCheck(of, facts).map((finding) =>
    finding.outcome === 'fail' && facts.protector.value?.type === 'serviceManaged'
      ? {
          ...finding,
          outcome: 'warn',
          detail: l10n.t("The service-managed key doesn't need one, but a key in a vault does."),
        }
      : finding,
  );

const checks: readonly ServerCheck[] = [
  serverCheck,
  neededIdentity,
  lockCheck,
  permissionCheck,
  denyCheck,
  synapseCheck,
  operationsCheck,
  chainCheck,
];

/** Evaluates the facts about a server itself, and reports those that couldn't be read. */
export function checkServer(server: SqlServer, facts: ServerFacts, world: World): readonly Finding[] {
  return [
    ...checks.flatMap((check) => check({ server }, facts, world)),
    ...unread(l10n.t('TDE protector of "{0}"', server.name), facts.protector),
    ...unread(l10n.t('server keys of "{0}"', server.name), facts.serverKeys),
  ];
}

const unread = (fact: string, reading: ServerFacts['protector'] | ServerFacts['serverKeys']): readonly Finding[] =>
  reading.error && !isAbsent(reading) ? [notChecked(fact, reading.error, [])] : [];
