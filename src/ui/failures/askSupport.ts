import { env, l10n, window } from 'vscode';
import { diagnosisLog, type Diagnosis } from '../../core/errors/diagnose';
import { openPortal } from '../openPortal';
import type { Services } from '../services';

/** Azure's form for a support request, in the portal. */
const newRequest = 'view/Microsoft_Azure_Support/NewSupportRequestV3Blade';

/** Shows what is known of a failure, and takes it along, on the clipboard, to where Azure is asked. */
export async function askSupport(services: Services, diagnosis: Diagnosis): Promise<void> {
  const text = diagnosisLog(diagnosis);
  const copyAndOpen = l10n.t('Copy and Open');
  const detail = [l10n.t('It opens in the portal. This goes onto the clipboard, to paste there:'), text].join('\n\n');
  const question = l10n.t('Open a support request at Azure?');
  if ((await window.showInformationMessage(question, { modal: true, detail }, copyAndOpen)) !== copyAndOpen) return;
  await env.clipboard.writeText(text);
  await openPortal(services, newRequest);
}
