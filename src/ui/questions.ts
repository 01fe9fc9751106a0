import type { IAzureUserInput } from '@microsoft/vscode-azext-utils';
import { setTimeout as delay } from 'node:timers/promises';

/** How soon the next question of a wizard follows the answer to the last one, in milliseconds. */
const followingMs = 500;

/** The questions that the user hasn't answered. Work that ends late must neither close one nor take the keyboard from it. */
export class Questions {
  #asked = 0;
  readonly #open = new Map<number, Promise<unknown>>();

  get isAnyOpen(): boolean {
    return this.#open.size > 0;
  }

  /** Asks a question. It is open until its promise settles. */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    const number = ++this.#asked;
    const answer = question();
    this.#open.set(number, answer);
    try {
      return await answer;
    } finally {
      this.#open.delete(number);
    }
  }

  /**
   * Call it when work starts. The result waits until the questions that have been asked since then, and those that follow them, are
   * no longer open. A question that was open before doesn't count: the user has started the work in spite of it.
   */
  askedFromNow(): () => Promise<void> {
    const before = this.#asked;
    const wait = async (): Promise<void> => {
      const later = [...this.#open].flatMap(([number, answer]) => (number > before ? [answer] : []));
      if (later.length === 0) return;
      await Promise.allSettled(later);
      await delay(followingMs);
      await wait();
    };
    return wait;
  }
}

/** The input of azext-utils. The runner of commands sets where its questions are counted. */
export type CountedInput = IAzureUserInput & { questions?: Questions };

/** Asks a question of azext-utils. */
export const askCounted = <T>({ questions }: CountedInput, question: () => Promise<T>): Promise<T> =>
  questions ? questions.ask(question) : question();
