/** How the emulator behaves, apart from its state. PATCH /emulator/options changes any of these while it runs. */
export interface EmulatorOptions {
  /** Milliseconds added to every ARM answer. */
  latency: number;
  /** How long a long-running operation runs, in milliseconds. */
  operationMs: number;
  /** How long it takes until a new role assignment or access policy counts for who uses keys, in milliseconds. */
  rolePropagationMs: number;
  /** Whole seconds of the Retry-After header of operations; null leaves the header out. */
  retryAfter: number | null;
  /** Whether the checks that need the vault fail the first request or the operation that it starts (not documented). */
  failures: 'start' | 'poll';
  /** Items a page in the lists that the API pages; null sends everything at once. */
  pageSize: number | null;
  /** Operations in progress that a subscription may have. */
  maxOperations: number;
  /** Whether Resource Graph refuses more than 15 queries in 5 seconds. */
  graphQuota: boolean;
  /** Lifetime of new access tokens in seconds; a negative value issues expired ones. */
  tokenLifetime: number;
  /** Versions of a resource type or namespace that this cloud offers, instead of those of public Azure. */
  apiVersions: Record<string, string[]>;
}

/** Fast: for tests. */
export const testOptions: EmulatorOptions = {
  latency: 0,
  operationMs: 50,
  rolePropagationMs: 0,
  retryAfter: null,
  failures: 'poll',
  pageSize: null,
  maxOperations: 20,
  graphQuota: false,
  tokenLifetime: 3600,
  apiVersions: {},
};

/** Like Azure feels: for people. */
export const demoOptions: EmulatorOptions = { ...testOptions, operationMs: 3000, retryAfter: 1 };
