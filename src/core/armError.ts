/** What failed: the operation in the user's words ("create server key"), and the ARM id or name of its resource. */
export interface Operation {
  readonly name: string;
  readonly resource: string;
}

export interface ArmErrorDetails {
  /** The code of the service ("AzureKeyVaultKeyDisabled"), or one of the product's own if no answer came ("RequestTimeout"). */
  readonly code: string;
  /** HTTP status; absent if there was no answer. */
  readonly status?: number;
  /** The message of the service, unchanged. */
  readonly message: string;
  /** True when a long-running operation was accepted and failed later. */
  readonly inResult?: boolean;
  readonly requestId?: string;
  readonly correlationId?: string;
  readonly operation?: Operation;
}

const brand = 'ArmError';

/** The one error type that leaves azure/. Recognized by its name, so that a class from another bundle counts too. */
export class ArmError extends Error implements ArmErrorDetails {
  override readonly name = brand;
  readonly code: string;
  readonly status?: number;
  readonly inResult?: boolean;
  readonly requestId?: string;
  readonly correlationId?: string;
  readonly operation?: Operation;

  readonly #details: ArmErrorDetails;

  constructor(details: ArmErrorDetails, options?: ErrorOptions) {
    super(details.message, options);
    this.code = details.code;
    this.#details = details;
    Object.assign(this, details);
  }

  /** The same failure, with the operation that failed. */
  during(operation: Operation): ArmError {
    return new ArmError({ ...this.#details, operation }, { cause: this.cause });
  }
}

export function isArmError(error: unknown): error is ArmError {
  return error instanceof Error && error.name === brand;
}
