import { isCondition } from '../errors/account-errors.js';
import type { ButtonMessagingError, ErrorDetails, FailureScope } from '../errors/button-messaging.error.js';
import type { FailureCategory } from '../errors/failure-category.js';
import { UnknownOutcomeError } from '../errors/outcome.errors.js';
import {
  AuthenticationError,
  PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  RecipientNotFoundError,
  WindowClosedError,
} from '../errors/provider.errors.js';
import {
  createRejection,
  formatErrorMessage,
  type ProviderErrorClass,
  type ReportedFailure,
} from './response-errors.js';

/** The error class and category of a code from Meta. */
interface Meaning {
  type: ProviderErrorClass;
  category: FailureCategory;
  scope?: FailureScope;
  /** The limit lasts for minutes. */
  lasts?: 'minutes';
  /** The cause is not the text. A message with the text alone may be accepted. */
  buttonsRefused?: true;
}

const authentication: Meaning = { type: AuthenticationError, category: 'authentication' };
const permission: Meaning = { type: PermissionError, category: 'permission' };
const unavailable: Meaning = { type: ProviderUnavailableError, category: 'unavailable' };
const throughput: Meaning = { type: RateLimitedError, category: 'rate-limited' };
const callLimit: Meaning = { ...throughput, lasts: 'minutes' };
const rejected = (category: FailureCategory, more: Partial<Meaning> = {}): Meaning => ({
  type: ProviderRejectedError,
  category,
  ...more,
});
const content = rejected('request', { buttonsRefused: true });
const template = rejected('template');
const numberSetup = rejected('number-setup');

/** @see https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  0: authentication,
  190: authentication,
  3: permission,
  10: permission,
  131005: permission,

  2: unavailable,
  131000: unavailable,
  131016: unavailable,
  131057: unavailable,
  133004: unavailable,

  4: callLimit,
  613: callLimit,
  80007: callLimit,
  80008: callLimit,
  130429: throughput,
  131056: { ...throughput, scope: 'recipient' },
  // Messaging limits of the phone number. They last for hours, and Meta names no waiting time.
  131048: rejected('rate-limited'),
  131064: rejected('rate-limited'),

  131042: rejected('payment'),
  131044: rejected('payment'),
  368: rejected('account-restricted'),
  131031: rejected('account-restricted'),
  // The business may not message this country. It may message others.
  130497: rejected('account-restricted', { scope: 'recipient' }),
  33: numberSetup,
  131037: numberSetup,
  131045: numberSetup,
  133000: numberSetup,
  133005: numberSetup,
  133006: numberSetup,
  133008: numberSetup,
  133009: numberSetup,
  133010: numberSetup,
  133015: numberSetup,
  133016: numberSetup,

  131047: { type: WindowClosedError, category: 'window-closed' },
  131026: { type: RecipientNotFoundError, category: 'recipient' },
  130403: rejected('recipient'),
  130472: rejected('recipient'),
  131021: rejected('recipient'),
  131030: rejected('recipient'),
  131049: rejected('capped'),
  131050: rejected('opted-out'),

  100: rejected('request'),
  131008: content,
  131009: content,
  131051: content,
  131062: rejected('request'),
  135000: rejected('request'),
  131052: rejected('media'),
  131053: rejected('media'),
  132000: template,
  132001: template,
  132005: template,
  132007: template,
  132008: template,
  132012: template,
  132015: template,
  132016: template,
  132018: template,
  132068: template,
  132069: template,
};

/** Codes that may have any cause. */
const UNSPECIFIC_CODES: ReadonlySet<number> = new Set([1, -1]);

/** More than 24 hours passed since the recipient's last message. */
export const WINDOW_CLOSED = 131047;

/** Returns the category of a code in a failed status. */
export function metaFailure(code: number): ReportedFailure {
  const meaning = meaningOf(code);
  const { category = 'unknown', buttonsRefused = false } = meaning ?? {};
  return { category, buttonsRefused, opensCircuit: meaning !== undefined && opensCircuit(meaning) };
}

function opensCircuit({ type, category, scope }: Meaning): boolean {
  return type !== RateLimitedError && isCondition(category, scope);
}

/** Checks if Meta documents the code with a specific meaning. */
export function isKnownMetaCode(code: number): boolean {
  return meaningOf(code) !== undefined;
}

/** Returns the error of a code from Meta. A known code decides, whatever the HTTP status. */
export function metaError(code: number, given: ErrorDetails, isTransient = false): ButtonMessagingError {
  const details = { ...given, providerCode: String(code) };
  const { status = 0 } = details;
  const meaning = meaningOf(code);
  if (meaning) return errorOf(meaning, details);
  if (status >= 500 || UNSPECIFIC_CODES.has(code)) {
    const what = `${details.provider} responded with code ${code}. The message may have been sent`;
    return new UnknownOutcomeError(formatErrorMessage(what, details), details);
  }
  if (status === 429) return createRejection(RateLimitedError, details);
  // Meta rejected the message, so it was not sent. A later attempt may succeed.
  return createRejection(isTransient && status >= 400 ? ProviderUnavailableError : ProviderRejectedError, details);
}

function errorOf({ type, category, scope, lasts }: Meaning, given: ErrorDetails): ButtonMessagingError {
  const details = { ...given, category, scope };
  if (type !== RateLimitedError) return createRejection(type, details);
  return new RateLimitedError(formatErrorMessage(`${details.provider} rejected the request`, details), {
    ...details,
    lasts,
  });
}

function meaningOf(code: number): Meaning | undefined {
  if (code >= 200 && code <= 299) return permission;
  return MEANINGS[code];
}

/** Parses a code: a number, or digits. */
export function metaCode(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}
