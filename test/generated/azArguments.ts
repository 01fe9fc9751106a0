import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs commands in the real shell. The only program on its PATH is an az that prints its arguments. */
export function azArguments(commands: readonly string[]): readonly (readonly string[])[] {
  const dir = mkdtempSync(join(tmpdir(), 'az-'));
  const [bin, cwd] = [join(dir, 'bin'), join(dir, 'cwd')];
  try {
    mkdirSync(bin);
    mkdirSync(cwd);
    writeFileSync(join(bin, 'az'), `#!/bin/sh\nprintf '%s\\0' "$@"\nprintf '\\0\\0'\n`);
    chmodSync(join(bin, 'az'), 0o755);
    writeFileSync(join(dir, 'script'), commands.join('\n'));
    const options = { cwd, env: { PATH: bin, HOME: cwd }, encoding: 'utf8', maxBuffer: 1e9 } as const;
    const { status, stdout, stderr } = spawnSync('/bin/sh', [join(dir, 'script')], options);
    assert.deepEqual([status, stderr, readdirSync(cwd)], [0, '', []]);
    return stdout
      .split('\0\0\0')
      .slice(0, -1)
      .map((call) => call.split('\0'));
  } finally {
    rmSync(dir, { recursive: true });
  }
}
