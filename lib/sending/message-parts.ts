import type { SendResult } from '../adapters/provider-adapter.interface.js';
import type { Account } from '../config/accounts/account.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { UnsupportedMessageError } from '../errors/message.errors.js';
import { UnknownOutcomeError } from '../errors/outcome.errors.js';
import type { SentMessage } from '../message/sent-message.interface.js';

/** Merges the accepted parts of a message. The last of several parts has the reply buttons. */
export function mergeParts(
  accepted: readonly SendResult<unknown>[],
  degraded: SentMessage['degraded'],
  id: string,
): SentMessage {
  const parts = accepted.map(({ sent }) => sent);
  const last = parts.at(-1);
  if (last === undefined) throw new UnsupportedMessageError(['it has no parts']);
  if (degraded === undefined) return last;
  if (degraded !== 'split') return { ...last, degraded };
  const attempts = parts.reduce((sum, part) => sum + part.attempts, 0);
  return { ...last, id, attempts, degraded, parts };
}

/** Creates the error of a failed part after accepted ones. */
export function partialSendError(
  { message, status, providerCode, providerMessage, retryAfterMs, category }: ButtonMessagingError,
  account: Account,
  accepted: readonly SendResult<unknown>[],
): UnknownOutcomeError {
  return new UnknownOutcomeError(`The first part of the message was accepted, the next one failed: ${message}`, {
    provider: account.provider,
    account: account.name,
    status,
    providerCode,
    providerMessage,
    retryAfterMs,
    category,
    parts: accepted.map(({ sent }) => sent),
  });
}
