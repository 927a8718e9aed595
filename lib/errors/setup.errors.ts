import { quoted } from '../telemetry/one-line.js';
import { ButtonMessagingError, type ErrorDetails } from './button-messaging.error.js';
import type { FailureCategory } from './failure-category.js';
import type { Issue } from './issue.js';

/**
 * The options of the module, or of one account, are invalid.
 *
 * Thrown at startup with every issue at once. A call throws it with its `account` if `resolveAccount` returned invalid
 * options.
 *
 * @publicApi
 */
export class ConfigurationError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'authentication';
  readonly code = 'configuration';

  constructor(
    /** Every issue, with its path. Values are never included. */
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

/** No account has the requested name, or the call names none and several are configured. @publicApi */
export class UnknownAccountError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'authentication';
  readonly code = 'unknown-account';

  constructor(
    message: string,
    /** The configured names. They are not in the message, because they may belong to other tenants. */
    readonly known: readonly string[],
    details: ErrorDetails = {},
  ) {
    super(message, details);
  }
}
