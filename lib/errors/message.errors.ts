import { ButtonMessagingError, type ErrorDetails } from './button-messaging.error.js';
import type { FailureCategory } from './failure-category.js';
import type { Issue } from './issue.js';

/** The message breaks a rule that holds for every account, or the call has an option that is none. Nothing was sent. */
export class InvalidMessageError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'request';
  readonly code = 'invalid-message';

  constructor(
    /** Every fault, by its path. */
    readonly issues: readonly Issue[],
    details: ErrorDetails = {},
  ) {
    super(`The message is invalid: ${issues.map((issue) => issue.message).join('; ')}.`, details);
  }
}

/** The message is in order, but this account's provider has no form for it. Nothing was sent. */
export class UnsupportedMessageError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'request';
  readonly code = 'unsupported-message';

  constructor(
    /** Why not, a sentence each. */
    readonly reasons: readonly string[],
    details: ErrorDetails = {},
  ) {
    super(`The message cannot be carried: ${reasons.join('; ')}.`, details);
  }
}

/** The idempotency key was used before, with other content. Nothing was sent. */
export class IdempotencyConflictError extends ButtonMessagingError {
  readonly code = 'idempotency-conflict';
}
