import {
  AzureWizard,
  AzureWizardPromptStep,
  GoBackError,
  type IActionContext,
  type IAzureUserInput,
} from '@microsoft/vscode-azext-utils';
import type { Place } from '../livePick';

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
  /** Goes back to a question that was asked. `hints` are added to the earlier answers. */
  readonly backTo: (id: string, hints?: Partial<Answers>) => never;
  /** Where the question is. */
  readonly place: () => Place;
}

export interface Wizard<Answers> {
  /** The title at these answers. */
  readonly title: (answers: Answers) => string;
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
  const titleNow = () => title(wizardContext.answers);
  const steps: QuestionStep<Answers>[] = prompts.map((prompt, i) => {
    const asked = () => steps.slice(0, i).filter((step) => step.asked);
    const place = () => {
      const later = steps.slice(i + 1).filter((step) => step.shouldPrompt(wizardContext));
      return { title: titleNow(), step: asked().length + 1, steps: asked().length + 1 + later.length };
    };
    return new QuestionStep(prompt, { ...course(asked, undone), place }, undone, () => {
      // azext-utils shows the title that a step has when its question begins.
      for (const step of steps) step.effectiveTitle = titleNow();
    });
  });
  await new AzureWizard(wizardContext, { title: titleNow(), promptSteps: [...steps] }).prompt();
  return wizardContext.answers;
}

function course<Answers extends object>(
  asked: () => readonly QuestionStep<Answers>[],
  earlier: Partial<Answers>,
): Omit<Course<Answers>, 'place'> {
  return {
    earlier,
    lastAsked: (...ids) => asked().findLast(({ id }) => ids.includes(id))?.id,
    backTo(id, hints = {}) {
      Object.assign(earlier, hints);
      throw new GoBackError(asked().length - asked().findIndex((step) => step.id === id));
    },
  };
}

class QuestionStep<Answers extends object> extends AzureWizardPromptStep<WizardContext<Answers>> {
  effectiveTitle = '';
  /** azext-utils goes back to a step that has this, and sets it only for its own lists. */
  prompted = false;
  #before: Answers | undefined;

  /**
   * @param undone receives the answers that going back undoes
   * @param answered called when the answers have changed
   */
  constructor(
    private readonly question: Prompt<Answers>,
    private readonly course: Course<Answers>,
    private readonly undone: Partial<Answers>,
    private readonly answered: () => void,
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
    this.prompted = true;
    this.answered();
  }

  override undo(context: WizardContext<Answers>): void {
    Object.assign(this.undone, context.answers);
    context.answers = this.#before ?? context.answers;
    this.#before = undefined;
    this.answered();
  }
}
