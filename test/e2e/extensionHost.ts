import { readdirSync, readFileSync } from 'node:fs';
import { until } from '../vscode-host/driver/until';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function readProcess(pid: string): Process[] {
  try {
    const [, parent = ''] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return [{ pid: Number(pid), parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
  } catch {
    // The process has ended in the meantime.
    return [];
  }
}

/** The IDs of the extension hosts of the workbench that this process has started. */
function extensionHosts(): number[] {
  const all = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap(readProcess)
      .map((one) => [one.pid, one]),
  );
  const isOurs = ({ pid, parent }: Process): boolean => {
    const above = all.get(parent);
    return pid === process.pid || (above !== undefined && isOurs(above));
  };
  const hosts = [...all.values()].filter((one) => one.command.includes('--type=extensionHost') && isOurs(one));
  return hosts.map(({ pid }) => pid);
}

/** Kills the extension host without a chance to clean up, and returns its process ID. */
export function killExtensionHost(): number[] {
  const hosts = extensionHosts();
  if (hosts.length === 0) throw new Error('The workbench has no extension host.');
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
  return hosts;
}

/**
 * Waits until VS Code starts the next extension host by itself. If VS Code reconnects before its server has noticed the end,
 * this takes until a later attempt.
 */
export const nextExtensionHost = (killed: readonly number[]): Promise<boolean> =>
  until('next extension host', () => Promise.resolve(extensionHosts().some((pid) => !killed.includes(pid))), 60_000);
