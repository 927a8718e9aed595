import { ButtonMessagingError, type ErrorDetails } from './button-messaging.error.js';
import type { FailureCategory } from './failure-category.js';
import type { Issue } from './issue.js';

/** The message or the options of a call are invalid. Nothing was sent. @publicApi */
export class InvalidMessageError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'request';
  readonly code = 'invalid-message';

  constructor(
    /** Every issue, with its path. */
    readonly issues: readonly Issue[],
    details: ErrorDetails = {},
  ) {
    super(`The message is invalid: ${issues.map((issue) => issue.message).join('; ')}.`, details);
  }
}

/** The account's provider does not support this message. Nothing was sent. @publicApi */
export class UnsupportedMessageError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'request';
  readonly code = 'unsupported-message';

  constructor(
    /** Why it is not supported, one sentence each. */
    readonly reasons: readonly string[],
    details: ErrorDetails = {},
  ) {
    super(`The message is not supported: ${reasons.join('; ')}.`, details);
  }
}

/** The idempotency key was used before with different content. Nothing was sent. @publicApi */
export class IdempotencyConflictError extends ButtonMessagingError {
  readonly code = 'idempotency-conflict';
}
