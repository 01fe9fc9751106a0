import { UserCancelledError } from '@microsoft/vscode-azext-utils';
import { ThemeIcon, window } from 'vscode';
import { plainLine, plainText } from '../core/text';
import type { Action } from './messages';
import type { Services } from './services';

/** A button in the title of an input box. */
export interface IconAction extends Action {
  readonly icon: string;
}

/**
 * Asks for a text, beside buttons that show or copy what to read first. Rejects as canceled if the user leaves it.
 * @param problem what is wrong with the text, if anything, when the user accepts it
 * @param whileTyping the same for an unfinished text; an empty text is never wrong
 */
export const enterConfirmation = (
  { questions }: Pick<Services, 'questions'>,
  ...box: Parameters<typeof show>
): Promise<string> => questions.ask(() => show(...box));

function show(
  { title, prompt, placeHolder }: { readonly title: string; readonly prompt: string; readonly placeHolder: string },
  buttons: readonly IconAction[],
  problem: (text: string) => string | undefined,
  whileTyping: (text: string) => string | undefined,
): Promise<string> {
  const box = window.createInputBox();
  box.title = plainLine(title);
  box.prompt = plainText(prompt);
  box.placeholder = plainLine(placeHolder);
  box.ignoreFocusOut = true;
  box.buttons = buttons.map(({ icon, title: tooltip }) => ({ iconPath: new ThemeIcon(icon), tooltip }));
  const tell = (text: string | undefined) => {
    box.validationMessage = text === undefined ? undefined : plainText(text);
  };
  return new Promise<string>((resolve, reject) => {
    box.onDidTriggerButton(({ tooltip }) => void buttons.find((button) => button.title === tooltip)?.run());
    box.onDidChangeValue((text) => {
      tell(text === '' ? undefined : whileTyping(text));
    });
    box.onDidAccept(() => {
      const wrong = problem(box.value);
      tell(wrong);
      if (wrong === undefined) resolve(box.value);
    });
    box.onDidHide(() => {
      reject(new UserCancelledError('confirm'));
    });
    box.show();
  }).finally(() => {
    box.dispose();
  });
}
