import { printedCommands, type CommandValues, type PrintedCommand } from '../cli/commands';
import type { CatalogueRow, Trait } from './catalogueRow';
import { databaseErrors } from './rows/databaseErrors';
import { databaseKeyErrors } from './rows/databaseKeyErrors';
import { encryptionErrors } from './rows/encryptionErrors';
import { engineErrors } from './rows/engineErrors';
import { eventErrors } from './rows/eventErrors';
import { gatewayErrors } from './rows/gatewayErrors';
import { identityErrors } from './rows/identityErrors';
import { instanceErrors } from './rows/instanceErrors';
import { instanceKeyErrors } from './rows/instanceKeyErrors';
import { numberedErrors } from './rows/numberedErrors';
import { operationErrors } from './rows/operationErrors';
import { ownErrors } from './rows/ownErrors';
import { protectorErrors } from './rows/protectorErrors';
import { replicaErrors } from './rows/replicaErrors';
import { requestErrors } from './rows/requestErrors';
import { resourceManagerErrors } from './rows/resourceManagerErrors';
import { serverErrors } from './rows/serverErrors';
import { signInErrors } from './rows/signInErrors';
import { vaultAccessErrors } from './rows/vaultAccessErrors';
import { vaultErrors } from './rows/vaultErrors';

/** In the order of the documentation; the codes of the REST reference "Server Keys - Create Or Update" come first. */
const tables = [
  requestErrors,
  vaultErrors,
  identityErrors,
  replicaErrors,
  operationErrors,
  signInErrors,
  resourceManagerErrors,
  gatewayErrors,
  vaultAccessErrors,
  serverErrors,
  protectorErrors,
  databaseErrors,
  databaseKeyErrors,
  encryptionErrors,
  instanceErrors,
  instanceKeyErrors,
  eventErrors,
  ownErrors,
  engineErrors,
  numberedErrors,
] as const;

type KeyOf<Table> = Table extends unknown ? keyof Table : never;

/** A code in the catalogue, in the casing that Azure uses. Azure may send others too. */
export type ErrorCode = KeyOf<(typeof tables)[number]>;

const rows: ReadonlyMap<string, CatalogueRow> = new Map(tables.flatMap((table) => Object.entries<CatalogueRow>(table)));

/** The code of the row for each number that is not itself a code. */
const codesOfNumbers: ReadonlyMap<string, string> = new Map(
  [...rows].flatMap(([code, { numbers = [] }]) => numbers.map((number) => [String(number), code] as const)),
);

/** The code for the same error, if this is a number with which SQL clients report it; otherwise the code itself. */
export function codeOf(codeOrNumber: string): string {
  return codesOfNumbers.get(codeOrNumber) ?? codeOrNumber;
}

/** The numbers with which SQL clients report an error that the catalogue has. */
export function catalogueNumbers(): readonly string[] {
  return [...codesOfNumbers.keys(), ...[...rows.keys()].filter((code) => /^\d+$/.test(code))];
}

/** Undefined for a code that is not in the catalogue. */
export function catalogueRow(code: string): CatalogueRow | undefined {
  return rows.get(code);
}

export function isErrorCode(code: string): code is ErrorCode {
  return rows.has(code);
}

export function catalogueCodes(): readonly ErrorCode[] {
  return [...rows.keys()].filter(isErrorCode);
}

/** Whether a code has a trait; a code that is not in the catalogue has none. */
export function hasTrait(code: string, trait: Trait): boolean {
  return rows.get(code)?.traits?.includes(trait) ?? false;
}

/** Whether anything may be the cause of a failure, because its code is generic or unknown. */
export function tellsNoCause(code: string): boolean {
  return !isErrorCode(code) || hasTrait(code, 'noCause');
}

/** The commands that fix the cause of an error or show more about it; none where no command helps. */
export function commandsForCode(code: string, values: CommandValues = {}): readonly PrintedCommand[] {
  const row = rows.get(code);
  const isInstance = values.instance !== undefined && values.server === undefined;
  const command = (isInstance ? row?.instanceCommand : undefined) ?? row?.command;
  return command ? printedCommands(command, values) : [];
}
