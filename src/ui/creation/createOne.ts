import { env, l10n, window } from 'vscode';
import type { Creation } from '../../core/creation/creation';
import { diagnosisLog, type Diagnosis } from '../../core/errors/diagnose';
import type { ServerKey, SqlServer } from '../../core/model';
import { shortServerKeyName } from '../../core/keys/serverKeyName';
import { isChange } from '../../core/checks/describeFix';
import { hasTrait, tellsNoCause } from '../../core/errors/errorCatalogue';
import { hasCode } from '../../core/errors/errorCode';
import { askSupport } from '../failures/askSupport';
import { diagnoser } from '../failures/diagnoseCreation';
import { logFailure, notifyFailure, type Action } from '../failures/report';
import { isQuestion, remediesOf, runFix, titleOf, type Remedy } from '../fixes/runFix';
import type { Services } from '../services';
import { createOrFind, type Registered } from './createOrFind';
import { untilSeen } from './retryUntilEffective';
import { watch, type Progress, type Watched } from '../progress';

/** Asks the questions of the wizard again, from this one on. */
export type AskAgain = (from: 'key' | 'version' | 'pinnedVersion') => Promise<void>;

/**
 * Creates one server key and shows its row. The result is told also to those who did not wait for it; after a failure what could
 * mend it is offered, and then it is created again.
 * @param askAgain absent where there are no questions to ask again
 * @param awaited the error of the former attempt, while the change that fixes it takes effect: then it is tried again
 * @returns whether the server key is there
 */
export async function createOne(
  services: Services,
  creation: Creation,
  askAgain?: AskAgain,
  awaited?: string,
): Promise<boolean> {
  const { server, existing } = creation;
  if (existing) {
    await showServerKey(services, server, { kind: 'found', serverKey: existing }, 'watched');
    return true;
  }
  const azure = await services.azure.get();
  const { watched, creating } = begin(creation, () => createOrFind(azure, creation), awaited);
  try {
    const registered = await creating;
    if (registered) await showServerKey(services, server, registered, await watched);
    return registered !== undefined;
  } catch (error) {
    const diagnosis = await diagnoser(services)({ creation, error });
    return await offerHelp(services, creation, askAgain, diagnosis);
  }
}

function begin({ server }: Creation, create: () => Promise<Registered>, awaited: string | undefined) {
  const [title, stopped, attempt] =
    awaited === undefined
      ? [
          l10n.t('Creating the server key on "{0}"…', server.name),
          l10n.t('Stopped waiting. Azure may still finish the server key; the tree will show it.'),
          create,
        ]
      : [
          l10n.t(
            'Creating the server key on "{0}"; Azure SQL may take up to 10 minutes to see the change…',
            server.name,
          ),
          l10n.t('Stopped trying. Create the server key again in a few minutes.'),
          (...progress: Progress) => untilSeen(create, awaited, ...progress),
        ];
  let watched = Promise.resolve<Watched>('watched');
  const creating = new Promise<Registered | undefined>((resolve, reject) => {
    watched = watch(title, stopped, (...progress) => {
      const attempted = attempt(...progress);
      attempted.then(resolve, reject);
      return attempted;
    });
  });
  return { watched, creating };
}

/** Offers what could mend a failure until one of it does, or the user leaves. */
async function offerHelp(
  services: Services,
  creation: Creation,
  askAgain: AskAgain | undefined,
  diagnosis: Diagnosis,
): Promise<boolean> {
  const again = (awaited?: string) => createOne(services, creation, askAgain, awaited);
  const help = () => offerHelp(services, creation, askAgain, diagnosis);
  const mend = async ({ finding, fix }: Remedy): Promise<boolean> => {
    if (isQuestion(fix)) {
      await askAgain?.(fix.kind === 'chooseKey' ? 'key' : 'version');
      return false;
    }
    const create = (other: Creation) => createOne(services, other, askAgain);
    const result = await runFix(services, fix, finding, create);
    if (result === 'nothing') return help();
    // Where more is wrong, waiting for this change alone would help nobody.
    const isLast = diagnosis.evidence?.found.length === 1;
    return again(isLast && isChange(fix) ? diagnosis.code : undefined);
  };
  const { evidence } = diagnosis;
  const found = evidence && !evidence.isSuspicion ? remediesOf(evidence.found) : [];
  const possible = askAgain ? found : found.filter(({ fix }) => !isQuestion(fix));
  const actions: Action[] = [
    ...(askAgain && hasCode(diagnosis, 'VersionlessNotSupported')
      ? [{ title: titleOf({ kind: 'chooseVersion' }), run: () => askAgain('pinnedVersion') }]
      : []),
    ...possible.map((remedy) => ({ title: titleOf(remedy.fix), run: () => mend(remedy) })),
    ...(found.length === 0 && hasTrait(diagnosis.code, 'propagating')
      ? [{ title: l10n.t('Keep Trying'), run: () => again(diagnosis.code) }]
      : []),
    ...(diagnosis.retryMode === 'never' ? [] : [{ title: l10n.t('Try Again'), run: () => again() }]),
    ...(found.length > 0 ? [copyDiagnostics(diagnosis)] : []),
    ...(tellsNoCause(diagnosis.code)
      ? [{ title: l10n.t('Ask Azure Support…'), run: () => askSupport(services, diagnosis).then(help) }]
      : []),
  ];
  return (await notifyFailure(services.log, diagnosis, ...actions)) === true;
}

const copyDiagnostics = (diagnosis: Diagnosis): Action => ({
  title: l10n.t('Copy Diagnostics'),
  run: () => env.clipboard.writeText(diagnosisLog(diagnosis)),
});

/** Who has left meanwhile is told, but keeps the focus where it is. */
async function showServerKey(
  services: Services,
  server: SqlServer,
  { kind, serverKey }: Registered,
  how: Watched,
): Promise<void> {
  const copy = l10n.t('Copy Name');
  const name = shortServerKeyName(serverKey.name);
  const message =
    kind === 'created'
      ? l10n.t('Server key "{0}" is on "{1}".', name, server.name)
      : l10n.t('Server key "{0}" is already on "{1}".', name, server.name);
  const choosing = window.showInformationMessage(message, copy);
  await reveal(services, server, serverKey, how === 'watched');
  void choosing.then(async (chosen) => {
    if (chosen === copy) await env.clipboard.writeText(serverKey.name);
  });
}

/** The key is there: that its row can't be shown is no failure of what the user wanted. */
async function reveal(services: Services, server: SqlServer, serverKey: ServerKey, select: boolean) {
  try {
    const { tree } = services;
    await (select ? tree.showServerKey(server, serverKey.name) : tree.refreshServer(server));
  } catch (error) {
    logFailure(services, error);
  }
}
