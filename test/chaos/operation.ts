import type { Azure } from '../../src/core/ports';
import type { LoggedRequest } from '../emulator/base/emulator';
import type { State } from '../emulator/base/state';
import type { Place } from './estate';

/** What an operation of the extension reports, and what must be true of it. */
export interface Operation {
  readonly name: string;
  /** Resolves to how each part ended, in their order. If it rejects, all parts have failed. */
  readonly run: (azure: Azure, place: Place, signal: AbortSignal) => Promise<readonly Ending[]>;
  /** A run over several servers has several parts, any other operation one. */
  readonly parts: readonly Part[];
  /** Only for a change. */
  readonly change?: {
    readonly method: 'PUT' | 'PATCH' | 'DELETE' | 'POST';
    /** Whether Azure continues after its answer, so that the operation is polled. */
    readonly polled?: true;
    /** Cancel starts no more parts. The report about those that were started comes when they have ended. */
    readonly reportsLater?: true;
  };
}

/** A part that is reported by itself. */
export interface Part {
  readonly name: string;
  /** What the extension reports of a success, as the state of the emulator shows it. */
  readonly truth: (state: State, place: Place) => unknown;
  /** Only for a change: whether it is there. */
  readonly done?: (state: State, place: Place) => boolean;
  /** The requests of this part; by default, all requests of the operation. */
  readonly sends?: (request: LoggedRequest, place: Place) => boolean;
}

/** How a part ended: with a report to the user, with a failure, or not at all. */
export type Ending =
  | {
      readonly told: unknown;
      /** Reported as there before the operation. */
      readonly wasThere?: boolean;
    }
  | { readonly failure: unknown }
  | { readonly notStarted: true }
  | { readonly unended: string };
