import fc from 'fast-check';
import { hostileText } from './texts';

/** A value of any type. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      null,
      undefined,
      0,
      -1,
      1e20,
      Number.MAX_SAFE_INTEGER,
      '',
      'a',
      true,
      false,
      [],
      {},
      [null],
      [[]],
      [7],
      ['a'],
      {
        a: 1,
      },
    ),
    weight: 8,
  },
  {
    arbitrary: fc.constantFrom(
      '__proto__',
      'constructor',
      '..',
      '1e400',
      'Failed',
      'Succeeded',
      '2026-02-30T00:00:00Z',
    ),
    weight: 2,
  },
  { arbitrary: hostileText, weight: 2 },
  { arbitrary: fc.jsonValue(), weight: 3 },
);

interface Edit {
  readonly at: number;
  readonly value: unknown;
}

/** What to change in a value. */
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(fc.record({ at: fc.nat(200), value: anyValue }), {
  minLength: 1,
  maxLength: 3,
});

/** A copy of a value in which the n-th part, counted in order, is replaced. */
export function edited(whole: unknown, { at, value: by }: Edit): unknown {
  let left = at % countParts(whole);
  const copy = (part: unknown): unknown => {
    if (left-- === 0) return by;
    if (Array.isArray(part)) return part.map(copy);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, copy(inner)]));
  };
  return copy(whole);
}

function countParts(whole: unknown): number {
  if (typeof whole !== 'object' || whole === null) return 1;
  return 1 + Object.values(whole).reduce<number>((sum, part) => sum + countParts(part), 0);
}
