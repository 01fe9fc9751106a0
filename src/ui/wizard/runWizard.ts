import {
  AzureWizard,
  AzureWizardPromptStep,
  type IActionContext,
  type IAzureUserInput,
} from '@microsoft/vscode-azext-utils';

/** One question: whether it has to be asked, given the answers so far, and how. `ask` writes its answer. */
export interface Prompt<Answers> {
  readonly id: string;
  needed(answers: Answers): boolean;
  ask(ui: IAzureUserInput, answers: Answers): Promise<void>;
}

type WizardContext<Answers> = IActionContext & { answers: Answers };

/**
 * Asks the questions in order, with step count and Back. Going back undoes an answer: the wizard of azext-utils keeps
 * track of the context's own properties only, so the answers before a question are kept and put back by its `undo`.
 * Rejects with `UserCancelledError` on Esc.
 */
export async function runWizard<Answers extends object>(
  context: IActionContext,
  title: string,
  given: Answers,
  prompts: readonly Prompt<Answers>[],
): Promise<Answers> {
  const wizardContext: WizardContext<Answers> = Object.assign(context, { answers: given });
  const promptSteps = prompts.map((prompt) => new QuestionStep(prompt));
  await new AzureWizard(wizardContext, { title, promptSteps }).prompt();
  return wizardContext.answers;
}

class QuestionStep<Answers extends object> extends AzureWizardPromptStep<WizardContext<Answers>> {
  #before: Answers | undefined;

  constructor(private readonly question: Prompt<Answers>) {
    super();
    this.id = question.id;
  }

  shouldPrompt(context: WizardContext<Answers>): boolean {
    return this.question.needed(context.answers);
  }

  async prompt(context: WizardContext<Answers>): Promise<void> {
    const before = { ...context.answers };
    await this.question.ask(context.ui, context.answers);
    this.#before = before;
  }

  override undo(context: WizardContext<Answers>): void {
    context.answers = this.#before ?? context.answers;
    this.#before = undefined;
  }
}
