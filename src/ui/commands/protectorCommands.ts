import { l10n } from 'vscode';
import { runFix, type Runnable } from '../fixes/runFix';
import type { Services } from '../services';
import type { Handler } from './handler';
import { askForServer } from './targets';

/** Makes Azure use the TDE protector of a server again after an outage. */
export const revalidateProtector: Handler = (services) => async (context, args) => {
  const server = await askForServer(services, context, args, l10n.t('Revalidate Protector'));
  await change(
    services,
    { kind: 'revalidateProtector', server },
    l10n.t('Databases of "{0}" may be inaccessible', server.name),
  );
};

/** @param reason why, for a request to someone who has the permission */
async function change(services: Services, fix: Runnable, reason: string): Promise<void> {
  const finding = { outcome: 'warn', text: reason, codes: [] } as const;
  await runFix(services, { fix, finding }, () => Promise.resolve(false));
}
