import type { ArmRequest } from '../arm/route';
import { findInstance } from '../base/find';
import { groupId, isWithin, same } from '../base/ids';
import { isRecord, recordOf, recordsOf, stringOf } from '../base/json';
import { messageIf, type Rule } from '../base/rule';
import type { FailoverPolicy, InstanceFailoverGroup, ManagedInstance } from '../base/state';

export interface InstanceFailoverGroupFacts {
  readonly request: ArmRequest;
  readonly existing?: InstanceFailoverGroup | undefined;
  readonly properties?: Record<string, unknown>;
  readonly pairs: Record<string, unknown>[];
  readonly regions: string[];
  readonly primary?: ManagedInstance | undefined;
  readonly partner?: ManagedInstance | undefined;
}

/** The name of a region without blanks. */
export const plainRegion = (region: string): string => region.replaceAll(' ', '');

/** Reads the facts from a PUT of an instance failover group. */
export function instanceFailoverGroupFacts(
  request: ArmRequest,
  existing: InstanceFailoverGroup | undefined,
): InstanceFailoverGroupFacts {
  const { properties: sent } = recordOf(request.body);
  const properties = isRecord(sent) ? sent : undefined;
  const pairs = recordsOf(properties?.managedInstancePairs);
  const idIn = (name: string) => stringOf(pairs[0]?.[name]);
  return {
    request,
    existing,
    ...(properties && { properties }),
    pairs,
    regions: recordsOf(properties?.partnerRegions).map(({ location }) => stringOf(location)),
    primary: findInstance(request.state, idIn('primaryManagedInstanceId')),
    partner: findInstance(request.state, idIn('partnerManagedInstanceId')),
  };
}

const endpointOf = ({ properties }: InstanceFailoverGroupFacts) => recordOf(properties?.readWriteEndpoint);

/** The failover policy that a request sets. */
export function sentPolicy(facts: InstanceFailoverGroupFacts): FailoverPolicy {
  const { failoverPolicy, failoverWithDataLossGracePeriodMinutes: grace } = endpointOf(facts);
  if (failoverPolicy === 'Manual') return { failoverPolicy };
  return {
    failoverPolicy: 'Automatic',
    ...(typeof grace === 'number' && { failoverWithDataLossGracePeriodMinutes: grace }),
  };
}

const isHere = ({ request: { path, params } }: InstanceFailoverGroupFacts, instance: ManagedInstance): boolean =>
  isWithin(groupId(path), instance.id) && same(instance.location, plainRegion(params.location ?? ''));

const code = (name: string): string => `InstanceFailoverGroupCreateOrUpdateRequest${name}`;

/** The checks of PUT …/instanceFailoverGroups/G, in the words of Azure's API documents. */
export const instanceFailoverGroupRules: readonly Rule<InstanceFailoverGroupFacts>[] = [
  {
    code: code('Invalid'),
    status: 400,
    when: ({ properties }) =>
      messageIf(
        properties === undefined,
        'The create or update instance failover group request body is empty or invalid.',
      ),
  },
  {
    code: code('InvalidReadWriteEndpoint'),
    status: 400,
    when: ({ properties }) =>
      messageIf(
        !isRecord(properties?.readWriteEndpoint),
        'The readWriteEndpoint field is required for create or update requests.',
      ),
  },
  {
    code: code('InvalidReadWriteEndpointFields'),
    status: 400,
    when: (f) => {
      const { failoverPolicy, failoverWithDataLossGracePeriodMinutes: grace } = endpointOf(f);
      return messageIf(
        failoverPolicy === 'Automatic' && grace === undefined,
        'The property failoverWithDataLossGracePeriodMinutes must be provided when failover policy Automatic is selected for the read-write endpoint.',
      );
    },
  },
  {
    code: code('UnsupportedPartnerCount'),
    status: 400,
    when: ({ regions }) => messageIf(regions.length > 1, 'Only one partner region is supported.'),
  },
  {
    code: code('UnsupportedPairCount'),
    status: 400,
    when: ({ pairs }) => messageIf(pairs.length > 1, 'Only one managed instance pair is supported.'),
  },
  {
    code: code('InvalidPrimary'),
    status: 400,
    when: (f) =>
      messageIf(
        !f.primary || !isHere(f, f.primary),
        'The given primary field in create or update instance failover group request body is empty or invalid.',
      ),
  },
  {
    code: code('InvalidPartner'),
    status: 400,
    when: ({ partner }) =>
      messageIf(
        !partner,
        'The given partners field in create or update instance failover group request body is empty or invalid.',
      ),
  },
  {
    code: code('InvalidManagedInstanceRegion'),
    status: 400,
    when: ({ regions: [region = ''], partner }) =>
      messageIf(
        !same(plainRegion(region), partner?.location ?? ''),
        'The provided partner managed instance region in the instance failover group request body is empty or invalid.',
      ),
  },
  {
    code: code('DuplicatePartner'),
    status: 400,
    when: ({ request: { state }, existing, partner, primary }) =>
      messageIf(
        partner === primary ||
          state.instanceFailoverGroups.some((g) => g !== existing && same(g.secondary, partner?.id ?? '')),
        'One or more of the provided partner servers are already part of the instance failover group. Please make sure the primary server and all of the given partner servers are unique.',
      ),
  },
];
