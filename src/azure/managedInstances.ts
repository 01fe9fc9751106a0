import { sameId } from '../core/armId';
import type { Azure, ServerPlace } from '../core/ports';
import { apiVersions, instancePath, type ArmRequests } from './armRequests';
import { during } from './gateway/failures';
import { resourcesOf, type ResourceKind } from './resourceGraph';
import { toIdentity, type IdentityFacts } from './serverDetails';
import { listKeys } from './serverKeys';
import { readProtector } from './tdeProtectors';
import type { Tenants } from './tenants';

/** Reads managed instances, for the explanation of their errors. */
export function managedInstances(tenants: Tenants, arm: ArmRequests): Azure['managedInstances'] {
  const inGraph = resourcesOf(tenants, instanceKind);
  return {
    find: (name, subscriptionIds, signal) =>
      inGraph.find({ name }, (instance) => sameId(instance.name, name), subscriptionIds, signal),

    get: (instance, signal) =>
      during({ name: 'read managed instance', resource: instance.id }, async () => {
        const path = instancePath(instance);
        const read = (await arm.send({ path, apiVersion: apiVersions.sql }, signal)) as Instance;
        const { location = '', identity, properties = {} } = read;
        return {
          ...instance,
          location,
          identity: toIdentity(identity, properties.primaryUserAssignedIdentityId),
          state: properties.state ?? 'Ready',
          ...(identity?.tenantId && { identityTenantId: identity.tenantId }),
        };
      }),

    listKeys: (instance, signal) =>
      during({ name: 'list keys of managed instance', resource: instance.id }, () =>
        listKeys(arm, instancePath(instance), signal),
      ),

    getProtector: (instance, signal) =>
      during({ name: 'read TDE protector of managed instance', resource: instance.id }, () =>
        readProtector(arm, instancePath(instance), signal),
      ),
  };
}

interface Instance {
  readonly location?: string;
  readonly identity?: (IdentityFacts & { readonly tenantId?: string }) | null;
  readonly properties?: { readonly state?: string; readonly primaryUserAssignedIdentityId?: string | null };
}

const instanceKind: ResourceKind<ServerPlace, ServerPlace> = {
  operations: { list: 'list managed instances', find: 'find managed instance' },
  query: (filter) =>
    `resources | where type =~ 'microsoft.sql/managedinstances' ${filter}` +
    '| project id, name, location, resourceGroup, subscriptionId | order by id asc',
  toItems: (rows) =>
    rows.map(({ id, name, resourceGroup, subscriptionId }) => ({ id, name, resourceGroup, subscriptionId })),
};
