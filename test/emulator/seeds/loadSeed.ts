import { readFileSync } from 'node:fs';
import type { State } from '../base/state';
import { demoSeed } from './demoSeed';
import { largeSeed } from './largeSeed';

const named: Record<string, () => State> = { demo: () => demoSeed(), large: () => largeSeed() };

/** A seed by name, or a JSON file with a state. Each call of the result makes a new state. */
export function loadSeed(nameOrFile: string): () => State {
  const seed = named[nameOrFile];
  if (seed) return seed;
  const text = readFileSync(nameOrFile, 'utf8');
  return () => JSON.parse(text) as State;
}
