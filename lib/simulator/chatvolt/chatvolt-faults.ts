import type { AnswerFault } from '../faults/fault.interface.js';

/**
 * Chatvolt's responses that its documentation does not describe, for `fail('chatvolt', …)`. Sources: its OpenAPI
 * document, its open source code, reports of integrators.
 *
 * @example
 * simulator.fail('chatvolt', chatvoltFaults.afterDelivery);
 *
 * @publicApi
 */
export const chatvoltFaults = Object.freeze({
  /** Not sent: there is no conversation with this person. */
  noConversation: fault(500, 'No Conversation found'),
  /** Not sent: the channel does not support the message. */
  unsupportedChannel: fault(500, 'Unsupported Communication Channel.'),
  /** Not sent: validation issues as a JSON string. */
  schemaFault: fault(
    500,
    JSON.stringify([
      { code: 'too_small', minimum: 1, path: ['body_text'], message: 'String must contain at least 1 character(s)' },
    ]),
  ),
  /** Not sent: WhatsApp rejected Chatvolt's request. */
  requestFailed: fault(500, 'Request failed with status code 400'),
  /** Unknown outcome: an exception with digits that are not a code from Meta. */
  exception: fault(500, 'Internal error, trace 7c1e-4b20-a131026f-11de'),
  /** Unknown outcome: a number with as many digits as a code. */
  countInWords: fault(500, 'This model accepts 131072 tokens at most'),
  /** Unknown outcome: the details repeat the request, including its digits. */
  echoedText: Object.freeze<AnswerFault>({
    status: 500,
    body: { error: 'Internal Server Error', details: { body_text: 'Order 130429 is ready' } },
  }),
  /** Rejected: an error from Meta. */
  metaError: Object.freeze<AnswerFault>({
    status: 500,
    body: {
      error: {
        message: '(#131047) Re-engagement message',
        type: 'OAuthException',
        code: 131047,
        error_data: { messaging_product: 'whatsapp', details: 'More than 24 hours have passed' },
        fbtrace_id: 'A0131026bTrace',
      },
    },
  }),
  /** Sent, followed by an error. Sending it again would send it twice. */
  afterDelivery: Object.freeze<AnswerFault>({
    status: 500,
    body: { error: "Cannot read properties of undefined (reading 'id')" },
    accepted: true,
  }),
  /** Rejected: the 24-hour window is closed. */
  windowClosed: fault(406, 'ERR_META_SESSION_EXPIRED_24H'),
  /** Rejected: the 24-hour window is closed, with another text. */
  windowClosedInWords: fault(406, 'The conversation window has expired'),
  /** Rejected: a wrong key, as plain text. */
  forbidden: Object.freeze<AnswerFault>({ status: 403, body: 'Forbidden' }),
  /** Rejected: with a success status and IDs. */
  noSuccess: Object.freeze<AnswerFault>({
    status: 200,
    body: { success: false, message: { id: 'csimulatedrefused0000001' } },
  }),
  /** Rejected: the delay is in the body. */
  rateLimitedInBody: Object.freeze<AnswerFault>({
    status: 429,
    body: { error: { message: 'Too many requests', code: 'RATE_LIMIT', retryAfter: 2 } },
  }),
});

function fault(status: number, error: string): AnswerFault {
  return Object.freeze({ status, body: { error } });
}
