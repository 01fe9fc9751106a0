import type { AsyncLocalStorage } from 'node:async_hooks';
import * as l10n from '@vscode/l10n';
import type { OnWait, Wait } from '../core/wait';

/** Shows a text, or no longer shows one. */
export type ShowWait = (text: string | undefined) => void;

/** Work that shows its waits itself. */
export interface WaitingWork {
  readonly show: ShowWait;
  /** Aborted when the user no longer wants its end. */
  readonly signal: AbortSignal;
}

/**
 * Shows the waits before requests that are sent again, with the seconds left.
 * @param running the work of the asynchronous context
 * @param elsewhere shows the waits of other work
 */
export function showWaits(running: AsyncLocalStorage<WaitingWork>, elsewhere: ShowWait): OnWait {
  const known = new WeakMap<ShowWait, OnWait>();
  return (wait) => {
    const show = running.getStore()?.show ?? elsewhere;
    const place = known.get(show) ?? placeFor(show);
    known.set(show, place);
    return place(wait);
  };
}

/** A place that shows one wait at a time, the one that began first. */
function placeFor(show: ShowWait): OnWait {
  const running = new Set<Wait & { readonly end: number }>();
  let timer: NodeJS.Timeout | undefined;
  const update = (): void => {
    const [first] = running;
    show(first && textOf(first, Math.max(1, Math.round((first.end - Date.now()) / 1000))));
    if (first) {
      timer ??= setInterval(update, 1000);
    } else {
      clearInterval(timer);
      timer = undefined;
    }
  };
  return (wait) => {
    const added = { ...wait, end: Date.now() + wait.milliseconds };
    running.add(added);
    update();
    return () => {
      running.delete(added);
      update();
    };
  };
}

function textOf({ isLimited, path }: Wait, seconds: number): string {
  const [, name] = /\/(?:servers|vaults|managedHSMs)\/([^/]+)/i.exec(path) ?? [];
  if (isLimited) {
    return name === undefined
      ? l10n.t('Azure is limiting requests; trying again in {0} s', seconds)
      : l10n.t('Azure is limiting requests for "{0}"; trying again in {1} s', name, seconds);
  }
  return name === undefined
    ? l10n.t('A request to Azure failed; trying again in {0} s', seconds)
    : l10n.t('A request about "{0}" failed; trying again in {1} s', name, seconds);
}
