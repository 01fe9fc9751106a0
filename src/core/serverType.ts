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
}

const logicalServer: ServerType = { name: 'Microsoft.Sql/servers', inaccessible: 'inaccessibleDatabases' };

const managedInstance: ServerType = {
  name: 'Microsoft.Sql/managedInstances',
  inaccessible: 'inaccessibleManagedDatabases',
};

/** The types of servers. */
export const serverTypes: readonly ServerType[] = [logicalServer, managedInstance];

/** The type of a server, which its ARM ID names. */
export const serverType = ({ id }: { readonly id: string }): ServerType =>
  isInstanceId(id) ? managedInstance : logicalServer;
