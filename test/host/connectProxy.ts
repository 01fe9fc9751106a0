import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy on the loopback address. */
export interface Proxy {
  /** host:port */
  readonly address: string;
  /** The targets of the CONNECT requests that it has accepted. */
  readonly accepted: readonly string[];
  /** The status of the CONNECT requests that it has refused. */
  readonly refused: readonly number[];
  close(): Promise<void>;
}

interface ProxyOptions {
  /** The port on the loopback address to which every connection goes, whatever its target. */
  readonly port: number;
  /** The value of Proxy-Authorization that it requires. */
  readonly authorization?: string;
  /** Refuses everything with this status. */
  readonly status?: number;
}

/** Starts a proxy that tunnels HTTPS, as companies have. */
export async function startProxy({ port, authorization, status }: ProxyOptions): Promise<Proxy> {
  const [accepted, refused]: [string[], number[]] = [[], []];
  const sockets = new Set<Duplex>();
  const server = createServer().on('connect', (request, socket) => {
    sockets.add(socket.on('error', () => undefined));
    const refusal = authorization && request.headers['proxy-authorization'] !== authorization ? 407 : status;
    if (refusal) {
      refused.push(refusal);
      socket.end(`HTTP/1.1 ${refusal} Refused\r\nproxy-authenticate: Basic realm="proxy"\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    accepted.push(request.url ?? '');
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(target).pipe(socket);
    }).on('error', () => socket.destroy());
    sockets.add(target);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  };
  return { address, accepted, refused, close };
}
