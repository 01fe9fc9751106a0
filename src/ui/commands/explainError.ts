import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { env, l10n, ThemeIcon, window } from 'vscode';
import { sameId } from '../../core/armId';
import { diagnose } from '../../core/errors/diagnose';
import { diagnosisDocument } from '../../core/errors/diagnosisDocument';
import { explainText, type Explanation } from '../../core/pastedErrors/explainText';
import { commandValues } from '../../core/pastedErrors/commandValues';
import type { PastedResources } from '../../core/pastedErrors/pastedResources';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { Finding } from '../../core/errors/finding';
import { withEvidence } from '../failures/diagnoseCreation';
import { toDiagnosis } from '../failures/report';
import { readWithProgress } from '../progress';
import { creationChecker } from '../runChecks';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import { diagnosesOf } from '../tree/nodes';
import { enterText, pick, type Item } from '../quickPick';
import type { Handler } from './handler';

/** Explains the failure of a row, or the errors in any text. Works without an account; with one it also checks the current state. */
export const explainError: Handler =
  (services) =>
  async (context, { row }) => {
    if (row?.kind === 'failure') {
      await showMarkdown(l10n.t('Explanation'), diagnosisDocument(diagnosesOf(row)));
      return;
    }
    const { failures, resources } = explainText(await askForText(services, context), services.cloud());
    const { findings, identities } =
      (await readWithProgress(services, l10n.t('Checking the current state…'), ({ signal }) =>
        lookAt(services, resources, signal),
      )) ?? {};
    const values = commandValues(resources, identities, services.cloud());
    const diagnoses = failures.map((failure) => withEvidence(diagnose(failure), findings, values));
    await showMarkdown(l10n.t('Explanation'), diagnosisDocument(diagnoses, namesOf(resources)));
  };

const namesOf = ({ servers, vaults, serverKeys }: PastedResources): readonly string[] => [
  ...servers,
  ...(serverKeys.length > 0 ? serverKeys : vaults),
];

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
    explain(whole(text)).failures.length > 0 ? undefined : l10n.t('This text contains no Azure or Azure SQL error.');
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

/** What the account can see of the server and key that a text names. */
interface Seen {
  readonly findings?: readonly Finding[] | undefined;
  /** Object IDs of the identities of the server. */
  readonly identities?: readonly string[];
}

async function lookAt(services: Services, resources: PastedResources, signal: AbortSignal): Promise<Seen> {
  const [name, ...others] = resources.servers;
  const parsed = parseKeyIdentifier(resources.keys[0] ?? '', services.cloud());
  const hasQuestion = parsed.ok || resources.principals.length > 0;
  if (name === undefined || others.length > 0 || !hasQuestion) return {};
  try {
    const { servers } = await services.inventory.get();
    const server = servers.find((candidate) => sameId(candidate.name, name));
    if (!server) return {};
    const { systemAssigned, userAssigned } = server.identity;
    const identities = [systemAssigned, ...userAssigned].flatMap((identity) => identity?.principalId ?? []);
    if (!parsed.ok) return { identities };
    const { findings } = await creationChecker(services).check({ server, key: parsed.key }, signal);
    return { identities, findings };
  } catch (error) {
    signal.throwIfAborted();
    services.log.info(toDiagnosis(services.log, error).what);
    return {};
  }
}
