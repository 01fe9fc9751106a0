import { env, l10n } from 'vscode';
import { isAzureFix } from '../../core/checks/describeFix';
import type { Diagnosis } from '../../core/errors/diagnose';
import { hasTrait, tellsNoCause } from '../../core/errors/errorCatalogue';
import { hasCode } from '../../core/errors/errorCode';
import { isReadOnly } from '../configuration';
import { diagnosticsText } from '../failures/diagnostics';
import { notifyFailure } from '../failures/notifyFailure';
import { registrationFor } from '../fixes/registration';
import { fixesOf, isQuestion, runFix, titleOf, type Create, type FoundFix } from '../fixes/runFix';
import { askModal, type Action } from '../messages';
import { openPortal } from '../openPortal';
import type { Services } from '../services';

/** Asks the wizard's questions again, starting with this one. */
export type AskAgain = (from: 'key' | 'version' | 'pinnedVersion') => Promise<void>;

/** How to try to create the server key again. */
export interface NextAttempt {
  /** The error that a change fixes. The change may take minutes to take effect. */
  readonly awaitedCode?: string;
  /** Only reads whether the server key exists now. */
  readonly isCheck?: true;
}

/** How a failed creation can go on. */
export interface Continuation {
  /** Tries again. @returns whether the server has the server key */
  readonly attempt: (next: NextAttempt) => Promise<boolean>;
  /** Creates the server key on another server. */
  readonly create: Create;
  /** Absent if there are no questions to ask again. */
  readonly askAgain: AskAgain | undefined;
}

/** An action that tries again where it can, so that it also works when the failure is shown again later. */
type Help = Action<boolean>;

/**
 * Shows why a creation failed and offers help until the user retries or gives up.
 * @returns whether the server has the server key in the end
 */
export async function offerHelp(services: Services, diagnosis: Diagnosis, next: Continuation): Promise<boolean> {
  const { code, retryMode } = diagnosis;
  const { attempt, askAgain } = next;
  const fixes = fixActions(services, diagnosis, next);
  const mayChange = !isReadOnly();
  const tryTo = (title: string, how: NextAttempt): Help => ({ title, run: () => attempt(how) });
  const actions: Help[] = [
    ...(hasCode(diagnosis, 'OutcomeUnknown') ? [tryTo(l10n.t('Check Again'), { isCheck: true })] : []),
    ...(mayChange && askAgain && hasCode(diagnosis, 'VersionlessNotSupported') ? [pinVersion(askAgain)] : []),
    ...fixes,
    ...(mayChange && fixes.length === 0 && hasTrait(code, 'propagating')
      ? [tryTo(l10n.t('Keep Trying'), { awaitedCode: code })]
      : []),
    ...(mayChange && retryMode !== 'never' ? [tryTo(l10n.t('Try Again'), {})] : []),
    ...(fixes.length > 0 ? [copyDiagnostics(services, diagnosis)] : []),
    ...(tellsNoCause(code) ? [askSupport(services, diagnosis, next)] : []),
  ];
  return (await notifyFailure(services, diagnosis, ...actions)) ?? false;
}

/** The fixes for the causes that were found, each followed by another attempt. */
function fixActions(services: Services, diagnosis: Diagnosis, next: Continuation): readonly Help[] {
  const { code, evidence } = diagnosis;
  const found = fixesOf([...registrationFor(diagnosis), ...(evidence && !evidence.isSuspicion ? evidence.found : [])]);
  const isOffered = ({ fix }: FoundFix): boolean =>
    fix.kind === 'runCommand' || (!isReadOnly() && (next.askAgain !== undefined || !isQuestion(fix)));
  const run = async ({ finding, fix }: FoundFix): Promise<boolean> => {
    if (isQuestion(fix)) {
      await next.askAgain?.(fix.kind === 'chooseKey' ? 'key' : 'version');
      return false;
    }
    const { isFixed, closed } = await runFix(services, { finding, fix }, next.create);
    await closed;
    if (!isFixed) return offerHelp(services, diagnosis, next);
    // If other problems remain, waiting for this change is pointless.
    const isLast = evidence?.found.length === 1;
    return next.attempt(isLast && isAzureFix(fix) ? { awaitedCode: code } : {});
  };
  return found.filter(isOffered).map((one) => ({ title: titleOf(one.fix), run: () => run(one) }));
}

const pinVersion = (askAgain: AskAgain): Help => ({
  title: titleOf({ kind: 'chooseVersion' }),
  run: async () => {
    await askAgain('pinnedVersion');
    return false;
  },
});

const copyDiagnostics = (services: Services, diagnosis: Diagnosis): Help => ({
  title: l10n.t('Copy Diagnostics'),
  run: async () => {
    await env.clipboard.writeText(diagnosticsText(services, [diagnosis]));
    return false;
  },
});

/** The portal's form for a support request. */
const newSupportRequest = 'view/Microsoft_Azure_Support/NewSupportRequestV3Blade';

/** With the user's consent, copies the diagnosis and opens the form for a support request; then offers help again. */
const askSupport = (services: Services, diagnosis: Diagnosis, next: Continuation): Help => ({
  title: l10n.t('Ask Azure Support…'),
  run: async () => {
    const text = diagnosticsText(services, [diagnosis]);
    const detail = [l10n.t('The form opens in the portal. This text is copied so that you can paste it there:'), text];
    await askModal('info', l10n.t('Open a support request with Azure?'), detail.join('\n\n'), {
      title: l10n.t('Copy and Open'),
      run: async () => {
        await env.clipboard.writeText(text);
        await openPortal(services, newSupportRequest);
      },
    });
    return offerHelp(services, diagnosis, next);
  },
});
