/** The gateway's log. No line contains a header, because headers contain tokens. */
export interface GatewayLog {
  /** One line per request. */
  trace(line: string): void;
  /** What a waiting user may want to know. */
  info(line: string): void;
}
