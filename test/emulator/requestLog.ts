/** One line of GET /emulator/requests. Headers and bodies are left out: they hold tokens and secrets. */
export interface LoggedRequest {
  time: string;
  method: string;
  path: string;
  query: Record<string, string>;
  status: number;
  ms: number;
  correlationId: string;
}

const capacity = 10_000;

export function logRequest(log: LoggedRequest[], entry: LoggedRequest): void {
  log.push(entry);
  if (log.length > capacity) log.shift();
}
