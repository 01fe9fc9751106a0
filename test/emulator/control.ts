import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { knownBehaviors } from './arm/faultBehaviors';
import { finishDueOperations, setDuration } from './arm/operations';
import { reset, type Emulator } from './base/emulator';
import type { Fault } from './base/faults';
import { isRecord, recordOf } from './base/json';
import { isOption, type EmulatorOptions } from './base/options';
import { tlsFaults, type TlsFault } from './base/port';
import { seededRandom } from './base/random';
import { loadSeed } from './seeds/loadSeed';
import type { State } from './base/state';

const parse = (body: unknown): unknown => (typeof body === 'string' && body !== '' ? JSON.parse(body) : undefined);

/** Checks a fault; throws if it could never match, because the test is wrong then. */
function checkFault(value: unknown): Fault {
  const fault = value as Fault;
  if (!isRecord(value) || !isRecord(value.match) || typeof fault.match.path !== 'string') {
    throw new Error('A fault needs match.path, a regular expression');
  }
  void new RegExp(fault.match.path);
  if (fault.behavior !== undefined && !knownBehaviors.includes(fault.behavior)) {
    throw new Error(`Unknown behavior; known are ${knownBehaviors.join(', ')}`);
  }
  if (fault.behavior === 'change' && fault.when !== 'afterEffect') {
    throw new Error('A change needs "when":"afterEffect"');
  }
  checkTlsFault(fault.tls);
  return fault;
}

function checkTlsFault(fault: TlsFault | undefined): TlsFault | undefined {
  if (fault === undefined || tlsFaults.includes(fault)) return fault;
  throw new Error(`Unknown TLS fault; known are ${tlsFaults.join(', ')}`);
}

function checkOptions(value: unknown, known: EmulatorOptions): Partial<EmulatorOptions> {
  const patch = recordOf(value);
  for (const [name, sent] of Object.entries(patch)) {
    if (!(name in known)) throw new Error(`Unknown option: ${name}`);
    if (!isOption(name as keyof EmulatorOptions, sent)) throw new Error(`Wrong value of the option ${name}`);
  }
  return patch;
}

/** The seed of a reset: the initial seed without a body, a seed by name for {"seed":"demo"}, otherwise the state in the body. */
function seedFrom(emulator: Emulator, body: unknown): () => State {
  if (!isRecord(body)) return emulator.seed;
  const { seed = body } = body;
  return loadSeed(typeof seed === 'string' ? seed : (body as Partial<State> as State));
}

/** The largest body: states are larger than the requests of ARM. */
const bodyLimit = 64 * 2 ** 20;

/** Serves the control API, which needs no sign-in. Its requests aren't logged or delayed, and faults don't apply to them. */
export function serveControl(server: FastifyInstance, emulator: Emulator): void {
  server.setErrorHandler((error, _request, reply) =>
    reply.code(400).send({ error: error instanceof Error ? error.message : String(error) }),
  );
  // The log gets a request when its answer has left, which a client may notice first.
  server.addHook('preHandler', () => setImmediate());
  server.put('/emulator/faults', { bodyLimit }, ({ body }) => {
    const value = parse(body);
    const faults = (Array.isArray(value) ? value : [value]).map(checkFault);
    emulator.faults.push(...faults);
    return emulator.faults;
  });
  server.get('/emulator/faults', () => emulator.faults);
  server.delete('/emulator/faults', (_request, reply) => {
    emulator.faults = [];
    return reply.code(204).send();
  });
  server.get('/emulator/requests', () => emulator.requests);
  server.delete('/emulator/requests', (_request, reply) => {
    emulator.requests = [];
    return reply.code(204).send();
  });
  server.get('/emulator/state', () => {
    finishDueOperations(emulator, Date.now());
    return emulator.state;
  });
  server.get('/emulator/memory', (_request, reply) =>
    reply.type('application/json').send(String(Math.round(process.memoryUsage().rss / 1_000_000))),
  );
  server.post('/emulator/ports', async ({ body }) => {
    const { tls } = (parse(body) ?? {}) as { readonly tls?: TlsFault };
    return { arm: `https://localhost:${await emulator.openPort(checkTlsFault(tls))}` };
  });
  server.get('/emulator/options', () => emulator.options);
  server.patch('/emulator/options', ({ body }) => {
    const patch = checkOptions(parse(body), emulator.options);
    Object.assign(emulator.options, patch);
    if (patch.operationMs !== undefined) setDuration(emulator.operations, patch.operationMs);
    if (patch.faultSeed !== undefined) emulator.random = seededRandom(patch.faultSeed);
    return emulator.options;
  });
  server.post('/emulator/reset', { bodyLimit }, ({ body }, reply) => {
    reset(emulator, seedFrom(emulator, parse(body)));
    emulator.saveState();
    return reply.code(204).send();
  });
}
