import fc from 'fast-check';

/** A statement about every value of a kind. */
export interface Property {
  readonly name: string;
  /**
   * Verifies the statement with generated values. A failure tells the seed and the smallest value that it was reduced to.
   * @returns how many values were verified
   */
  readonly verify: (seed: number, factor: number) => Promise<number>;
}

/**
 * A statement about single values.
 * @param cases how many values to verify
 * @param verify throws or rejects for a value that contradicts the statement
 */
export function property<T>(
  name: string,
  cases: number,
  values: fc.Arbitrary<T>,
  verify: (value: T) => void | Promise<void>,
): Property {
  return {
    name,
    async verify(seed, factor) {
      let count = 0;
      const counted = async (value: T): Promise<void> => {
        count += 1;
        await verify(value);
      };
      await fc.assert(fc.asyncProperty(values, counted), { seed, numRuns: cases * factor });
      return count;
    },
  };
}

/** A statement about values that are verified together, because starting to verify takes long. After a failure they are verified one by one. */
export function batchProperty<T>(
  name: string,
  cases: number,
  values: fc.Arbitrary<T>,
  verifyAll: (values: readonly T[]) => void,
): Property {
  return {
    name,
    async verify(seed, factor) {
      const batch = fc.sample(values, { seed, numRuns: cases * factor });
      try {
        verifyAll(batch);
      } catch (error) {
        const alone = property(name, cases, values, (value) => {
          verifyAll([value]);
        });
        await alone.verify(seed, factor);
        throw error;
      }
      return batch.length;
    },
  };
}
