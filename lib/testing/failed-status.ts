import { chatvoltFailure } from '../adapters/chatvolt/chatvolt.webhook.js';
import { metaFailure } from '../adapters/meta-errors.js';
import { zApiFailure } from '../adapters/z-api/z-api.errors.js';
import type { EventHints, MessageStatusEvent } from '../events/messaging-event.interface.js';
import type { RecordedMessage } from './recorded-message.interface.js';

/** The fields of a failed status. */
type Failure = Pick<MessageStatusEvent, 'category' | 'code' | 'reason' | 'errors'> & { hints?: EventHints };

const BUTTON_TERMS = 'You must accept buttons message terms in panel to send this message.';
const NO_SUCH_NUMBER = 'Phone number does not exist';
const UNDELIVERABLE = 131026;

/** Returns why a message failed, in the provider's format. */
export function failureOf({ provider, endpoint }: RecordedMessage, reason: string | undefined): Failure {
  switch (provider) {
    case 'z-api':
      return zApiFailed(reason ?? (endpoint === 'send-text' ? NO_SUCH_NUMBER : BUTTON_TERMS));
    case 'whatsapp-cloud':
      return cloudFailed(reason ?? 'Message undeliverable');
    case 'chatvolt':
      // Chatvolt reports no reason.
      return chatvoltFailure('AGENT_MESSAGE_BLOCKED') ?? {};
    default:
      return { category: 'unknown', ...(reason !== undefined && { reason }) };
  }
}

function zApiFailed(reason: string): Failure {
  const { category, ...hints } = zApiFailure({ text: reason });
  return { category, reason, errors: [{ message: reason }], hints };
}

function cloudFailed(message: string): Failure {
  const { category, ...hints } = metaFailure(UNDELIVERABLE);
  const code = String(UNDELIVERABLE);
  return { category, code, reason: `${code}: ${message}`, errors: [{ code, message }], hints };
}
