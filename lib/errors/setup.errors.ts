import { ButtonMessagingError } from './button-messaging.error.js';
import type { Issue } from './issue.js';

/** The module's options cannot be used. Thrown at start-up, with every fault at once. */
export class ConfigurationError extends ButtonMessagingError {
  readonly code = 'configuration';

  constructor(
    /** Every fault, by its path; no value is among them. */
    readonly issues: readonly Issue[],
  ) {
    super(`ButtonMessagingModule cannot start: ${issues.map((issue) => issue.message).join('; ')}.`);
  }
}

/** No account has the name asked for, or none was named and several could be meant. */
export class UnknownAccountError extends ButtonMessagingError {
  readonly code = 'unknown-account';

  constructor(
    message: string,
    /** The names that are configured. Not in the message: names may be of other tenants. */
    readonly known: readonly string[],
  ) {
    super(message);
  }
}
