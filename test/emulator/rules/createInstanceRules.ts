import type { ArmRequest } from '../arm/route';
import { same } from '../base/ids';
import { propertiesOf, stringOf } from '../base/json';
import { messageIf, type Rule } from '../base/rule';
import type { ManagedInstance } from '../base/state';
import { createSqlRules, type CreateSqlFacts } from './createServerRules';

interface CreateInstanceFacts extends CreateSqlFacts {
  subnetId: string;
}

const subnet =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i;

/** The checks of PUT …/managedInstances/M for an instance that doesn't exist. */
export const createInstanceRules: readonly Rule<CreateInstanceFacts>[] = [
  ...createSqlRules(({ managedInstances }) => managedInstances),
  {
    code: 'InvalidSubnetResourceId',
    status: 400,
    when: ({ subnetId }) =>
      messageIf(
        !subnet.test(subnetId),
        'The provided subnet resource ID for the managed instance create or update is invalid.',
      ),
  },
];

/** The checks of PUT …/managedInstances/M for an existing one. */
export const replaceInstanceRules: readonly Rule<{ request: ArmRequest; existing: ManagedInstance }>[] = [
  {
    code: 'SubnetIdCantBeUpdated',
    status: 400,
    when: ({ request: { body }, existing }) => {
      const sent = stringOf(propertiesOf(body).subnetId);
      return messageIf(
        sent !== '' && !same(sent, existing.subnetId),
        'Changing managed instance subnet is not supported operation. Please remove this parameter from the request.',
      );
    },
  },
];
