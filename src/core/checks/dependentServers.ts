import { idKey, sameId } from '../armId';
import type { SqlServer } from '../model';
import type { AzureFix } from './describeFix';

/**
 * The servers that may be able to use their TDE protector after these fixes: those whose TDE protector is in a changed vault, and
 * the changed servers themselves. None for a change of the TDE protector, whose result says what comes next.
 * @param servers as listed, with their TDE protectors
 */
export const dependentServers = (fixes: readonly AzureFix[], servers: readonly SqlServer[]): readonly SqlServer[] =>
  servers.filter((server) => fixes.some((fix) => dependsOn(server, fix)));

function dependsOn({ id, listedProtector }: SqlServer, fix: AzureFix): boolean {
  if (listedProtector?.type === 'serviceManaged') return false;
  switch (fix.kind) {
    case 'assignIdentity':
    case 'setPrimaryIdentity':
      return sameId(id, fix.server.id);
    case 'grantRole':
    case 'addAccessPolicy':
    case 'enablePurgeProtection':
    case 'allowTrustedServices':
      return idKey(listedProtector?.uri ?? '').startsWith(`${idKey(fix.vault.uri)}/`);
    case 'registerProvider':
    case 'setProtector':
    case 'revalidateProtector':
    case 'assignDatabaseIdentity':
    case 'addDatabaseKey':
    case 'setDatabaseProtector':
    case 'revalidateDatabase':
    case 'revertDatabase':
      return false;
  }
}
