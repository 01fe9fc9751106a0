import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Of a file that is being written. */
export const halfSuffix = '.half';

/** Writes a file that only this user can read. A process that is killed leaves the old file or the new one. */
export async function writeWhole(folder: string, name: string, suffix: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const half = join(folder, `${name}${halfSuffix}`);
  await writeFile(half, text, { mode: 0o600, flush: true });
  await rename(half, join(folder, `${name}${suffix}`));
}
