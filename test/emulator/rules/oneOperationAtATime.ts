import { runningOn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import type { Server } from '../state';
import { text, type Rule } from './rule';

/** A server does one thing at a time, whatever it is. */
export const oneOperationAtATime: Rule<{ readonly request: ArmRequest; readonly server: Server }> = {
  code: 'ConflictingServerOperation',
  status: 409,
  when: (f) =>
    text(
      runningOn(f.request.emulator, f.server).length > 0,
      `An operation is currently in progress for the server '${f.server.name}'. Please wait until that operation completes before trying again.`,
    ),
};
