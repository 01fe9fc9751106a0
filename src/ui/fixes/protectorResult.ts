import { l10n } from 'vscode';
import { shortServerKeyName } from '../../core/keys/serverKeyName';
import type { TdeProtector } from '../../core/model';
import { isReadOnly } from '../configuration';
import { logFailure } from '../failures/report';
import { notify } from '../messages';
import type { Services } from '../services';
import type { Revalidate } from './offerRevalidation';
import type { ProtectorFix } from './protectorObstacles';

/**
 * Shows the TDE protector as it is after a change, and refreshes its rows.
 * @param revalidate offered if databases are inaccessible
 */
export async function showProtectorResult(
  services: Services,
  fix: ProtectorFix,
  revalidate: Revalidate,
): Promise<void> {
  const { server } = fix;
  try {
    await services.tree.refreshServer(server);
    if (fix.kind === 'revalidateProtector') {
      void notify('info', l10n.t('The TDE protector of "{0}" works, and no database is inaccessible.', server.name));
      return;
    }
    const { tdeProtectors } = await services.azure.get();
    const [protector, inaccessible] = await Promise.all([
      tdeProtectors.get(server),
      tdeProtectors.listInaccessible(server).catch(() => []),
    ]);
    const again = { title: l10n.t('Revalidate Protector…'), run: () => revalidate(server) };
    const next = inaccessible.length > 0 && !isReadOnly() ? [again] : [];
    void notify('info', protectorText(server.name, protector), ...next);
  } catch (error) {
    // The change has been made even if it can't be shown.
    logFailure(services, error);
  }
}

function protectorText(server: string, { type, serverKeyName, autoRotation }: TdeProtector): string {
  if (type === 'serviceManaged') return l10n.t('The TDE protector of "{0}" is the service-managed key.', server);
  const name = shortServerKeyName(serverKeyName);
  return autoRotation
    ? l10n.t('The TDE protector of "{0}" is "{1}", with automatic rotation.', server, name)
    : l10n.t('The TDE protector of "{0}" is "{1}", without automatic rotation.', server, name);
}
