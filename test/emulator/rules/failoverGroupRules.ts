import type { ArmRequest } from '../arm/route';
import { findServer } from '../base/find';
import { includesId, lastSegment, same } from '../base/ids';
import { isRecord, recordOf, recordsOf, stringOf, stringsOf } from '../base/json';
import { messageIf, type Rule } from '../base/rule';
import type { FailoverGroup, FailoverPolicy, Server } from '../base/state';
import { oneOperationAtATime } from './serverRules';

export interface FailoverGroupFacts {
  request: ArmRequest;
  server: Server;
  name: string;
  existing?: FailoverGroup;
  properties?: Record<string, unknown>;
  /** The IDs of the partner servers and of the databases, as sent. */
  partners: string[];
  databases: string[];
}

export const groupOf = ({ state, params: { name = '' } }: ArmRequest, server: Server): FailoverGroup | undefined =>
  state.failoverGroups.find((g) => same(g.name, name) && includesId([g.primary, ...g.secondaries], server.id));

export const policyOf = ({ policy }: Pick<FailoverGroup, 'policy'>): FailoverPolicy =>
  policy ?? { failoverPolicy: 'Automatic', failoverWithDataLossGracePeriodMinutes: 60 };

/** Reads the facts from a PUT or PATCH of a failover group. A PATCH keeps what it omits. */
export function failoverGroupFacts(request: ArmRequest, server: Server): FailoverGroupFacts {
  const existing = groupOf(request, server);
  const { properties: sent } = recordOf(request.body);
  const kept = request.method === 'PATCH' ? existing : undefined;
  const policy = kept && { readWriteEndpoint: policyOf(kept) };
  const properties: Record<string, unknown> | undefined = isRecord(sent) ? { ...policy, ...sent } : undefined;
  const partners = recordsOf(properties?.partnerServers).map(({ id }) => stringOf(id));
  return {
    request,
    server,
    name: request.params.name ?? '',
    ...(existing && { existing }),
    ...(properties && { properties }),
    partners: properties?.partnerServers === undefined && kept ? kept.secondaries : partners,
    databases:
      properties?.databases === undefined && kept
        ? kept.databases.map((name) => `${server.id}/databases/${name}`)
        : stringsOf(properties?.databases),
  };
}

const endpointOf = ({ properties }: FailoverGroupFacts): Record<string, unknown> =>
  recordOf(properties?.readWriteEndpoint);

const hasGrace = (f: FailoverGroupFacts): boolean => endpointOf(f).failoverWithDataLossGracePeriodMinutes !== undefined;

export const partnersOf = ({ request: { state }, partners }: FailoverGroupFacts): (Server | undefined)[] =>
  partners.map((id) => findServer(state, id));

/** Modifications go to the primary server. */
export const onPrimary: Rule<Pick<FailoverGroupFacts, 'server' | 'existing'>> = {
  code: 'FailoverGroupUpdateOrDeleteRequestOnSecondary',
  status: 400,
  when: ({ server, existing }) =>
    messageIf(
      existing !== undefined && !same(existing.primary, server.id),
      'Modifications to the failover group are not allowed on a secondary server. Execute the request on the primary server.',
    ),
};

/** The checks of PUT and PATCH …/failoverGroups/G that need no keys. */
export const failoverGroupRules: readonly Rule<FailoverGroupFacts>[] = [
  {
    code: 'FailoverGroupCreateOrUpdateRequestInvalid',
    status: 400,
    when: (f) =>
      messageIf(f.properties === undefined, 'The create or update failover group request body is empty or invalid.'),
  },
  onPrimary,
  {
    code: 'FailoverGroupCreateOrUpdateRequestInvalidReadWriteEndpoint',
    status: 400,
    when: (f) =>
      messageIf(
        f.properties?.readWriteEndpoint === undefined,
        'The readWriteEndpoint field is required for create or update requests.',
      ),
  },
  {
    code: 'FailoverGroupCreateOrUpdateRequestInvalidReadWriteFailoverPolicy',
    status: 400,
    when: (f) =>
      messageIf(
        !['Automatic', 'Manual'].includes(stringOf(endpointOf(f).failoverPolicy)),
        'The failoverPolicy field for the read-write endpoint is required for create or update requests.',
      ),
  },
  {
    code: 'FailoverGroupCreateOrUpdateRequestInvalidReadWriteEndpointFields',
    status: 400,
    when: (f) =>
      messageIf(
        endpointOf(f).failoverPolicy === 'Automatic' && !hasGrace(f),
        'The property failoverWithDataLossGracePeriodMinutes must be provided when failover policy Automatic is selected for the read-write endpoint.',
      ),
  },
  {
    code: 'FailoverGroupCreateOrUpdateRequestInvalidReadWriteEndpointFieldsForManualPolicy',
    status: 400,
    when: (f) =>
      messageIf(
        endpointOf(f).failoverPolicy === 'Manual' && hasGrace(f),
        'Grace period value should not be provided when failover policy Manual is selected for the read-write endpoint.',
      ),
  },
  {
    code: 'FailoverGroupCreateOrUpdateRequestInvalidPartner',
    status: 400,
    when: (f) =>
      messageIf(
        f.partners.length === 0 || partnersOf(f).some((partner) => partner === undefined || partner === f.server),
        'The given partners field in create or update failover group request body is empty or invalid. Please provide a valid value of this field.',
      ),
  },
  {
    code: 'InvalidFailoverGroupRegion',
    status: 400,
    when: (f) =>
      messageIf(
        partnersOf(f).some((partner) => partner?.location === f.server.location),
        'Servers specified in a Failover Group need to reside in different regions to provide isolation.',
      ),
  },
  {
    code: 'FailoverGroupCreateOrUpdateRequestInvalidDatabaseServer',
    status: 400,
    when: ({ server, databases }) =>
      messageIf(
        databases.some((id) => !server.databases.some((d) => same(`${server.id}/databases/${d.name}`, id))),
        'One or more of the provided databases do not exist on the primary server of the failover group.',
      ),
  },
  {
    code: 'DatabaseBelongsToOtherFailoverGroup',
    status: 409,
    when: ({ request: { state }, server, databases, existing }) =>
      messageIf(
        state.failoverGroups.some(
          (other) =>
            other !== existing &&
            same(other.primary, server.id) &&
            databases.some((id) => includesId(other.databases, lastSegment(id))),
        ),
        'Database belongs to other Failover Group and cannot be consider a part of this one.',
      ),
  },
  oneOperationAtATime,
];
