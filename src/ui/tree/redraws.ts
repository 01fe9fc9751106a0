/** How long VS Code may take to receive the rows below a row, in milliseconds. */
const deliveryMs = 300;

/**
 * Makes VS Code request rows again, but not while it receives the rows below them: it would go on to show those, but forget them in the
 * extension host, so that commands in their menus would have no row.
 */
export class Redraws<Row extends object> {
  /** Until when VS Code may still receive the rows below a row, in Unix milliseconds. */
  readonly #deliveries = new WeakMap<Row, number>();
  readonly #waiting = new Map<Row, NodeJS.Timeout>();

  /** @param fire makes VS Code request a row again, or all rows */
  constructor(private readonly fire: (row: Row | undefined) => void) {}

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
  }

  /** Delivers the rows below a row to VS Code. */
  async deliver<T>(row: Row, rows: () => Promise<T>): Promise<T> {
    this.#deliveries.set(row, Infinity);
    try {
      return await rows();
    } finally {
      this.#deliveries.set(row, Date.now() + deliveryMs);
    }
  }

  /** Makes VS Code request a row again, as soon as possible, or all rows. */
  readonly redraw = (row: Row | undefined): void => {
    const left = (row ? (this.#deliveries.get(row) ?? 0) : 0) - Date.now();
    if (left <= 0 || !row) {
      this.fire(row);
    } else if (!this.#waiting.has(row)) {
      const again = () => {
        this.#waiting.delete(row);
        this.redraw(row);
      };
      this.#waiting.set(row, setTimeout(again, Math.min(left, deliveryMs)));
    }
  };
}
