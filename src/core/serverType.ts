import { isInstanceId } from './armId';

/**
 * What differs between the two types of servers that have server keys and a TDE protector. As in the documentation of TDE, a server
 * is a logical server or a managed instance.
 */
export interface ServerType {
  /** The resource type. */
  readonly name: 'Microsoft.Sql/servers' | 'Microsoft.Sql/managedInstances';
  /** The list of its inaccessible databases, below its path. */
  readonly inaccessible: string;
  /** The parts of the path of its backups in long-term retention, before and after its name. */
  readonly longTerm: readonly [string, string];
  /** The name of the same action on a server of this type. */
  readonly action: (ofLogicalServer: string) => string;
}

const logicalServer: ServerType = {
  name: 'Microsoft.Sql/servers',
  inaccessible: 'inaccessibleDatabases',
  longTerm: ['longTermRetentionServers', 'longTermRetentionBackups'],
  action: (action) => action,
};

/** Source: Azure permissions reference, "Databases". */
const instanceActions: readonly (readonly [string, string])[] = [
  ['Microsoft.Sql/servers/inaccessibleDatabases/', 'Microsoft.Sql/managedInstances/inaccessibleManagedDatabases/'],
  ['Microsoft.Sql/servers/', 'Microsoft.Sql/managedInstances/'],
  ['Microsoft.Sql/locations/serverKey', 'Microsoft.Sql/locations/managedInstanceKey'],
  ['Microsoft.Sql/locations/encryptionProtector', 'Microsoft.Sql/locations/managedInstanceEncryptionProtector'],
];

const managedInstance: ServerType = {
  name: 'Microsoft.Sql/managedInstances',
  inaccessible: 'inaccessibleManagedDatabases',
  longTerm: ['longTermRetentionManagedInstances', 'longTermRetentionManagedInstanceBackups'],
  action: (action) => {
    const [start, own] = instanceActions.find(([of]) => action.startsWith(of)) ?? ['', ''];
    return own + action.slice(start.length);
  },
};

/** The types of servers. */
export const serverTypes: readonly ServerType[] = [logicalServer, managedInstance];

/** The type of a server, which its ARM ID names. */
export const serverType = ({ id }: { readonly id: string }): ServerType =>
  isInstanceId(id) ? managedInstance : logicalServer;
