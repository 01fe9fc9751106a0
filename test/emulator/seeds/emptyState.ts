import type { State } from '../base/state';

/** A state without resources. */
export const emptyState = (): State => ({
  caller: '',
  tenants: [],
  users: [],
  principals: [],
  subscriptions: [],
  resourceGroups: [],
  roleDefinitions: [],
  roleAssignments: [],
  denyAssignments: [],
  policyAssignments: [],
  locks: [],
  userAssignedIdentities: [],
  servers: [],
  managedInstances: [],
  instanceFailoverGroups: [],
  failoverGroups: [],
  replicationLinks: [],
  vaults: [],
  longTermRetentionBackups: [],
  deletedServers: [],
  activityLog: [],
});
