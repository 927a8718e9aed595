import type { AnswerFault } from '../faults/fault.interface.js';

/**
 * What Chatvolt answers in the field where its documents say little, for `fail('chatvolt', …)`. From its published
 * OpenAPI, its open source and integrators' reports.
 *
 * @example
 * simulator.fail('chatvolt', chatvoltFaults.afterDelivery);
 */
export const chatvoltFaults = Object.freeze({
  /** Nothing was sent: there is no conversation with this person. */
  noConversation: fault(500, 'No Conversation found'),
  /** Nothing was sent: the channel has no such messages. */
  unsupportedChannel: fault(500, 'Unsupported Communication Channel.'),
  /** Nothing was sent: the JSON of a schema's faults, as text. */
  schemaFault: fault(
    500,
    JSON.stringify([
      { code: 'too_small', minimum: 1, path: ['body_text'], message: 'String must contain at least 1 character(s)' },
    ]),
  ),
  /** Nothing was sent: what Chatvolt asked WhatsApp was refused. */
  requestFailed: fault(500, 'Request failed with status code 400'),
  /** Outcome unknown: an exception, with digits in it that are no code of Meta's. */
  exception: fault(500, 'Internal error, trace 7c1e-4b20-a131026f-11de'),
  /** Outcome unknown: a count that has as many digits as a code. */
  countInWords: fault(500, 'This model accepts 131072 tokens at most'),
  /** Outcome unknown: what was sent is repeated in the details, digits and all. */
  echoedText: Object.freeze<AnswerFault>({
    status: 500,
    body: { error: 'Internal Server Error', details: { body_text: 'Order 130429 is ready' } },
  }),
  /** Refused: Meta's error, handed on whole. */
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
  /** Delivered, and then something failed: sending it again sends it twice. */
  afterDelivery: Object.freeze<AnswerFault>({
    status: 500,
    body: { error: "Cannot read properties of undefined (reading 'id')" },
    accepted: true,
  }),
  /** Refused: the 24 hours are over. */
  windowClosed: fault(406, 'ERR_META_SESSION_EXPIRED_24H'),
  /** Refused: the 24 hours are over, in other words. */
  windowClosedInWords: fault(406, 'The conversation window has expired'),
  /** Refused: a wrong key, as plain text. */
  forbidden: Object.freeze<AnswerFault>({ status: 403, body: 'Forbidden' }),
  /** Refused: with a success status, and ids beside it. */
  noSuccess: Object.freeze<AnswerFault>({
    status: 200,
    body: { success: false, message: { id: 'csimulatedrefused0000001' } },
  }),
  /** Refused: the pause stands in the body. */
  rateLimitedInBody: Object.freeze<AnswerFault>({
    status: 429,
    body: { error: { message: 'Too many requests', code: 'RATE_LIMIT', retryAfter: 2 } },
  }),
});

function fault(status: number, error: string): AnswerFault {
  return Object.freeze({ status, body: { error } });
}
