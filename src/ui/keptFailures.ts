import { idKey } from '../core/armId';
import type { Diagnosis } from '../core/errors/diagnose';
import type { SqlServer } from '../core/model';

/** Shows the notification about a failure again, with its buttons. */
type ShowAgain = () => Promise<unknown>;
type Server = Pick<SqlServer, 'id'>;

/** What Copy Diagnostics copies if no failure is selected, and what Show Last Failure shows. */
export class KeptFailures {
  /** The failure that was logged last. */
  last: Diagnosis | undefined;
  #shown: ShowAgain | undefined;
  readonly #ofServers = new Map<string, ShowAgain>();

  /** @param onServer called when a shown failure is about a server, whose row then offers to show it again */
  constructor(private readonly onServer: (server: Server) => void) {}

  /** Keeps a failure that is shown now. */
  keep(showAgain: ShowAgain, server: Server | undefined): void {
    this.#shown = showAgain;
    if (!server) return;
    this.#ofServers.set(idKey(server.id), showAgain);
    this.onServer(server);
  }

  /** Shows the last failure of a server or, without one, the last of all. */
  shown(server?: Server): ShowAgain | undefined {
    return server ? this.#ofServers.get(idKey(server.id)) : this.#shown;
  }
}
