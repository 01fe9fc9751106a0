import { runningOn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import type { Server } from '../base/state';
import { text, type Rule } from '../base/rule';

interface Facts {
  readonly request: ArmRequest;
  readonly server: Server;
  /** What is asked for; an operation of the same is no conflict, it gives way. */
  readonly target?: string;
}

/** A server does one thing at a time, whatever it is. */
export const oneOperationAtATime: Rule<Facts> = {
  code: 'ConflictingServerOperation',
  status: 409,
  when: (f) =>
    text(
      runningOn(f.request.emulator, f.server).some((o) => o.target === undefined || o.target !== f.target),
      `An operation is currently in progress for the server '${f.server.name}'. Please wait until that operation completes before trying again.`,
    ),
};
