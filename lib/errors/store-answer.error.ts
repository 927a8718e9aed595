import { ButtonMessagingError } from './button-messaging.error.js';
import { errorName } from './error-name.js';

/**
 * A store returned a value that its contract does not allow, such as an unknown state or `undefined`.
 *
 * The text contains the method and the type of the value, never the value.
 *
 * @publicApi
 */
export class StoreAnswerError extends ButtonMessagingError {
  readonly code = 'store-answer';

  /** @param method Such as `IdempotencyStore.reserve`. @param expected What the method must return. */
  constructor(method: string, expected: string, answer: unknown) {
    super(`${method} must return ${expected}, but returned ${kindOf(answer)}. Check the store in extraProviders`);
  }
}

/** Describes a failure for the log. Only our own error texts are safe: others may contain what a customer wrote. */
export function failureOf(error: unknown): string {
  if (error instanceof StoreAnswerError) return error.message;
  return errorName(error);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'another array';
  return typeof value === 'object' ? 'another object' : `a ${typeof value}`;
}
