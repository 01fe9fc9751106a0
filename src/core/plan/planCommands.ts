import { azCommand, type CommandValues } from '../cli/commands';
import type { ServerPlace } from '../ports';
import type { Step } from './rotationPlan';

/** Commands of Azure CLI that make a step, for sh and PowerShell. */
export function commandsOf(step: Step): readonly string[] {
  switch (step.kind) {
    case 'createServerKey':
      return [azCommand('createServerKeyAt', { ...at(step.server), keyUri: step.keyIdentifier })];
    case 'compareThumbprints':
      return step.servers.map((server) => azCommand('showThumbprint', { ...at(server), keyUri: step.keyIdentifier }));
    case 'setProtector':
      return [setProtector(step.server, step.keyIdentifier, step.autoRotation)];
  }
}

/** Commands that set the earlier TDE protectors again, the last one first. */
export function undoCommandsOf(steps: readonly Step[]): readonly string[] {
  return steps.toReversed().flatMap((step) => {
    if (step.kind !== 'setProtector') return [];
    const { server, former } = step;
    return former.type === 'serviceManaged'
      ? azCommand('setServiceManagedKeyAt', at(server))
      : setProtector(server, former.uri, former.autoRotation);
  });
}

const setProtector = (server: ServerPlace, keyUri: string | undefined, autoRotation: boolean): string =>
  azCommand('setProtectorAt', { ...at(server), ...(keyUri && { keyUri }), autoRotation: String(autoRotation) });

const at = ({ resourceGroup, name, subscriptionId }: ServerPlace): CommandValues => ({
  resourceGroup,
  server: name,
  subscription: subscriptionId,
});
