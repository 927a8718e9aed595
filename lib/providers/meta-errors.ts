import type { ButtonMessagingError, ErrorDetails } from '../errors/button-messaging.error.js';
import {
  AuthenticationError,
  PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  RecipientNotFoundError,
  WindowClosedError,
} from '../errors/provider.errors.js';
import { type RefusalClass, refusedAs, sentence } from './answer-errors.js';

/** What Meta's codes mean. Source: WhatsApp Cloud API, error codes. A code that is not here refuses the message. */
const CODES: Readonly<Record<number, RefusalClass>> = {
  0: AuthenticationError,
  190: AuthenticationError,
  3: PermissionError,
  10: PermissionError,
  131005: PermissionError,
  131026: RecipientNotFoundError,
  131047: WindowClosedError,
  4: RateLimitedError,
  80007: RateLimitedError,
  130429: RateLimitedError,
  131056: RateLimitedError,
  2: ProviderUnavailableError,
  131000: ProviderUnavailableError,
  131016: ProviderUnavailableError,
  131057: ProviderUnavailableError,
  133004: ProviderUnavailableError,
};

/** Too many messages to one recipient; all others may go on. */
const PAIR_RATE_LIMIT = 131056;

/** Over 24 hours since the recipient's last message. */
export const WINDOW_CLOSED = 131047;

/** The error that a code of Meta's stands for. It decides alone, whatever the HTTP status. */
export function metaError(code: number, details: ErrorDetails): ButtonMessagingError {
  const withCode = { ...details, providerCode: String(code) };
  if (code === PAIR_RATE_LIMIT) {
    const what = `${details.provider} refused the call`;
    return new RateLimitedError(sentence(what, withCode), { ...withCode, scope: 'recipient' });
  }
  return refusedAs(classOf(code), withCode);
}

function classOf(code: number): RefusalClass {
  if (code >= 200 && code <= 299) return PermissionError;
  return CODES[code] ?? ProviderRejectedError;
}

/** A code as Meta writes it: a number, or digits. */
export function metaCode(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}
