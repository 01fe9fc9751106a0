import { TaskQueue } from '../../core/taskQueue';
import type { GroupNode, ServerNode } from './nodes';

/** With up to this many servers in the view, TDE protectors are read ahead, this many at a time. */
const limits = { servers: 50, parallel: 4 };

/** Reads the TDE protectors of the servers in expanded groups, so that their rows show them before they are expanded. */
export class ReadAhead {
  readonly #queue = new TaskQueue(limits.parallel);

  constructor(private readonly read: (node: ServerNode) => Promise<unknown>) {}

  /** @param inView the number of servers in the view */
  add({ servers }: GroupNode, inView: number): void {
    if (inView > limits.servers) return;
    for (const node of servers) {
      if (node.server.listedProtector?.type !== 'serviceManaged') this.#queue.add(() => this.read(node));
    }
  }

  /** Drops the reads that have not started. */
  clear(): void {
    this.#queue.clear();
  }
}
