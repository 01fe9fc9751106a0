import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { env, l10n, ProgressLocation, ThemeIcon, window } from 'vscode';
import { sameId } from '../../core/armId';
import { diagnose } from '../../core/errors/diagnose';
import { diagnosisDocument } from '../../core/errors/diagnosisDocument';
import { explainText, type Explanation } from '../../core/pastedErrors/explainText';
import { commandValues, type PastedResources } from '../../core/pastedErrors/pastedResources';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { Finding } from '../../core/errors/finding';
import { withEvidence } from '../failures/diagnoseCreation';
import { toDiagnosis } from '../failures/report';
import { preflightReader } from '../runChecks';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import { diagnosesOf } from '../tree/nodes';
import { pick, type Item } from '../quickPick';
import type { Handler } from './handler';

/** Explains the failure of a row, or the errors in a text from anywhere. Needs no sign-in; with one it says what is true now. */
export const explainError: Handler =
  (services) =>
  async (context, { row }) => {
    if (row?.kind === 'failure') {
      await showMarkdown(l10n.t('Explanation'), diagnosisDocument(diagnosesOf(row)));
      return;
    }
    const { failures, resources } = explainText(await askForText(services, context), services.cloud());
    const findings = await watched(findingsAbout(services, resources));
    const diagnoses = failures.map((failure) => withEvidence(diagnose(failure), findings, commandValues(resources)));
    await showMarkdown(l10n.t('Explanation'), diagnosisDocument(diagnoses, namesOf(resources)));
  };

const namesOf = ({ servers, vaults, serverKeys }: PastedResources): readonly string[] => [
  ...servers,
  ...(serverKeys.length > 0 ? serverKeys : vaults),
];

/** The text that is selected or on the clipboard, if there is an error in it, else one that is typed. */
async function askForText(services: Services, context: IActionContext): Promise<string> {
  const explain = (text: string): Explanation => explainText(text, services.cloud());
  const editor = window.activeTextEditor;
  const clipboard = await env.clipboard.readText();
  const sources = [
    { icon: 'selection', label: l10n.t('Explain what is selected'), text: editor?.document.getText(editor.selection) },
    { icon: 'clippy', label: l10n.t('Explain what is on the clipboard'), text: clipboard },
  ];
  const items = sources.flatMap(({ icon, label, text = '' }): Item<string>[] => {
    const codes = explain(text).failures.map(({ code }) => code);
    return codes.length === 0
      ? []
      : [{ label, iconPath: new ThemeIcon(icon), description: codes.join(', '), data: text }];
  });
  const other = { label: l10n.t('Paste or type another text…'), iconPath: new ThemeIcon('edit'), data: '' };
  const chosen =
    items.length === 0
      ? ''
      : await pick(context.ui, () => Promise.resolve([...items, other]), { placeHolder: l10n.t('Which error?') });
  return chosen || (await typeText(context, explain, clipboard));
}

async function typeText(
  { ui }: IActionContext,
  explain: (text: string) => Explanation,
  clipboard: string,
): Promise<string> {
  // An input box takes the line breaks out of what is pasted, and words run into one another.
  const whole = (text: string) => (clipboard.replace(/[\r\n]/g, '') === text ? clipboard : text);
  const problem = (text: string) =>
    explain(whole(text)).failures.length > 0
      ? undefined
      : l10n.t('No error of Azure or Azure SQL was found in this text.');
  return whole(
    await ui.showInputBox({
      title: l10n.t('Explain Error'),
      prompt: l10n.t('Paste what az, PowerShell, Terraform, the portal, an activity log or the database said.'),
      placeHolder: '(AzureKeyVaultMissingPermissions) …',
      validateInput: (text) => (text === '' ? undefined : problem(text)),
      asyncValidationTask: (text) => Promise.resolve(problem(text)),
    }),
  );
}

/** Progress for what may take long; who does not want to wait for it goes on without. */
function watched<T>(work: Promise<T>): Thenable<T | undefined> {
  const title = l10n.t('Looking at what is true now…');
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, (_, cancel) =>
    Promise.race([
      work,
      new Promise<undefined>((resolve) => {
        cancel.onCancellationRequested(() => {
          resolve(undefined);
        });
      }),
    ]),
  );
}

/** What is found out about the server and key that a text names, if the sign-in sees them. */
async function findingsAbout(services: Services, resources: PastedResources): Promise<readonly Finding[] | undefined> {
  const parsed = parseKeyIdentifier(resources.keys[0] ?? '', services.cloud());
  const [name, ...others] = resources.servers;
  if (!parsed.ok || name === undefined || others.length > 0) return undefined;
  try {
    const { servers } = await services.inventory.get();
    const server = servers.find((candidate) => sameId(candidate.name, name));
    const check = server && (await preflightReader(services));
    return server && (await check?.({ server, key: parsed.key }))?.findings;
  } catch (error) {
    services.log.info(toDiagnosis(services.log, error).what);
    return undefined;
  }
}
