import { env, l10n } from 'vscode';
import { isAzureFix } from '../../core/checks/describeFix';
import { parseArmId } from '../../core/armId';
import type { Diagnosis } from '../../core/errors/diagnose';
import { hasTrait, tellsNoCause } from '../../core/errors/errorCatalogue';
import { hasCode } from '../../core/errors/errorCode';
import { messageValues } from '../../core/errors/messageValues';
import { isReadOnly } from '../configuration';
import { diagnosticsText } from '../failures/diagnostics';
import { notifyFailure } from '../failures/report';
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

type Help = Action<NextAttempt | undefined>;

/**
 * Shows why a creation failed and offers help until the user retries or gives up.
 * @param create creates the server key on another server
 * @param askAgain absent if there are no questions to ask again
 * @returns undefined to give up
 */
export async function offerHelp(
  services: Services,
  diagnosis: Diagnosis,
  create: Create,
  askAgain: AskAgain | undefined,
): Promise<NextAttempt | undefined> {
  const { code, evidence, retryMode } = diagnosis;
  const again = () => offerHelp(services, diagnosis, create, askAgain);
  const fixes = [...registrationOf(diagnosis), ...(evidence && !evidence.isSuspicion ? fixesOf(evidence.found) : [])];
  const mayChange = !isReadOnly();
  const isOffered = ({ fix }: FoundFix): boolean =>
    fix.kind === 'runCommand' || (mayChange && (askAgain !== undefined || !isQuestion(fix)));
  const fix = async (found: FoundFix): Promise<NextAttempt | undefined> => {
    if (isQuestion(found.fix)) {
      await askAgain?.(found.fix.kind === 'chooseKey' ? 'key' : 'version');
      return undefined;
    }
    const { isFixed, closed } = await runFix(services, { ...found, fix: found.fix }, create);
    await closed;
    if (!isFixed) return again();
    // If other problems remain, waiting for this change is pointless.
    const isLast = evidence?.found.length === 1;
    return isLast && isAzureFix(found.fix) ? { awaitedCode: code } : {};
  };
  const actions: Help[] = [
    ...(hasCode(diagnosis, 'OutcomeUnknown')
      ? [{ title: l10n.t('Check Again'), run: (): NextAttempt => ({ isCheck: true }) }]
      : []),
    ...(mayChange && askAgain && hasCode(diagnosis, 'VersionlessNotSupported') ? [pinVersion(askAgain)] : []),
    ...fixes.filter(isOffered).map((found) => ({ title: titleOf(found.fix), run: () => fix(found) })),
    ...(mayChange && fixes.length === 0 && hasTrait(code, 'propagating')
      ? [{ title: l10n.t('Keep Trying'), run: () => ({ awaitedCode: code }) }]
      : []),
    ...(mayChange && retryMode !== 'never' ? [{ title: l10n.t('Try Again'), run: () => ({}) }] : []),
    ...(fixes.length > 0 ? [copyDiagnostics(services, diagnosis)] : []),
    ...(tellsNoCause(code)
      ? [{ title: l10n.t('Ask Azure Support…'), run: () => askSupport(services, diagnosis).then(again) }]
      : []),
  ];
  return notifyFailure(services.log, diagnosis, ...actions);
}

/** The registration of the resource provider that the message names. */
function registrationOf({ code, what, serviceMessage, operation }: Diagnosis): readonly FoundFix[] {
  const { provider: namespace } = messageValues(serviceMessage);
  if (!hasCode({ code }, 'MissingSubscriptionRegistration') || namespace === undefined || !operation) return [];
  const { subscriptionId } = parseArmId(operation.resource);
  const fix = { kind: 'registerProvider', subscriptionId, namespace } as const;
  return fixesOf([{ outcome: 'fail', text: what.replace(/\.$/, ''), codes: [], fixes: [fix] }]);
}

const pinVersion = (askAgain: AskAgain): Help => ({
  title: titleOf({ kind: 'chooseVersion' }),
  run: async () => {
    await askAgain('pinnedVersion');
    return undefined;
  },
});

const copyDiagnostics = (services: Services, diagnosis: Diagnosis): Help => ({
  title: l10n.t('Copy Diagnostics'),
  run: async () => {
    await env.clipboard.writeText(diagnosticsText(services, [diagnosis]));
    return undefined;
  },
});

/** The portal's form for a support request. */
const newSupportRequest = 'view/Microsoft_Azure_Support/NewSupportRequestV3Blade';

/** With the user's consent, copies the diagnosis and opens the form for a support request. */
async function askSupport(services: Services, diagnosis: Diagnosis): Promise<void> {
  const text = diagnosticsText(services, [diagnosis]);
  const detail = [l10n.t('The form opens in the portal. This text is copied so that you can paste it there:'), text];
  await askModal('info', l10n.t('Open a support request with Azure?'), detail.join('\n\n'), {
    title: l10n.t('Copy and Open'),
    run: async () => {
      await env.clipboard.writeText(text);
      await openPortal(services, newSupportRequest);
    },
  });
}
