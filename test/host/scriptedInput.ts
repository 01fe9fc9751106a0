import assert from 'node:assert/strict';
import type {
  IAzureQuickPickItem,
  IAzureQuickPickOptions,
  IAzureUserInput,
  PromptResult,
} from '@microsoft/vscode-azext-utils';
import { EventEmitter, type QuickPickItem } from 'vscode';

/** Chooses rows of a list. The list may still be loading. */
type Choose = <Row extends QuickPickItem>(rows: Row[] | Thenable<Row[]>) => Promise<readonly Row[]>;

/** Answers the lists of questions. As in VS Code, a chosen row may run an action. Any other question fails the test. */
export class ScriptedInput implements IAzureUserInput {
  readonly onDidFinishPrompt = new EventEmitter<PromptResult>().event;
  readonly showInputBox = unexpected;
  readonly showWarningMessage = unexpected;
  readonly showOpenDialog = unexpected;
  readonly showWorkspaceFolderPick = unexpected;

  constructor(private readonly choose: Choose) {}

  showQuickPick<Row extends QuickPickItem>(
    rows: Row[] | Thenable<Row[]>,
    options: IAzureQuickPickOptions & { canPickMany: true },
  ): Promise<Row[]>;
  showQuickPick<Row extends QuickPickItem>(
    rows: Row[] | Thenable<Row[]>,
    options: IAzureQuickPickOptions,
  ): Promise<Row>;
  async showQuickPick<Row extends QuickPickItem & Pick<IAzureQuickPickItem, 'onPicked'>>(
    rows: Row[] | Thenable<Row[]>,
    { canPickMany }: IAzureQuickPickOptions,
  ): Promise<Row | Row[]> {
    const chosen = await this.choose(rows);
    for (const { onPicked } of chosen) await onPicked?.();
    return canPickMany === true ? [...chosen] : (chosen[0] ?? assert.fail('No row is chosen.'));
  }
}

const unexpected = (): Promise<never> => assert.fail('An unexpected question');
