import type { Fix } from '../errors/fix';
import type { DatabaseProtector, KeyedDatabase, TdeProtector } from '../model';
import type { ServerPlace } from '../ports';
import type { PlanHead } from './plan';
import type { Step } from './rotationPlan';

/** A change of one server or database, which runs without other steps. */
export type SingleStep =
  | Extract<Step, { readonly kind: 'setProtector' }>
  | { readonly kind: 'useServiceManagedKey'; readonly server: ServerPlace; readonly former: TdeProtector }
  | { readonly kind: 'revalidateProtector'; readonly server: ServerPlace }
  | { readonly kind: 'deleteServerKey'; readonly server: ServerPlace; readonly keyIdentifier: string }
  | (DatabasePlace & {
      readonly kind: 'setDatabaseProtector';
      readonly keyIdentifier: string;
      readonly autoRotation: boolean;
      /** Absent if the database uses the TDE protector of its server. */
      readonly former?: DatabaseProtector;
    })
  | (DatabasePlace & { readonly kind: 'addDatabaseKey'; readonly keyIdentifier: string })
  | (DatabasePlace & { readonly kind: 'revalidateDatabase' })
  | (DatabasePlace & { readonly kind: 'revertDatabase'; readonly former?: DatabaseProtector });

interface DatabasePlace {
  readonly server: ServerPlace;
  /** The name. */
  readonly database: string;
}

/** Server keys to create: one for each key on each server. */
export interface NewServerKeys {
  readonly kind: 'createServerKeys';
  readonly servers: readonly [ServerPlace, ...ServerPlace[]];
  /** The key identifiers. */
  readonly keys: readonly string[];
}

/** A step of any plan. */
export type AnyStep = Step | SingleStep;

/** A change that isn't a rotation, which can be saved, and run later. */
export interface ChangePlan extends PlanHead {
  readonly step: SingleStep | NewServerKeys;
}

const planned = [
  'setProtector',
  'revalidateProtector',
  'addDatabaseKey',
  'setDatabaseProtector',
  'revalidateDatabase',
  'revertDatabase',
] as const;
type PlannedFix = OfKind<(typeof planned)[number]>;
type OfKind<Kind extends Fix['kind']> = Extract<Fix, { readonly kind: Kind }>;

/** Whether a fix can be the step of a plan: it changes or revalidates a TDE protector, or adds a key. */
export const isPlanned = (fix: Fix): fix is PlannedFix => planned.some((kind) => kind === fix.kind);

/** The step of such a fix. */
export function stepOfFix(fix: PlannedFix): SingleStep {
  switch (fix.kind) {
    case 'setProtector': {
      const { kind, server, key, autoRotation, was: former } = fix;
      return key.uri === undefined
        ? { kind: 'useServiceManagedKey', server, former }
        : { kind, server, keyIdentifier: key.uri, autoRotation, former };
    }
    case 'revalidateProtector':
      return { kind: fix.kind, server: fix.server };
    case 'addDatabaseKey':
      return { kind: fix.kind, server: fix.server, database: fix.database.name, keyIdentifier: fix.uri };
    case 'setDatabaseProtector': {
      const { kind, protector } = fix;
      return { kind, ...placeOf(fix), keyIdentifier: protector.uri, autoRotation: protector.autoRotation };
    }
    case 'revalidateDatabase':
      return { kind: fix.kind, server: fix.server, database: fix.database.name };
    case 'revertDatabase':
      return { kind: fix.kind, ...placeOf(fix) };
  }
}

const placeOf = ({ server, database }: Extract<PlannedFix, { readonly database: KeyedDatabase }>) => ({
  server,
  database: database.name,
  ...(database.protector && { former: database.protector }),
});
