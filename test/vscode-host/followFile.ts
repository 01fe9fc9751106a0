import { closeSync, openSync, readSync, watch, writeFileSync } from 'node:fs';

interface Piece {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Prints what the tests write to `file` (see teeTests.mjs) until the returned function is called, which prints the rest. */
export function followOutput(file: string): () => void {
  writeFileSync(file, '');
  const input = openSync(file, 'r');
  const buffer = Buffer.alloc(65_536);
  let rest = Buffer.alloc(0);
  const drain = (): void => {
    for (let size = readSync(input, buffer); size > 0; size = readSync(input, buffer)) {
      const data = Buffer.concat([rest, buffer.subarray(0, size)]);
      const end = data.lastIndexOf('\n') + 1;
      rest = data.subarray(end);
      data.subarray(0, end).toString().split('\n').filter(Boolean).forEach(print);
    }
  };
  const watcher = watch(file, drain);
  return () => {
    watcher.close();
    drain();
    closeSync(input);
  };
}

function print(line: string): void {
  const piece = JSON.parse(line) as Piece;
  process[piece.stream].write(piece.text);
}
