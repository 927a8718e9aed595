import type { Call, Fields, Rule, Sending } from './field-case.js';

export const ANA = '5511988880001';
export const BIA = '5511988880002';
export const ANAS_LID = '81000000000011@lid';

export const reply = (id: string, title: string, more: Fields = {}): Fields => ({ type: 'reply', id, title, ...more });

const CHOICES = [reply('sales', 'Sales'), reply('help', 'Support')];

/** Builds a message with two buttons for Ana. */
export function question(more: Fields = {}): Fields {
  return { to: ANA, text: 'Where to?', buttons: CHOICES, ...more };
}

/** Builds the same message for another recipient. */
export const questionTo = (to: unknown): Fields => question({ to });

export function send(message: Fields, options?: Fields): Call {
  return { call: 'ButtonMessagingService.send', args: options ? [message, options] : [message] };
}

/** Asks with a timeout that no case reaches. */
export function ask(message: Fields, options: Fields = {}): Call {
  return { call: 'ButtonMessagingService.ask', args: [message, { answerWithinMs: 60_000, ...options }] };
}

/** An earlier call with its responses. */
export const answered = (call: Call, ...answer: Rule[]): Sending => ({ ...call, answer });

/** A call whose response arrives after the webhooks. */
export const overtaken = (call: Call, ...answer: Rule[]): Sending => ({ ...call, answer, answeredAfterWebhooks: true });

/** A call that never receives a response. */
export const unanswered = (call: Call): Sending => ({
  ...call,
  answer: [{ to: 'POST', end: 'silence' }],
  error: { class: 'UnknownOutcomeError' },
});

/** Responds to a POST with JSON. */
export const posted = (status: number, body: unknown, more: Partial<Rule> = {}): Rule => ({
  to: 'POST',
  status,
  body,
  ...more,
});

/** Responds to a POST with plain text. */
export const words = (status: number, text: string, type = 'text/plain'): Rule => ({ to: 'POST', status, text, type });
