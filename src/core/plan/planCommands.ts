import { printedCommands, serverValues, type CommandValues, type PrintedCommand } from '../cli/commands';
import type { ServerPlace } from '../ports';
import { oneLine } from '../text';
import { titleOf } from './planTexts';
import type { Step } from './rotationPlan';

/** Commands of Azure CLI that carry out a step, for sh and PowerShell. @internal */
export function commandsOf(step: Step): readonly PrintedCommand[] {
  switch (step.kind) {
    case 'createServerKey':
      return printedCommands('createServerKey', { ...at(step.server), keyUri: step.keyIdentifier });
    case 'compareThumbprints':
      return step.servers.flatMap((server) =>
        printedCommands('showThumbprint', { ...at(server), keyUri: step.keyIdentifier }),
      );
    case 'setProtector':
      return setProtector(step.server, step.keyIdentifier, step.autoRotation);
  }
}

/** The commands of all steps as the lines of a script, each step under its title. */
export const scriptOf = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => [`# ${oneLine(titleOf(step))}`, ...commandsOf(step).flatMap(linesOf)]);

/** A command, and its note as a comment before it. */
export const linesOf = ({ text, note }: PrintedCommand): readonly string[] => [
  ...(note === undefined ? [] : [`# ${note}`]),
  text,
];

/** Commands that set the earlier TDE protectors again, the last one first. */
export function undoCommandsOf(steps: readonly Step[]): readonly PrintedCommand[] {
  return steps.toReversed().flatMap((step) => {
    if (step.kind !== 'setProtector') return [];
    const { server, former } = step;
    return former.type === 'serviceManaged'
      ? printedCommands('setServiceManagedKey', at(server))
      : setProtector(server, former.uri, former.autoRotation);
  });
}

const setProtector = (
  server: ServerPlace,
  keyUri: string | undefined,
  autoRotation: boolean,
): readonly PrintedCommand[] =>
  printedCommands('setProtector', { ...at(server), ...(keyUri && { keyUri }), autoRotation: String(autoRotation) });

const at = (server: ServerPlace): CommandValues => ({ ...serverValues(server), subscription: server.subscriptionId });
