import { ButtonMessagingError } from './button-messaging.error.js';
import { errorName } from './error-name.js';

/**
 * A store returned something that its contract does not have: an unknown state, `undefined`, a mock. The text names the
 * method and the kind of the value, never the value.
 */
export class StoreAnswerError extends ButtonMessagingError {
  readonly code = 'store-answer';

  /**
   * @param method `IdempotencyStore.reserve`.
   * @param expected What the contract asks for.
   */
  constructor(method: string, expected: string, answer: unknown) {
    super(`${method} must return ${expected}, and returned ${kindOf(answer)}: check the store in extraProviders`);
  }
}

/** What a log line says of a failure. The text of an error that is not ours may hold what a customer wrote. */
export function failureOf(error: unknown): string {
  if (error instanceof StoreAnswerError) return error.message;
  return errorName(error);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'another array';
  return typeof value === 'object' ? 'another object' : `a ${typeof value}`;
}
