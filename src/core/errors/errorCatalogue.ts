import { databaseErrors } from './rows/databaseErrors';
import { engineErrors } from './rows/engineErrors';
import type { Names, RetryMode, Row } from './rows/errorRow';
import { gatewayErrors } from './rows/gatewayErrors';
import { identityErrors } from './rows/identityErrors';
import { instanceErrors } from './rows/instanceErrors';
import { operationErrors } from './rows/operationErrors';
import { ownErrors } from './rows/ownErrors';
import { protectorErrors } from './rows/protectorErrors';
import { replicaErrors } from './rows/replicaErrors';
import { requestErrors } from './rows/requestErrors';
import { resourceManagerErrors } from './rows/resourceManagerErrors';
import { serverErrors } from './rows/serverErrors';
import { signInErrors } from './rows/signInErrors';
import { vaultErrors } from './rows/vaultErrors';

export type { Names, RetryMode };

/** `what` is one sentence in the present tense; `remedies` stand in the order in which they are worth trying. */
export interface CatalogueTexts {
  readonly title: string;
  readonly what: string;
  readonly cause: string;
  readonly remedies: readonly string[];
}

export interface CatalogueRow {
  /** HTTP statuses the code is documented with; it arrives with others too, and is empty where there is no answer. */
  readonly statuses: readonly number[];
  readonly retryMode: RetryMode;
  /** A page of learn.microsoft.com. */
  readonly link?: string;
  /** Whether the REST reference "Server Keys - Create Or Update" lists the code. */
  readonly documented: boolean;
  /** Localised when called. */
  readonly texts: (names: Names) => CatalogueTexts;
}

/** The row of an error code, in the casing Azure writes it; undefined for codes that are not in the catalogue. */
export function catalogueRow(code: string): CatalogueRow | undefined {
  return rows.get(code);
}

/** Whether anything may be behind a code: it says nothing itself, or nobody knows it. */
export const tellsNoCause = (code: string): boolean =>
  !rows.has(code) || ['InternalServerError', 'ServiceUnavailable', 'OperationFailed'].includes(code);

/** Every code in the catalogue. */
export function catalogueCodes(): readonly string[] {
  return [...rows.keys()];
}

const rows: ReadonlyMap<string, CatalogueRow> = new Map([
  ...toRows({ ...requestErrors, ...vaultErrors, ...identityErrors, ...replicaErrors, ...operationErrors }, true),
  ...toRows(
    { ...signInErrors, ...resourceManagerErrors, ...gatewayErrors, ...serverErrors, ...protectorErrors },
    false,
  ),
  ...toRows({ ...databaseErrors, ...instanceErrors, ...ownErrors, ...engineErrors }, false),
]);

function toRows(
  table: Readonly<Record<string, Row>>,
  isDocumented: boolean,
): readonly (readonly [string, CatalogueRow])[] {
  return Object.entries(table).map(([code, [statuses, retryMode, path, texts]]) => [
    code,
    {
      statuses,
      retryMode,
      ...(path === '' ? {} : { link: `https://learn.microsoft.com/${path}` }),
      documented: isDocumented,
      texts: (names) => {
        const [title, what, cause, ...remedies] = texts(names);
        return { title, what, cause, remedies };
      },
    },
  ]);
}
