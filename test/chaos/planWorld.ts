import { ArmError } from '../../src/core/armError';
import { sameId } from '../../src/core/armId';
import type { GeoPartner, ServerDetails, ServerKey, TdeProtector } from '../../src/core/model';
import type { Azure, ServerPlace } from '../../src/core/ports';
import { azureWith } from '../azureWith';
import { seededRandom } from '../emulator/base/random';

const uriOf = (name: string): string => `https://kv-a.vault.azure.net/keys/${name}/${'0123456789abcdef'.repeat(2)}`;
/** The current TDE protector, a key that every server has and nobody uses, and the new TDE protector. */
const [oldKey, spareKey] = [uriOf('old'), uriOf('spare')];
export const newKey = uriOf('new');

interface Member {
  readonly place: ServerPlace;
  /** Thumbprints by key identifier. */
  readonly keys: Map<string, string>;
  /** Without a key identifier, the service-managed key. */
  protector: { readonly uri?: string; readonly autoRotation: boolean };
}

/** Someone who uses Azure. Nothing that a window has asked for arrives after it has gone. */
export interface Window {
  readonly isGone: boolean;
  readonly gone: Promise<void>;
  readonly close: () => void;
  /** Whether its requests may fail. */
  readonly hasFaults: boolean;
  /** When it is closed, or its user cancels; at no time by default. */
  readonly closesAt?: number;
  readonly cancelsAt?: number;
  readonly stop: AbortController;
  readonly onAccepted: (url: string) => void;
}

/** An operation that Azure has accepted. */
interface Running {
  readonly id: string;
  readonly at: number;
  readonly server: string;
  readonly finish: () => ArmError | undefined;
}

/** Servers that replicate with each other, in a time that passes by one with each request. A seed determines all that happens. */
export class PlanWorld {
  readonly random: () => number;
  readonly members: readonly Member[];
  primary = 0;
  isLagging = false;
  now = 0;
  /** When someone else changes something. */
  actsAt: number | undefined;
  actedAt: number | undefined;
  /** The invariants that were broken, as sentences. */
  readonly broken: string[] = [];
  #running: Running[] = [];
  readonly #ended = new Map<string, ArmError | undefined>();
  /** What the extension has changed, by resource, since someone else changed it. */
  readonly #written = new Map<string, number>();
  /** The server keys that the extension has read since its last request for a change. */
  readonly #seen = new Map<Member, ReadonlyMap<string, string>>();

  /** @param isLenient Azure doesn't refuse a TDE protector that a secondary lacks */
  constructor(
    seed: number,
    size: number,
    private readonly isLenient: boolean,
  ) {
    this.random = seededRandom(seed);
    const keys = () => new Map([oldKey, spareKey].map((uri) => [uri, `thumbprint of ${uri}`]));
    const group = '/subscriptions/s/resourceGroups/rg';
    this.members = Array.from({ length: size }, (_, i) => ({
      place: {
        id: `${group}/providers/Microsoft.Sql/servers/sql-${i}`,
        name: `sql-${i}`,
        subscriptionId: 's',
        resourceGroup: 'rg',
      },
      keys: keys(),
      protector: { uri: oldKey, autoRotation: true },
    }));
  }

  /** Lets time pass. Never resolves for a window that has gone. */
  async pass(window: Window): Promise<void> {
    await Promise.resolve();
    this.now += 1;
    const due = this.#running.filter(({ at }) => at <= this.now);
    this.#running = this.#running.filter(({ at }) => at > this.now);
    for (const { id, finish } of due) this.#ended.set(id, finish());
    if (this.actsAt !== undefined && this.now >= this.actsAt) this.#act();
    if (this.now === window.cancelsAt) window.stop.abort();
    if (this.now === window.closesAt) window.close();
    if (window.isGone) await new Promise(() => undefined);
  }

  /** Azure, as one window sees it. */
  azure(window: Window): Azure {
    const read = async <T>(place: ServerPlace, answer: (member: Member) => T): Promise<T> => {
      await this.pass(window);
      if (window.hasFaults && this.random() < 0.01) throw new ArmError({ code: 'ConnectionFailed', message: '' });
      return answer(this.#memberAt(place));
    };
    return azureWith({
      sqlServers: {
        get: (place) => read(place, (member) => member.place as ServerDetails),
        listGeoPartners: (place) => read(place, (member) => this.#partnersOf(member)),
        listRunningOperations: (place) =>
          read(place, () => this.#running.filter(({ server }) => server === place.id).map(({ id }) => ({ name: id }))),
      },
      serverKeys: {
        list: (place) => read(place, (member) => this.#keysOf(member)),
        create: async (place, { properties: { uri } }) => {
          const member = this.#memberAt(place);
          await this.#write(window, member, `${place.name} ${uri}`, () => {
            member.keys.set(uri, `thumbprint of ${uri}`);
            return undefined;
          });
          return this.#keysOf(member).find((key) => key.uri === uri) ?? notFound(uri);
        },
      },
      tdeProtectors: {
        get: (place) => read(place, protectorOf),
        set: async (place, { uri = '' }, autoRotation) => {
          const member = this.#memberAt(place);
          this.#judgeBarrier(member, uri);
          await this.#write(window, member, place.name, () => this.#setProtector(member, { uri, autoRotation }));
          return protectorOf(member);
        },
      },
      operations: { hasSucceeded: (url) => this.#hasSucceeded(window, url) },
    });
  }

  /** Whether every server has the new TDE protector. */
  isPlanned = (): boolean =>
    this.members.every(({ protector, keys }) => protector.uri === newKey && protector.autoRotation && keys.has(newKey));

  #memberAt = ({ id }: ServerPlace): Member => this.members.find(({ place }) => sameId(place.id, id)) ?? notFound(id);

  #partnersOf(member: Member): readonly GeoPartner[] {
    const primary = this.members[this.primary];
    const others = member === primary ? this.members.filter((other) => other !== member) : primary ? [primary] : [];
    return others.map(({ place: { id, name } }) => ({
      id,
      name,
      role: member === primary ? 'secondary' : 'primary',
      ...(this.isLagging && { lag: 'SUSPENDED' }),
    }));
  }

  #keysOf(member: Member): readonly ServerKey[] {
    this.#seen.set(member, new Map(member.keys));
    const keys = [...member.keys].map(([uri, thumbprint]) => ({
      ...{ id: `${member.place.id}/keys/${nameOf(uri)}`, name: nameOf(uri), type: 'customerManaged' as const },
      ...{ uri, thumbprint },
    }));
    return [...keys, { id: `${member.place.id}/keys/ServiceManaged`, name: 'ServiceManaged', type: 'serviceManaged' }];
  }

  /** A request that changes something: it may be refused, fail later, or end although its answer is lost. */
  async #write(window: Window, member: Member, what: string, change: () => ArmError | undefined): Promise<void> {
    await this.pass(window);
    const fate = window.hasFaults ? this.random() : 1;
    this.#seen.clear();
    if (fate < 0.05) throw new ArmError({ code: 'Conflict', message: '', status: 409, method: 'PUT' });
    const id = String(this.now);
    const finish = (): ArmError | undefined => {
      if (fate < 0.1) return new ArmError({ code: 'AzureKeyVaultConnectionFailed', message: '', inResult: true });
      const failure = change();
      if (!failure) this.#judgeWrite(what);
      return failure;
    };
    const at = this.now + 1 + Math.floor(this.random() * (fate < 0.25 ? 40 : 3));
    this.#running.push({ id, at, server: member.place.id, finish });
    if (this.random() < 0.5) window.onAccepted(`https://azure.example/${id}`);
    if (fate < 0.25) throw new ArmError({ code: 'OutcomeUnknown', message: '' });
    while (!this.#ended.has(id)) await this.pass(window);
    const failure = this.#ended.get(id);
    if (failure) throw failure;
  }

  async #hasSucceeded(window: Window, url: string): Promise<boolean> {
    await this.pass(window);
    const id = url.split('/').at(-1) ?? '';
    const failure = this.#ended.get(id);
    if (failure) throw failure;
    return this.#ended.has(id);
  }

  /** Azure refuses a TDE protector that a secondary lacks. */
  #setProtector(member: Member, protector: Member['protector']): ArmError | undefined {
    const secondaries = member === this.members[this.primary] ? this.members : [member];
    const has = ({ keys }: Member): boolean =>
      protector.uri === undefined || keys.get(protector.uri) === member.keys.get(protector.uri);
    if (!this.isLenient && !secondaries.every(has)) {
      return new ArmError({ code: 'SameKeyMaterialNotFoundOnRemoteServer', message: '', inResult: true });
    }
    member.protector = protector;
    return undefined;
  }

  #judgeBarrier({ place }: Member, uri: string): void {
    const thumbprints = this.members.map((member) => this.#seen.get(member)?.get(uri));
    const isHeld = thumbprints.every((one) => one !== undefined && one === thumbprints[0]);
    if (!isHeld) this.broken.push(`the TDE protector of ${place.name} was changed before the barrier held`);
  }

  #judgeWrite(what: string): void {
    const times = (this.#written.get(what) ?? 0) + 1;
    this.#written.set(what, times);
    if (times > 1) this.broken.push(`${what} was written ${times} times`);
    const uri = this.members[this.primary]?.protector.uri;
    for (const { place, keys } of this.members) {
      if (uri !== undefined && !keys.has(uri)) this.broken.push(`${place.name} lacks the TDE protector of its primary`);
    }
  }

  /** Someone else changes something that Azure allows. */
  #act(): void {
    this.actsAt = undefined;
    this.actedAt = this.now;
    const member = this.members[Math.floor(this.random() * this.members.length)] ?? this.members[0];
    if (!member) return;
    const acts = [
      () => {
        this.isLagging = true;
      },
      () => {
        this.primary = (this.primary + 1) % this.members.length;
      },
      () => {
        if (!this.members.some(({ protector }) => protector.uri === newKey)) member.keys.delete(newKey);
        this.#written.delete(`${member.place.name} ${newKey}`);
      },
      () => {
        const autoRotation = this.random() < 0.5;
        this.#setProtector(member, this.random() < 0.5 ? { uri: spareKey, autoRotation } : { autoRotation: false });
        this.#written.delete(member.place.name);
      },
      () => {
        if (member.keys.has(newKey) && !this.members.some(({ protector }) => protector.uri === newKey)) {
          member.keys.set(newKey, 'another thumbprint');
        }
      },
    ];
    acts[Math.floor(this.random() * acts.length)]?.();
  }
}

const nameOf = (uri: string): string => uri.replace(/^https:\/\/([^.]+)[^/]*\/keys\/([^/]+)\/(.*)$/, '$1_$2_$3');

const protectorOf = ({ protector: { uri, autoRotation } }: Member): TdeProtector =>
  uri === undefined
    ? { type: 'serviceManaged', serverKeyName: 'ServiceManaged', autoRotation }
    : { type: 'customerManaged', serverKeyName: nameOf(uri), uri, thumbprint: `thumbprint of ${uri}`, autoRotation };

function notFound(id: string): never {
  throw new Error(`Not found: ${id}`);
}
