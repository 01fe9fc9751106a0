import { readFileSync } from 'node:fs';
import type { State } from '../base/state';
import { checkState } from './checkState';
import { demoSeed } from './demoSeed';
import { largeSeed } from './largeSeed';

const seeds: Record<string, () => State> = { demo: () => demoSeed(), large: () => largeSeed() };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('The content is not JSON', { cause: error });
  }
}

/** The state in a JSON file. Throws an error that names the file if there is none, or if the state is wrong. */
export function readState(file: string): State {
  try {
    return checkState(parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : ''}`, { cause: error });
  }
}

/** Loads a seed by name, a JSON file with a state, or a state, which can omit collections. Each call of the result creates a new state. */
export function loadSeed(source: string | State): () => State {
  const seed = typeof source === 'string' ? seeds[source] : undefined;
  if (seed) return seed;
  const text = JSON.stringify(typeof source === 'string' ? readState(source) : checkState(source));
  return () => JSON.parse(text) as State;
}
