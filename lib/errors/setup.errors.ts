import { quoted } from '../telemetry/one-line.js';
import { ButtonMessagingError, type ErrorDetails } from './button-messaging.error.js';
import type { FailureCategory } from './failure-category.js';
import type { Issue } from './issue.js';

/**
 * The module's options cannot be used. Thrown at start-up, with every fault at once; or by a call, with its `account`,
 * where `resolveAccount` gave options that cannot be used.
 */
export class ConfigurationError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'authentication';
  readonly code = 'configuration';

  constructor(
    /** Every fault, by its path; no value is among them. */
    readonly issues: readonly Issue[],
    details: ErrorDetails = {},
  ) {
    const what =
      details.account === undefined
        ? 'ButtonMessagingModule cannot start'
        : `The account ${quoted(details.account)} cannot be used`;
    super(`${what}: ${issues.map((issue) => issue.message).join('; ')}.`, details);
  }
}

/** No account has the name asked for, or none was named and several could be meant. */
export class UnknownAccountError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'authentication';
  readonly code = 'unknown-account';

  constructor(
    message: string,
    /** The names that are configured. Not in the message: names may be of other tenants. */
    readonly known: readonly string[],
    details: ErrorDetails = {},
  ) {
    super(message, details);
  }
}
