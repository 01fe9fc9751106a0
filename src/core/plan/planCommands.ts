import { printedCommands, serverValues, type CommandValues, type PrintedCommand } from '../cli/commands';
import type { ServerPlace } from '../ports';
import { oneLine } from '../text';
import { titleOf } from './planTexts';
import type { Step } from './rotationPlan';
import type { AnyStep } from './singleStep';

/** Commands of Azure CLI that carry out a step, for sh and PowerShell. */
export function commandsOf(step: AnyStep): readonly PrintedCommand[] {
  switch (step.kind) {
    case 'createServerKey':
      return printedCommands('createServerKey', { ...at(step.server), keyUri: step.keyIdentifier });
    case 'compareThumbprints':
      return step.servers.flatMap((server) =>
        printedCommands('showThumbprint', { ...at(server), keyUri: step.keyIdentifier }),
      );
    case 'setProtector':
      return setProtector(step.server, step.keyIdentifier, step.autoRotation);
    case 'useServiceManagedKey':
      return printedCommands('setServiceManagedKey', at(step.server));
    case 'revalidateProtector':
      return printedCommands('revalidateProtector', at(step.server));
    case 'deleteServerKey':
      return printedCommands('deleteServerKey', { ...at(step.server), keyUri: step.keyIdentifier });
    case 'setDatabaseProtector': {
      const { keyIdentifier: keyUri, autoRotation } = step;
      return printedCommands('setDatabaseProtector', {
        ...ofDatabase(step),
        keyUri,
        autoRotation: String(autoRotation),
      });
    }
    case 'addDatabaseKey':
      return printedCommands('addDatabaseKey', { ...ofDatabase(step), keyUri: step.keyIdentifier });
    case 'revalidateDatabase':
      return printedCommands('revalidateDatabaseKey', ofDatabase(step));
    case 'revertDatabase':
      return printedCommands('revertDatabaseKey', ofDatabase(step));
  }
}

/** The commands of all steps as the lines of a script, each step under its title. */
export const scriptOf = (steps: readonly AnyStep[]): readonly string[] =>
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

const ofDatabase = ({ server, database }: Extract<AnyStep, { readonly database: string }>): CommandValues => ({
  ...at(server),
  database,
});

const at = (server: ServerPlace): CommandValues => ({ ...serverValues(server), subscription: server.subscriptionId });
