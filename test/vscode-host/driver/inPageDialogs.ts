// These functions run in VS Code's page, like those of inPage.ts. Each reads everything in one call, because a call costs
// several milliseconds of a processor, and the driver calls them until it sees what it waits for.
interface PageElement {
  readonly textContent: string | null;
  readonly innerText: string;
  readonly className: string;
  getAttribute(name: string): string | null;
  checkVisibility(): boolean;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
declare const document: Pick<PageElement, 'querySelector' | 'querySelectorAll'>;

export interface ToastState {
  readonly text: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly buttons: readonly string[];
  readonly inProgress: boolean;
}

/** The newest toast comes first. VS Code shows three at most. */
export function readToastStates(selector: string): ToastState[] {
  return [...document.querySelectorAll(selector)].map((toast) => {
    const icon = toast.querySelector('.notification-list-item-icon')?.className ?? '';
    return {
      text: (toast.querySelector('.notification-list-item-message')?.innerText ?? '').trim(),
      severity: icon.includes('codicon-error') ? 'error' : icon.includes('codicon-warning') ? 'warning' : 'info',
      buttons: [...toast.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map((button) =>
        button.innerText.trim(),
      ),
      inProgress: toast.querySelector('.monaco-progress-container.active') !== null,
    };
  });
}

export interface ModalState {
  readonly message: string;
  readonly detail: string;
  /** In the order of the dialog box. */
  readonly buttons: readonly string[];
}

/** Undefined if there is no modal dialog. */
export function readModal(): ModalState | undefined {
  const dialog = document.querySelector('.monaco-dialog-box');
  if (dialog?.checkVisibility() !== true) return undefined;
  const [first, second] = ['.dialog-message', '.dialog-message-detail'].map((selector) =>
    (dialog.querySelector(selector)?.innerText ?? '').trim(),
  );
  return {
    // If there is no detail, VS Code shows the message in its place.
    message: (first === '' ? second : first) ?? '',
    detail: first === '' ? '' : (second ?? ''),
    buttons: [...dialog.querySelectorAll('.dialog-buttons .monaco-button')].map((button) => button.innerText.trim()),
  };
}

export interface QuickInputState {
  readonly kind: 'pick' | 'input';
  readonly title: string;
  readonly placeholder: string;
  /** The prompt of an input box, or the message of its validation. */
  readonly message: string;
}

/** Undefined if there is neither a quick pick nor an input box. */
export function readQuickInput(): QuickInputState | undefined {
  const widget = document.querySelector('.quick-input-widget');
  if (widget?.checkVisibility() !== true) return undefined;
  return {
    kind: widget.querySelector('.quick-input-list')?.checkVisibility() === true ? 'pick' : 'input',
    title: (widget.querySelector('.quick-input-title')?.textContent ?? '').trim(),
    placeholder: widget.querySelector('.quick-input-box input')?.getAttribute('placeholder') ?? '',
    message: (widget.querySelector('.quick-input-message')?.textContent ?? '').trim(),
  };
}
