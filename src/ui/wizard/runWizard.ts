import {
  AzureWizard,
  AzureWizardPromptStep,
  GoBackError,
  type IActionContext,
  type IAzureUserInput,
} from '@microsoft/vscode-azext-utils';

/** One question. `needed` tells from the answers so far whether to ask it, and `ask` stores its answer. */
export interface Prompt<Answers> {
  readonly id: string;
  needed(answers: Answers): boolean;
  ask(ui: IAzureUserInput, answers: Answers, course: Course<Answers>): Promise<void>;
}

/** What a question can find out about the other questions. */
export interface Course<Answers> {
  /** Answers that the user has undone by going back, to offer first. */
  readonly earlier: Readonly<Partial<Answers>>;
  /** The one of these questions that was asked last before this one. */
  readonly lastAsked: (...ids: readonly string[]) => string | undefined;
  /** Goes back to a question that was asked. */
  readonly backTo: (id: string) => never;
}

export interface Wizard<Answers> {
  readonly title: string;
  /** Answers that are known; their questions are not asked. */
  readonly given: Answers;
  /** Answers to offer first. */
  readonly earlier?: Readonly<Partial<Answers>>;
  readonly prompts: readonly Prompt<Answers>[];
}

type WizardContext<Answers> = IActionContext & { answers: Answers };

/**
 * Asks the questions in order, with step count and Back. Going back undoes an answer. azext-utils restores only the
 * context's own properties, so each step keeps the answers before its question, and its `undo` restores them.
 * Rejects with `UserCancelledError` on Esc.
 */
export async function runWizard<Answers extends object>(
  context: IActionContext,
  { title, given, earlier, prompts }: Wizard<Answers>,
): Promise<Answers> {
  const wizardContext: WizardContext<Answers> = Object.assign(context, { answers: { ...given } });
  const undone: Partial<Answers> = { ...earlier };
  const steps: QuestionStep<Answers>[] = prompts.map(
    (prompt, i) =>
      new QuestionStep(
        prompt,
        course(() => steps.slice(0, i), undone),
        undone,
      ),
  );
  await new AzureWizard(wizardContext, { title, promptSteps: [...steps] }).prompt();
  return wizardContext.answers;
}

function course<Answers extends object>(
  stepsBefore: () => readonly QuestionStep<Answers>[],
  earlier: Partial<Answers>,
): Course<Answers> {
  const asked = () => stepsBefore().filter((step) => step.asked);
  return {
    earlier,
    lastAsked: (...ids) => asked().findLast(({ id }) => ids.includes(id))?.id,
    backTo(id) {
      throw new GoBackError(asked().length - asked().findIndex((step) => step.id === id));
    },
  };
}

class QuestionStep<Answers extends object> extends AzureWizardPromptStep<WizardContext<Answers>> {
  #before: Answers | undefined;

  /** @param undone receives the answers that going back undoes */
  constructor(
    private readonly question: Prompt<Answers>,
    private readonly course: Course<Answers>,
    private readonly undone: Partial<Answers>,
  ) {
    super();
    this.id = question.id;
  }

  get asked(): boolean {
    return this.#before !== undefined;
  }

  shouldPrompt(context: WizardContext<Answers>): boolean {
    return this.question.needed(context.answers);
  }

  async prompt(context: WizardContext<Answers>): Promise<void> {
    const before = { ...context.answers };
    await this.question.ask(context.ui, context.answers, this.course);
    this.#before = before;
  }

  override undo(context: WizardContext<Answers>): void {
    Object.assign(this.undone, context.answers);
    context.answers = this.#before ?? context.answers;
    this.#before = undefined;
  }
}
