import { env, l10n, window } from 'vscode';
import { parseArmId, sameId } from '../../core/armId';
import type { Creation } from '../../core/creation/creation';
import { formatKeyIdentifier } from '../../core/keys/keyIdentifier';
import { describeChange, isChange } from '../../core/checks/describeFix';
import type { Finding } from '../../core/errors/finding';
import type { Fix } from '../../core/errors/fix';
import { openPortal } from '../openPortal';
import type { Services } from '../services';
import { makeChange } from './applyFix';
import { waitForOperation } from './waitForOperation';

/** changed: what failed may work now. nothing: nobody did anything. */
export type FixResult = 'changed' | 'nothing';

/** Creates a server key, with everything that goes with it. @returns whether it is there */
export type Create = (creation: Creation) => Promise<boolean>;

/** A fix that asks a question of the wizard again does nothing by itself. */
export type Runnable = Exclude<Fix, { readonly kind: 'chooseKey' } | { readonly kind: 'chooseVersion' }>;

export const isQuestion = (fix: Fix): fix is Exclude<Fix, Runnable> =>
  fix.kind === 'chooseKey' || fix.kind === 'chooseVersion';

/** What is found wrong, and one thing that would mend it. */
export interface Remedy {
  readonly finding: Finding;
  readonly fix: Fix;
}

export function remediesOf(findings: readonly Finding[]): readonly Remedy[] {
  return findings.flatMap((finding) => (finding.fixes ?? []).map((fix) => ({ finding, fix })));
}

/** For a button or a row. */
export function titleOf(fix: Fix): string {
  if (isChange(fix)) return describeChange(fix).title;
  switch (fix.kind) {
    case 'chooseKey':
      return l10n.t('Choose Another Key…');
    case 'chooseVersion':
      return l10n.t('Choose Another Version…');
    case 'createOnReplicas':
      return l10n.t('Create on Replicas First…');
    case 'waitForOperation':
      return l10n.t('Wait Until It Has Finished');
    case 'runCommand':
      return l10n.t('{0}…', fix.title);
  }
}

/** Does what a fix says, after the user has agreed to it. */
export async function runFix(services: Services, fix: Runnable, finding: Finding, create: Create): Promise<FixResult> {
  if (isChange(fix)) return (await makeChange(services, fix, `${finding.text}.`)) ? 'changed' : 'nothing';
  switch (fix.kind) {
    case 'waitForOperation':
      return (await waitForOperation(services, fix.server)) ? 'changed' : 'nothing';
    case 'createOnReplicas':
      return (await createOnReplicas(services, fix, create)) ? 'changed' : 'nothing';
    case 'runCommand':
      await offerCommand(services, fix, finding);
      return 'nothing';
  }
}

/** One after the other: a replica that fails has the say before the next. */
async function createOnReplicas(
  services: Services,
  { replicas, key }: Extract<Fix, { kind: 'createOnReplicas' }>,
  create: Create,
): Promise<boolean> {
  const places = replicas.map(({ name, resourceGroup }) => l10n.t('{0}, resource group {1}', name, resourceGroup));
  const verb = l10n.t('Create on Replicas');
  const detail = [
    l10n.t('Key identifier: {0}', formatKeyIdentifier(key)),
    ...places.map((place) => l10n.t('Server: {0}', place)),
    l10n.t('Can be undone: delete the server keys again.'),
  ].join('\n');
  const question = l10n.t('Create the server key on the replicas first?');
  if ((await window.showWarningMessage(question, { modal: true, detail }, verb)) !== verb) return false;
  const { sqlServers } = await services.azure.get();
  for (const replica of replicas) {
    if (!(await create({ server: await sqlServers.get(replica), key }))) return false;
  }
  return true;
}

/** What this product does not do itself: the command to copy, and the page in the portal. */
async function offerCommand(
  services: Services,
  { title, command, portal }: Extract<Fix, { kind: 'runCommand' }>,
  { text }: Finding,
): Promise<void> {
  const copy = l10n.t('Copy Command');
  const open = l10n.t('Open in Portal');
  const detail = [`${text}.`, l10n.t('In Azure CLI:'), command].join('\n\n');
  const buttons = portal === undefined ? [copy] : [copy, open];
  const chosen = await window.showInformationMessage(title, { modal: true, detail }, ...buttons);
  if (chosen === copy) await env.clipboard.writeText(command);
  if (chosen === open && portal !== undefined) {
    await openPortal(services, portal, await tenantOf(services, portal));
  }
}

/** The tenant of the subscription in a page's address. */
async function tenantOf({ inventory }: Services, portal: string): Promise<string | undefined> {
  const { subscriptionId } = parseArmId(portal.replace(/^resource/, ''));
  const { subscriptions } = await inventory.get();
  return subscriptions.find((subscription) => sameId(subscription.id, subscriptionId))?.tenantId;
}
