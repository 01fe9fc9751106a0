import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Emulator } from './base/emulator';
import { takeTlsFault, type Port, type TlsFault } from './base/port';
import { makeBadCertificates, type BadCertificate, type KeyPair } from './certificate';

type Accept = (socket: Socket) => void;

/** What becomes of a connection whose TLS fails. */
type Failures = Readonly<Record<TlsFault, Accept>>;

async function makeFailures(authority: KeyPair): Promise<Failures> {
  const certificates = await makeBadCertificates(authority);
  const present = (kind: BadCertificate): Accept => {
    const server = createTlsServer(certificates[kind]).on('tlsClientError', () => undefined);
    return (socket) => server.emit('connection', socket);
  };
  return {
    reset: (socket) => socket.resetAndDestroy(),
    plain: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'),
    expired: present('expired'),
    wrongName: present('wrongName'),
    untrusted: present('untrusted'),
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Lets tests open further ports of an emulator, on which TLS can fail. The first port stays usable for the control API. */
export function offerPorts(emulator: Emulator, https: Server, authority: KeyPair): void {
  let failures: Promise<Failures> | undefined;
  emulator.openPort = async (tls) => {
    const fail = await (failures ??= makeFailures(authority));
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      const fault = takeTlsFault(port);
      if (fault) fail[fault](socket);
      else https.emit('connection', socket);
    });
    const number = await listen(server);
    const port: Port = { number, connections: tls ? Infinity : 0, close: () => server.close(), ...(tls && { tls }) };
    emulator.ports.set(number, port);
    return number;
  };
}
