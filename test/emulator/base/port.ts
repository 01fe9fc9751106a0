/** A host name of the emulator that doesn't exist, so that only a proxy can reach the emulator by it. */
export const proxiedHost = 'arm.emulator.example';

/** How TLS fails on a connection: before the handshake, or because of the certificate. */
export const tlsFaults = ['reset', 'plain', 'expired', 'wrongName', 'untrusted'] as const;

export type TlsFault = (typeof tlsFaults)[number];

/** A port that a test has opened in addition to the first one. */
export interface Port {
  readonly number: number;
  /** How TLS fails on the next connections. */
  tls?: TlsFault;
  /** How many of the next connections fail. */
  connections: number;
  readonly close: () => void;
}

/** The fault of a new connection to a port. Counts down its `connections`. */
export function takeTlsFault(port: Port): TlsFault | undefined {
  if (port.connections === 0) return undefined;
  port.connections -= 1;
  return port.tls;
}
