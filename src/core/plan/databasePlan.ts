import * as l10n from '@vscode/l10n';
import { isArmError } from '../armError';
import { databaseId, sameId } from '../armId';
import { hasCode } from '../errors/errorCode';
import type { Fix } from '../errors/fix';
import { hasKey, hasProtector } from '../keys/databaseProtector';
import type { KeyedDatabase } from '../model';
import type { Change } from '../operations/change';
import type { Azure } from '../ports';
import { isSecondary, type DatabaseSide } from './databaseGroup';
import { changeOf } from './planTexts';
import { stepOfFix } from './singleStep';

/** A key that a database and its replicas get and, with a setting for automatic rotation, as their TDE protector. */
export interface WantedKey {
  readonly uri: string;
  readonly autoRotation?: boolean;
}

/** A change of one of the databases. */
export type DatabaseStep = Extract<Fix, { readonly kind: 'addDatabaseKey' | 'setDatabaseProtector' }>;

/**
 * All steps that give a database and its replicas a key: the secondaries get it first, then the primary. The TDE protector changes in
 * the opposite order. Source: Azure SQL docs, "TDE with database-level customer-managed keys", geo-replication.
 */
export function databaseSteps(
  sides: readonly DatabaseSide[],
  { uri, autoRotation }: WantedKey,
): readonly DatabaseStep[] {
  const secondaries = sides.filter(isSecondary);
  const primaries = sides.filter((side) => !isSecondary(side));
  const additions = [...secondaries, ...primaries].map((side) => stepFor(side, { uri }));
  if (autoRotation === undefined) return additions;
  return [...additions, ...[...primaries, ...secondaries].map((side) => stepFor(side, { uri, autoRotation }))];
}

/** The step that gives one database a key. */
export const stepFor = (
  { server, database }: Pick<DatabaseSide, 'server' | 'database'>,
  { uri, autoRotation }: WantedKey,
): DatabaseStep =>
  autoRotation === undefined
    ? { kind: 'addDatabaseKey', server, database, uri }
    : { kind: 'setDatabaseProtector', server, database, protector: { uri, autoRotation } };

/** Whether a database is as a step leaves it. */
export const isStepDone = (step: DatabaseStep, now: KeyedDatabase = step.database): boolean =>
  step.kind === 'addDatabaseKey' ? hasKey(now, step.uri) : hasProtector(now, step.protector);

/** A step as the journal has it. */
export const changeOfStep = (step: DatabaseStep): Change => changeOf(stepOfFix(step));

/** What a run needs from the caller. */
export interface DatabaseRunHost {
  readonly azure: { readonly databaseKeys: Pick<Azure['databaseKeys'], 'get'> };
  /** When aborted, reads end and no other step starts. */
  readonly signal: AbortSignal;
  /** Told before each step how many are done. */
  readonly report: (done: number, step: DatabaseStep) => void;
  /** Waits until the outcome of earlier requests for the change is known. Sends only reads. */
  readonly settle: (change: Change) => Promise<void>;
  readonly send: (step: DatabaseStep) => Promise<void>;
}

/** How many steps are done, and why the others aren't: `error` is a failure, `problem` a sentence, and neither of them a stop. */
export interface DatabaseRunEnd {
  readonly done: number;
  readonly error?: unknown;
  readonly problem?: string;
}

/**
 * Makes changes of replicated databases one after the other, and stops at the first that fails. Reads the database before each step, so
 * that nothing is sent twice, and all databases before a TDE protector changes: each must have the key.
 * @param steps all of them, also those that are done
 */
export async function runDatabaseSteps(steps: readonly DatabaseStep[], host: DatabaseRunHost): Promise<DatabaseRunEnd> {
  const { signal } = host;
  for (const [done, step] of steps.entries()) {
    if (signal.aborted) return { done };
    host.report(done, step);
    try {
      const problem = await runStep(steps, step, host);
      if (problem !== undefined) return { done, problem };
    } catch (error) {
      const isStopped = isArmError(error) ? hasCode(error, 'StoppedBeforeSending') : signal.aborted;
      return isStopped ? { done } : { done, error };
    }
  }
  return { done: steps.length };
}

/** Makes a change, unless the database shows it already. @returns why it must not be made now */
async function runStep(
  steps: readonly DatabaseStep[],
  step: DatabaseStep,
  { azure, signal, settle, send }: DatabaseRunHost,
): Promise<string | undefined> {
  await settle(changeOfStep(step));
  if (step.kind === 'setDatabaseProtector') {
    const lacking = await lackingKey(azure, steps, step.protector.uri, signal);
    if (lacking) {
      const { server, database } = lacking;
      return l10n.t('The database "{0}" on "{1}" doesn\'t have the key.', database.name, server.name);
    }
  }
  const now = await azure.databaseKeys.get(step.server, step.database.name, signal);
  if (!isStepDone(step, now)) await send(step);
  return undefined;
}

/** Reads all databases. @returns a step of the first one without the key */
async function lackingKey(
  { databaseKeys }: DatabaseRunHost['azure'],
  steps: readonly DatabaseStep[],
  uri: string,
  signal: AbortSignal,
): Promise<DatabaseStep | undefined> {
  const idOf = ({ server, database }: DatabaseStep): string => databaseId(server, database.name);
  for (const one of steps.filter((step, i) => steps.findIndex((other) => sameId(idOf(other), idOf(step))) === i)) {
    if (!hasKey(await databaseKeys.get(one.server, one.database.name, signal), uri)) return one;
  }
  return undefined;
}
