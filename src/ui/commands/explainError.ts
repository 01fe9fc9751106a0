import { isUserCancelledError, type IActionContext } from '@microsoft/vscode-azext-utils';
import { env, l10n, ThemeIcon, window } from 'vscode';
import type { ArmError } from '../../core/armError';
import { sameId } from '../../core/armId';
import { diagnose, type Diagnosis } from '../../core/errors/diagnose';
import { diagnosisDocument } from '../../core/errors/diagnosisDocument';
import { hasCode } from '../../core/errors/errorCode';
import { clientOf } from '../../core/errors/operationNames';
import { explainText, type Explanation } from '../../core/pastedErrors/explainText';
import { commandValues } from '../../core/pastedErrors/commandValues';
import type { PastedResources } from '../../core/pastedErrors/pastedResources';
import { restoreTimes } from '../../core/pastedErrors/restoreTimes';
import { withEvidence } from '../failures/diagnoseCreation';
import { offer } from '../messages';
import { readWithProgress } from '../progress';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import { diagnosesOf } from '../tree/nodes';
import { enterText, pick, type Item } from '../quickPick';
import { lookAt, type Seen } from './explainEvidence';
import { findRestoreKeys } from './addRestoreKeys';
import { namedServer } from './explainSubjects';
import type { Handler } from './handler';

/** Explains the failure of a row, or the errors in any text. Works without an account; with one it also checks the current state. */
export const explainError: Handler =
  (services) =>
  async (context, { row }) => {
    if (row?.kind === 'failure') {
      await showMarkdown(l10n.t('Explanation'), diagnosisDocument(diagnosesOf(row)));
      return;
    }
    const text = await askForText(services, context);
    const explanation = explainText(text, services.cloud());
    const seen = await readWithProgress(services, l10n.t('Checking the current state…'), ({ signal }) =>
      lookAt(services, explanation, signal),
    );
    const diagnoses = explanation.failures.map((failure) => diagnosisOf(services, failure, explanation, seen));
    await showMarkdown(l10n.t('Explanation'), diagnosisDocument(diagnoses, namesOf(explanation.resources, seen)));
    await offerRestoreKeys(services, context, explanation, text);
  };

/** After a restore that lacks keys, offers to find those that the target lacks. */
async function offerRestoreKeys(
  services: Services,
  context: IActionContext,
  explanation: Explanation,
  text: string,
): Promise<void> {
  if (!explanation.failures.some((failure) => hasCode(failure, 'MissingKeyVaultUriForRestore'))) return;
  const name = namedServer(explanation);
  const target = services.inventory.last()?.servers.find((server) => sameId(server.name, name));
  if (!target) return;
  const find = async (): Promise<boolean> => {
    try {
      await findRestoreKeys(services, context, target, restoreTimes(text));
      return false;
    } catch (error) {
      if (isUserCancelledError(error)) return true;
      throw error;
    }
  };
  const missing = l10n.t('"{0}" lacks keys for a restore.', target.name);
  await offer('info', missing, { title: l10n.t('Find Missing Keys…'), run: find });
}

/** A failure of another account says nothing about the permissions of the user's own, and the other way around. */
function diagnosisOf(
  services: Services,
  failure: ArmError,
  { resources }: Explanation,
  { findings, identities, values, accounts = [] }: Seen = {},
): Diagnosis {
  const client = clientOf(failure.message);
  const isOwn = accounts.some((account) => sameId(account, client));
  const known = { ...commandValues(resources, identities, services.cloud(), failure.message), ...values };
  const about = isOwn ? findings : findings?.filter(({ codes }) => !codes.includes('AuthorizationFailed'));
  return withEvidence(diagnose(failure.with({ isPasted: !isOwn })), about, known);
}

/** Names in the text, and the vault that was looked at if the text names none. */
function namesOf({ servers, instances, vaults, serverKeys }: PastedResources, seen: Seen | undefined): string[] {
  const named = serverKeys.length > 0 ? serverKeys : vaults;
  const found = named.length === 0 && seen?.values?.vault !== undefined ? [seen.values.vault] : [];
  return [...servers, ...instances, ...named, ...found];
}

/** The selected or copied text if it contains an error and the user chooses it; otherwise, text that the user types. */
async function askForText(services: Services, context: IActionContext): Promise<string> {
  const explain = (text: string): Explanation => explainText(text, services.cloud());
  const editor = window.activeTextEditor;
  const clipboard = await env.clipboard.readText();
  const sources = [
    { icon: 'selection', label: l10n.t('Explain the selected text'), text: editor?.document.getText(editor.selection) },
    { icon: 'clippy', label: l10n.t('Explain the copied text'), text: clipboard },
  ];
  const items = sources.flatMap(({ icon, label, text = '' }): Item<string>[] => {
    const codes = explain(text).failures.map(({ code }) => code);
    return codes.length === 0
      ? []
      : [{ label, iconPath: new ThemeIcon(icon), description: codes.join(', '), data: text }];
  });
  const other = { label: l10n.t('Paste or type other text…'), iconPath: new ThemeIcon('edit'), data: '' };
  const chosen =
    items.length === 0
      ? ''
      : await pick(context.ui, () => Promise.resolve([...items, other]), {
          placeHolder: l10n.t('Select the error to explain'),
        });
  return chosen || (await typeText(context, explain, clipboard));
}

async function typeText(
  { ui }: IActionContext,
  explain: (text: string) => Explanation,
  clipboard: string,
): Promise<string> {
  // An input box removes line breaks from pasted text, which joins words.
  const whole = (text: string) => (clipboard.replace(/[\r\n]/g, '') === text ? clipboard : text);
  const problem = (text: string) =>
    explain(whole(text)).failures.length > 0
      ? undefined
      : l10n.t('This text contains no error code or message that this extension recognizes.');
  return whole(
    await enterText(
      ui,
      {
        title: l10n.t('Explain Error'),
        prompt: l10n.t(
          'Paste an error from Azure CLI, PowerShell, Terraform, the portal, an activity log, or a database.',
        ),
        placeHolder: '(AzureKeyVaultMissingPermissions) …',
      },
      problem,
    ),
  );
}
