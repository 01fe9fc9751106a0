/** Runs tasks in the order in which they are added, a limited number at a time. Ignores the results and failures of tasks. */
export class TaskQueue {
  #waiting: (() => Promise<unknown>)[] = [];
  #running = 0;

  constructor(private readonly limit: number) {}

  add(task: () => Promise<unknown>): void {
    this.#waiting.push(task);
    this.#startNext();
  }

  /** Drops the tasks that have not started. */
  clear(): void {
    this.#waiting = [];
  }

  #startNext(): void {
    const task = this.#running < this.limit ? this.#waiting.shift() : undefined;
    if (!task) return;
    this.#running += 1;
    const end = (): void => {
      this.#running -= 1;
      this.#startNext();
    };
    void task().then(end, end);
  }
}
