import { ArmError, type ArmErrorDetails } from '../armError';
import type { ErrorCode } from './errorCatalogue';

/** A failure that the extension itself recognizes, with a code from the catalogue. */
export function knownError(details: ArmErrorDetails & { readonly code: ErrorCode }, options?: ErrorOptions): ArmError {
  return new ArmError(details, options);
}

/** Whether a failure, or its diagnosis, has one of these codes. */
export function hasCode({ code }: Pick<ArmErrorDetails, 'code'>, ...codes: readonly ErrorCode[]): boolean {
  return codes.some((known) => known === code);
}
