import { l10n } from 'vscode';
import type { AzureFix } from '../../core/checks/describeFix';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { Creation } from '../../core/creation/creation';
import type { Failed } from '../../core/creation/createAll';
import type { Diagnosis } from '../../core/errors/diagnose';
import type { Finding } from '../../core/errors/finding';
import type { SqlServer } from '../../core/model';
import type { Azure } from '../../core/ports';
import { diagnoser } from '../failures/diagnoseCreation';
import { logFailure } from '../failures/report';
import { notify } from '../messages';
import { readWithProgress } from '../progress';
import { creationChecker } from '../runChecks';
import type { Services } from '../services';
import { asParagraphs, longestReadMs, noObstacles, type Obstacles } from './rightsObstacles';

type Revalidation = Extract<AzureFix, { readonly kind: 'revalidateProtector' }>;
/** A change of the TDE protector. */
export type ProtectorFix = Revalidation | Extract<AzureFix, { readonly kind: 'setProtector' }>;

export const isProtectorFix = (fix: AzureFix): fix is ProtectorFix =>
  fix.kind === 'revalidateProtector' || fix.kind === 'setProtector';

/** Why a revalidation will fail. If it makes no sense or the user cancels, returns undefined. */
export async function revalidationObstacles(
  services: Services,
  azure: Azure,
  { server }: Revalidation,
): Promise<Obstacles | undefined> {
  const title = l10n.t('Checking the TDE protector of "{0}"…', server.name);
  const found = await readWithProgress(services, title, async ({ signal }) => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(longestReadMs)]);
    const { type, uri } = await azure.tdeProtectors.get(server, limited);
    if (type === 'serviceManaged') return type;
    const creation = creationOf(services, server, uri);
    return creation ? creationChecker(services).checkProtector(creation, undefined, limited) : [];
  });
  if (found !== 'serviceManaged') {
    return found && obstaclesIn(found, l10n.t('Fix this first. Until then, the revalidation will probably fail.'));
  }
  void notify(
    'info',
    l10n.t('Nothing to revalidate: the TDE protector of "{0}" is the service-managed key.', server.name),
  );
  return undefined;
}

/** Why Azure will refuse a server key as the TDE protector. If it can't become one now or the user cancels, returns undefined. */
export async function setObstacles(
  services: Services,
  { server, key, autoRotation }: Extract<AzureFix, { readonly kind: 'setProtector' }>,
): Promise<Obstacles | undefined> {
  if (key.type === 'serviceManaged') return serviceManagedObstacles(services, server);
  const creation = creationOf(services, server, key.uri);
  if (!creation) return noObstacles;
  const found = await readWithProgress(services, checkingNew(server), ({ signal }) => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(longestReadMs)]);
    return creationChecker(services).checkProtector(creation, autoRotation, limited);
  });
  return found && obstaclesIn(found, l10n.t('Fix this first. Until then, Azure will probably refuse the change.'));
}

const checkingNew = ({ name }: SqlServer): string => l10n.t('Checking the new TDE protector of "{0}"…', name);

/** Inaccessible databases need the current key. */
async function serviceManagedObstacles(services: Services, server: SqlServer): Promise<Obstacles | undefined> {
  const { tdeProtectors } = await services.azure.get();
  const inaccessible = await readWithProgress(services, checkingNew(server), ({ signal }) =>
    tdeProtectors.listInaccessible(server, signal),
  );
  if (!inaccessible || inaccessible.length === 0) return inaccessible && noObstacles;
  const text = l10n.t(
    'TDE protector not changed: "{0}" has inaccessible databases, which need the current key. Revalidate it first.',
    server.name,
  );
  void notify('warning', text);
  return undefined;
}

/** The failed checks, with what to do. */
export function obstaclesIn(findings: readonly Finding[], consequence: string): Obstacles {
  const failing = findings.filter(({ outcome }) => outcome === 'fail');
  return { text: failing.length === 0 ? '' : `${asParagraphs(failing)}${consequence}\n\n`, failing };
}

/** Finds the causes of a failed change of the TDE protector, and logs it. */
export async function diagnoseProtectorFix(services: Services, fix: ProtectorFix, error: unknown): Promise<Diagnosis> {
  const creation = await creationFor(services, fix).catch(() => undefined);
  if (!creation) return logFailure(services, error);
  const failed: Failed = { creation, error };
  return diagnoser(services, AbortSignal.timeout(longestReadMs))(failed);
}

async function creationFor(services: Services, fix: ProtectorFix): Promise<Creation | undefined> {
  const { server } = fix;
  if (fix.kind === 'setProtector') return creationOf(services, server, fix.key.uri);
  const { uri } = await (await services.azure.get()).tdeProtectors.get(server, AbortSignal.timeout(longestReadMs));
  return creationOf(services, server, uri);
}

/** What the checks judge: the key as one of the server. */
function creationOf(
  services: Services,
  server: Creation['server'],
  keyIdentifier: string | undefined,
): Creation | undefined {
  const parsed = parseKeyIdentifier(keyIdentifier ?? '', services.cloud());
  return parsed.ok ? { server, key: parsed.key } : undefined;
}
