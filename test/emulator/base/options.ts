import { isRecord } from './json';

/** Settings of the emulator itself, apart from its state. PATCH /emulator/options changes them while it runs. */
export interface EmulatorOptions {
  /** Milliseconds added to every ARM answer. */
  latency: number;
  /** Duration of long-running operations in milliseconds. The control API changes it for those that run, too. */
  operationMs: number;
  /** Duration of the revalidation of a server's TDE protector, which in Azure takes minutes even if nothing is wrong; null for `operationMs`. */
  revalidateMs: number | null;
  /** Milliseconds from a new version of a key until automatic rotation uses it; null turns automatic rotation off. */
  rotationMs: number | null;
  /** Milliseconds until a new role assignment or access policy takes effect for the use of keys. */
  rolePropagationMs: number;
  /** Whole seconds in the Retry-After header of operations; null omits the header. */
  retryAfter: number | null;
  /** Whether a failed vault check fails the request ('start') or its operation ('poll'). Azure doesn't document which. */
  failures: 'start' | 'poll';
  /** Items per page in lists that the API pages; null returns all items at once. */
  pageSize: number | null;
  /** The number of operations that may be in progress in a subscription. */
  maxOperations: number;
  /** The reads that ARM allows at once in a subscription, with a tenth of them a second; null for no limit. Azure has 250. */
  armQuota: number | null;
  /** Whether Resource Graph refuses more than 15 queries in 5 seconds. */
  graphQuota: boolean;
  /** Lifetime of new access tokens in seconds; a negative value issues expired tokens. */
  tokenLifetime: number;
  /** The api-versions that this cloud offers for a resource type or namespace, in place of those of public Azure. */
  apiVersions: Record<string, string[]>;
  /** The share of requests for a resource type that fail at random, from 0 to 1. */
  faultRates: Record<string, number>;
  /** Setting it restarts the random numbers behind faultRates. */
  faultSeed: number;
}

/** Fast, for tests. */
export const testOptions: EmulatorOptions = {
  latency: 0,
  operationMs: 50,
  revalidateMs: null,
  rotationMs: null,
  rolePropagationMs: 0,
  retryAfter: null,
  failures: 'poll',
  pageSize: null,
  maxOperations: 20,
  armQuota: null,
  graphQuota: false,
  tokenLifetime: 3600,
  apiVersions: {},
  faultRates: {},
  faultSeed: 1,
};

const isAmount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

/** Whether an option can have a value. Its type follows from the default. */
export function isOption(name: keyof EmulatorOptions, value: unknown): boolean {
  const known = testOptions[name];
  if (name === 'pageSize' && value === 0) return false;
  if (name === 'failures') return value === 'start' || value === 'poll';
  if (known === null) return value === null || isAmount(value);
  if (typeof known === 'number') return isAmount(value);
  return typeof value === typeof known && isRecord(value) === isRecord(known);
}

/** As slow as Azure, for people. */
export const demoOptions: EmulatorOptions = {
  ...testOptions,
  operationMs: 3000,
  revalidateMs: 20_000,
  rotationMs: 60_000,
  retryAfter: 1,
};
