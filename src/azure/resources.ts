import type { Azure } from '../core/ports';
import type { ArmRequests } from './armRequests';
import { during } from './failures';

/** Where the policies do not choose: for Microsoft.Sql, and one that subscriptions and resource groups both have. */
const apiVersions = { sql: '2023-08-01', resources: '2021-04-01' };

export function resources(arm: ArmRequests): Azure['resources'] {
  return {
    read: (resourceId, signal) =>
      during({ name: 'read resource', resource: resourceId }, () => {
        const isSql = /\/providers\/Microsoft\.Sql\//i.test(resourceId);
        return arm.send({ path: resourceId, apiVersion: isSql ? apiVersions.sql : apiVersions.resources }, signal);
      }),
  };
}
