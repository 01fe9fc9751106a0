import type { ErrorCode } from '../../errors/errorCatalogue';

/**
 * A message as it is published, in lower case, and its code. `*` and `{kind}` match any words; a kind names a resource. Of several
 * that match the same words, the first is used, so a specific message comes before a general one.
 */
export type MessageTemplate = readonly [message: string, code: ErrorCode];
