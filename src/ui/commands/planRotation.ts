import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { sameId } from '../../core/armId';
import { versionOf } from '../../core/keys/keyChoice';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import { isProtectorKey, isServerKeyOf } from '../../core/keys/sameKey';
import { keyLabel, serverKeyName } from '../../core/keys/serverKeyName';
import type { KeyIdentifier } from '../../core/vaultModel';
import { readRotationGroup, type PlanServer } from '../../core/plan/rotationGroup';
import { rotationPlan } from '../../core/plan/rotationPlan';
import { notify } from '../messages';
import { readWithProgress } from '../progress';
import { pick, type Item } from '../quickPick';
import { checkKeys } from '../plans/checkKeys';
import { newPlan } from '../handOver/savePlan';
import { offerPlan } from '../plans/offerPlan';
import type { Services } from '../services';
import type { Handler } from './handler';
import { askForLogicalServer } from './targets';

/** Shows the steps that rotate the TDE protector of a server and of the servers that it replicates with. Changes nothing. */
export const planRotation: Handler = (services) => async (context, args) => {
  const server = await askForLogicalServer(services, context, args, l10n.t('Plan Key Rotation'));
  const { azure, inventory } = services;
  const { subscriptions } = await inventory.get();
  const ids = subscriptions.map(({ id }) => id);
  const reading = l10n.t('Reading the servers that replicate with "{0}"…', server.name);
  const group = await readWithProgress(services, reading, async ({ signal }) =>
    readRotationGroup(await azure.get(), server, ids, signal),
  );
  if (!group) return;
  if ('problem' in group) {
    void notify('warning', group.problem);
    return;
  }
  const [first] = group.servers;
  const selected = args.row?.kind === 'serverKey' ? args.row.key : undefined;
  const isNew = selected !== undefined && !isProtectorKey(selected, first.protector);
  const parsed = parseKeyIdentifier(isNew ? (selected.uri ?? '') : '', services.cloud());
  const key = parsed.ok ? parsed.key : await pickKey(services, context, first, ids);
  const checking = l10n.t('Checking the new key for "{0}"…', server.name);
  const checked = await readWithProgress(services, checking, ({ signal }) =>
    Promise.all([checkKeys(services, group.servers, [key], signal), newestVersion(services, key, ids, signal)]),
  );
  if (!checked) return;
  const [findings, newest] = checked;
  const isNewest = key.version === undefined || sameId(key.version, newest?.version);
  const rotation = rotationPlan(group.servers, formatKeyIdentifier(key), isNewest && rotates(first));
  await offerPlan(services, newPlan(services, rotation), findings);
};

/** A customer-managed protector keeps its setting. A new one rotates automatically. */
const rotates = ({ protector }: PlanServer): boolean => protector.type === 'serviceManaged' || protector.autoRotation;

/** Asks for the newest version of the current protector's key or another customer-managed key of the server. */
async function pickKey(
  services: Services,
  context: IActionContext,
  server: PlanServer,
  subscriptionIds: readonly string[],
): Promise<KeyIdentifier> {
  const { name } = server.server;
  const items = async (signal: AbortSignal): Promise<Item<KeyIdentifier>[]> => {
    const present = parseKeyIdentifier(server.protector.uri ?? '', services.cloud());
    const newest = present.ok ? await newestVersion(services, present.key, subscriptionIds, signal) : undefined;
    const isInUse = newest && sameId(server.protector.uri, formatKeyIdentifier(newest));
    return [
      ...(newest && !isInUse ? [toItem(newest, l10n.t('newest version'))] : []),
      ...otherKeys(services, server, newest),
    ];
  };
  return pick(context.ui, items, {
    title: l10n.t('Plan Key Rotation of "{0}"', name),
    placeHolder: l10n.t('Select the new TDE protector'),
    loadingPlaceHolder: l10n.t('Looking for a newer version of the key…'),
    noPicksMessage: l10n.t('"{0}" has no other customer-managed key. Create a server key first.', name),
  });
}

const toItem = (key: KeyIdentifier, description: string): Item<KeyIdentifier> => ({
  label: keyLabel(serverKeyName(key)),
  description,
  detail: key.version ?? l10n.t('always the latest version'),
  data: key,
});

/** The newest version of a key; undefined if your account can't see its vault. */
async function newestVersion(
  { azure }: Services,
  key: KeyIdentifier,
  subscriptionIds: readonly string[],
  signal: AbortSignal,
): Promise<KeyIdentifier | undefined> {
  const { keyVaults } = await azure.get();
  const vault = await keyVaults.find(key.host, subscriptionIds, signal);
  return vault && { ...key, version: versionOf(await keyVaults.getKey(vault, key.name, undefined, signal)) };
}

function otherKeys(
  { cloud }: Services,
  { keys, protector }: PlanServer,
  newest?: KeyIdentifier,
): Item<KeyIdentifier>[] {
  return keys.flatMap((key) => {
    const parsed = parseKeyIdentifier(key.uri ?? '', cloud());
    const isOffered = newest && isServerKeyOf(formatKeyIdentifier(newest))(key);
    if (!parsed.ok || isProtectorKey(key, protector) || isOffered) return [];
    return toItem(parsed.key, l10n.t('server key'));
  });
}
