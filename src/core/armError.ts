/** The operation that failed: its name as users know it ("create server key"), and the ARM ID or name of its resource. */
export interface Operation {
  readonly name: string;
  readonly resource: string;
}

export interface ArmErrorDetails {
  /** The error code from Azure ("AzureKeyVaultKeyDisabled"), or one of the extension's own ("RequestTimeout"). */
  readonly code: string;
  /** HTTP status; absent if there was no response. */
  readonly status?: number;
  /** The message from Azure, unchanged. */
  readonly message: string;
  /** True when a long-running operation was accepted and failed later. */
  readonly inResult?: boolean;
  /** True if it is from a pasted text, so that another account may have sent the request. */
  readonly isPasted?: boolean;
  readonly requestId?: string;
  readonly correlationId?: string;
  /** HTTP method of the failed request; absent if no request failed. */
  readonly method?: string;
  readonly operation?: Operation;
}

const brand = 'ArmError';

/** The error type for all failures in azure/. `isArmError` compares the name, so it also recognizes another copy of this class. */
export class ArmError extends Error implements ArmErrorDetails {
  override readonly name = brand;
  readonly code: string;
  readonly status?: number;
  readonly inResult?: boolean;
  readonly isPasted?: boolean;
  readonly requestId?: string;
  readonly correlationId?: string;
  readonly method?: string;
  readonly operation?: Operation;

  readonly #details: ArmErrorDetails;

  constructor(details: ArmErrorDetails, options?: ErrorOptions) {
    super(details.message, options);
    this.code = details.code;
    this.#details = details;
    Object.assign(this, details);
  }

  /** A copy of this error with more details. */
  with(details: Partial<ArmErrorDetails>): ArmError {
    return new ArmError({ ...this.#details, ...details }, { cause: this.cause });
  }
}

export function isArmError(error: unknown): error is ArmError {
  return error instanceof Error && error.name === brand;
}
