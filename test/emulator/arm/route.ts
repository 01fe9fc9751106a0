import type { Emulator } from '../base/emulator';
import type { State } from '../base/state';
import type { Claims } from '../directory/tokens';
import type { Access } from './access';
import type { Answer } from '../base/answer';

export interface ArmRequest extends Access {
  emulator: Emulator;
  state: State;
  caller: Claims;
  method: string;
  /** Path without query, in the caller's casing. */
  path: string;
  /** Values of the :placeholders of the route. */
  params: Partial<Record<string, string>>;
  query: Partial<Record<string, string>>;
  /** The parsed JSON body; undefined without one. */
  body: unknown;
  apiVersion: string;
  now: number;
}

export interface Route {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Placeholders :sub and :group make the gateway check that the subscription and the group exist. */
  path: string;
  /** Decides the supported api-versions and the action that the caller needs: TYPE/read, /write or /delete. */
  type: string;
  /** Another action than the one derived from type and method. */
  action?: string;
  /** A list that shows what the caller may read instead of refusing: lists at subscription and group level. */
  filtered?: boolean;
  handle: (request: ArmRequest) => Answer;
}

const verbs = { GET: 'read', PUT: 'write', PATCH: 'write', POST: 'action', DELETE: 'delete' };

export const actionOf = ({ action, type, method }: Route): string => action ?? `${type}/${verbs[method]}`;
