import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { LogOutputChannel } from 'vscode';
import { isOpen, superfluous, type Entry, type Journal, type Known, type Owner } from '../../core/operations/entry';
import { parseEntry } from '../../core/operations/parseEntry';
import { halfSuffix, writeWhole } from './writeWhole';

/** A window renews the files of its open operations this often, in milliseconds. */
const heartbeatMs = 10_000;
/**
 * A file that is older, or from the future, belongs to a window that has gone, even if another process now has its process ID.
 */
const longestSilenceMs = 60_000;

type Log = Pick<LogOutputChannel, 'warn'>;

const suffix = '.json';

/**
 * The operations of all windows: one file each, so that windows don't overwrite each other's.
 * @param folder where VS Code keeps the extension's files for all windows
 * @param pid only tests set it
 */
export function openJournal(folder: string, log: Log, pid = process.pid): Journal {
  const owner = { window: randomUUID(), host: hostname(), pid };
  const fileOf = (id: string): string => join(folder, `${id}${suffix}`);
  const beats = heartbeats(fileOf);
  const runs = new AsyncLocalStorage<string>();

  return {
    owner,
    followed: new Map(),
    inRun: (run, work) => runs.run(run, work),
    get run() {
      return runs.getStore();
    },
    async list() {
      const files = await readdir(folder).catch(() => []);
      await Promise.all(files.filter((file) => file.endsWith(halfSuffix)).map((file) => dropOld(join(folder, file))));
      const known = await Promise.all(
        files.filter((file) => file.endsWith(suffix)).map((file) => readEntry(folder, file, owner, log)),
      );
      const entries = known.filter((one) => one !== undefined).sort((a, b) => b.entry.started - a.entry.started);
      const old = new Set(superfluous(entries));
      await Promise.all([...old].map(({ id }) => rm(fileOf(id), { force: true })));
      return entries.filter(({ entry }) => !old.has(entry));
    },
    async save(entry) {
      await writeWhole(folder, entry.id, suffix, JSON.stringify(entry));
      if (isOpen(entry)) beats.add(entry.id);
      else beats.delete(entry.id);
    },
  };
}

/** Deletes a file whose window has gone while it wrote it. Tries again next time if that fails. */
async function dropOld(file: string): Promise<void> {
  try {
    if (Date.now() - (await stat(file)).mtimeMs > longestSilenceMs) await rm(file);
  } catch {
    // Another window has completed or deleted it.
  }
}

async function readEntry(folder: string, name: string, owner: Owner, log: Log): Promise<Known | undefined> {
  const file = join(folder, name);
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    const entry = parseEntry(text, name.slice(0, -suffix.length));
    if (entry) return { entry, waits: waitsFor(entry, owner, Date.now() - mtimeMs) };
    log.warn(`Ignored, because this version of the extension hasn't written it: ${file}`);
  } catch (error) {
    log.warn(`Can't read ${file}: ${String(error)}`);
  }
  return undefined;
}

function waitsFor(entry: Entry, owner: Owner, silenceMs: number): Known['waits'] {
  if (!isOpen(entry)) return 'nobody';
  if (entry.owner.window === owner.window) return 'thisWindow';
  const isGone =
    Math.abs(silenceMs) > longestSilenceMs || (entry.owner.host === owner.host && !isRunning(entry.owner.pid, owner));
  return isGone ? 'nobody' : 'otherWindow';
}

/** Whether another process with this ID runs. Signal 0 only asks. */
function isRunning(pid: number, owner: Owner): boolean {
  if (pid === owner.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // The process of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Renews the files of open operations while there are any. Doesn't keep the process alive. */
function heartbeats(fileOf: (id: string) => string) {
  const ids = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const beat = (): void => {
    const now = new Date();
    for (const id of ids) void utimes(fileOf(id), now, now).catch(() => undefined);
  };
  return {
    add(id: string): void {
      ids.add(id);
      timer ??= setInterval(beat, heartbeatMs).unref();
    },
    delete(id: string): void {
      ids.delete(id);
      if (ids.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
