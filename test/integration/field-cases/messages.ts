import type { Call, Fields, Rule, Sending } from './field-case.js';

export const ANA = '5511988880001';
export const BIA = '5511988880002';
export const ANAS_LID = '81000000000011@lid';

export const reply = (id: string, title: string, more: Fields = {}): Fields => ({ type: 'reply', id, title, ...more });

const CHOICES = [reply('sales', 'Sales'), reply('help', 'Support')];

/** Two choices for Ana. */
export function question(more: Fields = {}): Fields {
  return { to: ANA, text: 'Where to?', buttons: CHOICES, ...more };
}

/** A question to a person, or into a conversation. */
export const questionTo = (to: unknown): Fields => question({ to });

export function send(message: Fields, options?: Fields): Call {
  return { call: 'ButtonMessagingService.send', args: options ? [message, options] : [message] };
}

/** It stays open for longer than a case takes, on a busy machine too. */
export function ask(message: Fields, options: Fields = {}): Call {
  return { call: 'ButtonMessagingService.ask', args: [message, { answerWithinMs: 60_000, ...options }] };
}

/** A call made before, with the answers it got. */
export const answered = (call: Call, ...answer: Rule[]): Sending => ({ ...call, answer });

/** A call whose answer comes after the webhooks. */
export const overtaken = (call: Call, ...answer: Rule[]): Sending => ({ ...call, answer, answeredAfterWebhooks: true });

/** A call that the provider never answers. */
export const unanswered = (call: Call): Sending => ({
  ...call,
  answer: [{ to: 'POST', end: 'silence' }],
  error: { class: 'UnknownOutcomeError' },
});

/** An answer to what is posted. */
export const posted = (status: number, body: unknown, more: Partial<Rule> = {}): Rule => ({
  to: 'POST',
  status,
  body,
  ...more,
});

/** An answer of plain words. */
export const words = (status: number, text: string, type = 'text/plain'): Rule => ({ to: 'POST', status, text, type });
