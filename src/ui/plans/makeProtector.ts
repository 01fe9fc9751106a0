import { l10n } from 'vscode';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import { isProtectorKey } from '../../core/keys/sameKey';
import { shortServerKeyName } from '../../core/keys/serverKeyName';
import type { ServerKey, SqlServer } from '../../core/model';
import { readRotationGroup } from '../../core/plan/rotationGroup';
import { rotationPlan } from '../../core/plan/rotationPlan';
import { allSubscriptions } from '../allSubscriptions';
import { showFailure } from '../failures/notifyFailure';
import { notify } from '../messages';
import { readWithProgress } from '../progress';
import { pickAction } from '../quickPick';
import type { Services } from '../services';
import { newPlan } from '../handOver/savePlan';
import { checkKeys } from './checkKeys';
import { offerPlan } from './offerPlan';
import { runFix } from '../fixes/runFix';

/**
 * Makes a server key the TDE protector of its server, with the user's consent. For the current one, changes its automatic rotation. A
 * failure is shown; nothing is thrown.
 * @param autoRotation asked for by default
 */
export async function makeProtector(
  services: Services,
  server: SqlServer,
  key: ServerKey,
  autoRotation?: boolean,
): Promise<void> {
  try {
    await askAndSet(services, server, key, autoRotation);
  } catch (error) {
    await showFailure(services, error);
  }
}

async function askAndSet(services: Services, server: SqlServer, key: ServerKey, wanted?: boolean): Promise<void> {
  const reading = l10n.t('Reading the TDE protector of "{0}"…', server.name);
  const was = await readWithProgress(services, reading, async ({ signal }) =>
    (await services.azure.get()).tdeProtectors.get(server, signal),
  );
  if (!was) return;
  const autoRotation =
    wanted ?? (key.type === 'customerManaged' ? await askForRotation(services, server.name, key.name) : false);
  if (autoRotation === undefined) return;
  const isPresent = isProtectorKey(key, was);
  if (isPresent && was.autoRotation === autoRotation) {
    void notify(
      'info',
      l10n.t('Nothing to change: the TDE protector of "{0}" already has these settings.', server.name),
    );
    return;
  }
  if (!isPresent && (await isPlanned(services, server, key, autoRotation))) return;
  const fix = { kind: 'setProtector', server, key, autoRotation, was } as const;
  const reason = isPresent
    ? l10n.t('The TDE protector of "{0}" needs another setting', server.name)
    : l10n.t('"{0}" needs another TDE protector', server.name);
  const finding = { outcome: 'warn', text: reason, codes: [] } as const;
  await runFix(services, { fix, finding }, () => Promise.resolve(false));
}

/**
 * Offers a plan if the server replicates with others: all of them need the key first.
 * @returns false if nothing prevents the change of this server alone
 */
async function isPlanned(
  services: Services,
  server: SqlServer,
  key: ServerKey,
  autoRotation: boolean,
): Promise<boolean> {
  const parsed = parseKeyIdentifier(key.uri ?? '', services.cloud());
  if (!parsed.ok) return false;
  const reading = l10n.t('Reading the servers that replicate with "{0}"…', server.name);
  const read = await readWithProgress(services, reading, async ({ signal }) => {
    const ids = (await allSubscriptions(services, signal)).subscriptions.map(({ id }) => id);
    const group = await readRotationGroup(await services.azure.get(), server, ids, signal);
    if ('problem' in group || group.servers.length === 1) return { group, findings: [] };
    return { group, findings: await checkKeys(services, group.servers, [parsed.key], signal) };
  });
  if (!read) return true;
  const { group, findings } = read;
  if ('problem' in group) {
    void notify('warning', group.problem);
    return true;
  }
  if (group.servers.length === 1) return false;
  const rotation = rotationPlan(group.servers, formatKeyIdentifier(parsed.key), autoRotation);
  await offerPlan(services, newPlan(services, rotation), findings);
  return true;
}

/**
 * Asks whether a new TDE protector rotates automatically.
 * @param of the name of the server or database
 * @returns undefined on Esc
 */
export const askForRotation = (services: Services, of: string, keyName: string): Promise<boolean | undefined> =>
  pickAction(
    services,
    l10n.t('Make TDE Protector of "{0}"', of),
    l10n.t('Select how "{0}" rotates', shortServerKeyName(keyName)),
    [
      { title: l10n.t('With automatic rotation: Azure uses a new version within 24 hours'), run: () => true },
      { title: l10n.t('Without automatic rotation: you rotate before the version expires'), run: () => false },
    ],
  );
