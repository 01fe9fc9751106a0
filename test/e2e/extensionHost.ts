import { readdirSync, readFileSync } from 'node:fs';

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

/** Kills the extension hosts of the workbench that this process has started, without a chance to clean up. */
export function killExtensionHost(): void {
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
  if (hosts.length === 0) throw new Error('The workbench has no extension host.');
  for (const { pid } of hosts) process.kill(pid, 'SIGKILL');
}
