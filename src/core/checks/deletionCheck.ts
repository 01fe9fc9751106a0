import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import type { ServerKey, SqlServer, TdeProtector } from '../model';
import type { Finding } from '../errors/finding';

/** Why a server key can't be deleted; undefined where nothing is known to speak against it. Source: REST reference "Server Keys - Delete". */
export function deletionCheck(server: SqlServer, key: ServerKey, protector: TdeProtector): Finding | undefined {
  if (key.type === 'serviceManaged') {
    return {
      outcome: 'fail',
      text: l10n.t(
        'The service-managed key of "{0}" can\'t be deleted: Azure keeps it, so that the server can always go back to it.',
        server.name,
      ),
      codes: ['InvalidUpsertKeyType'],
    };
  }
  return sameId(protector.serverKeyName, key.name)
    ? {
        outcome: 'fail',
        text: l10n.t(
          'This server key can\'t be deleted: it is the TDE protector of "{0}", and its databases can\'t be read without it. Make another server key the TDE protector first.',
          server.name,
        ),
        codes: ['AzureKeyVaultKeyInUse'],
      }
    : undefined;
}
