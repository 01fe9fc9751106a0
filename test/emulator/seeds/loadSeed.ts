import { readFileSync } from 'node:fs';
import type { State } from '../base/state';
import { demoSeed } from './demoSeed';
import { emptyState } from './emptyState';
import { largeSeed } from './largeSeed';

const seeds: Record<string, () => State> = { demo: () => demoSeed(), large: () => largeSeed() };

/** Loads a seed by name, a JSON file with a state, or a state, which can omit collections. Each call of the result creates a new state. */
export function loadSeed(source: string | State): () => State {
  const seed = typeof source === 'string' ? seeds[source] : undefined;
  if (seed) return seed;
  const text = typeof source === 'string' ? readFileSync(source, 'utf8') : JSON.stringify(source);
  return () => ({ ...emptyState(), ...(JSON.parse(text) as Partial<State>) });
}
