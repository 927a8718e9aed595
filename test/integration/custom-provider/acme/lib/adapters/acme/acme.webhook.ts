import type { AcmeAccount } from '../../config/accounts/acme.account.js';
import { textIn } from '../json-fields.js';
import { describeMismatch, headerOf, matchesAnySecret, type WebhookAdapter } from '../webhook-adapter.js';

export const acmeWebhook: WebhookAdapter<AcmeAccount> = {
  isAuthentic: (request, { webhookSecret }) => matchesAnySecret(headerOf(request, 'x-key'), webhookSecret),

  describeMismatch: (request, { webhookSecret: secrets }) =>
    describeMismatch({ name: 'X-Key', given: headerOf(request, 'x-key'), option: 'webhookSecret', secrets }),

  parse: (body, { name: account, provider }) => {
    const id = textIn(body, 'choice', 'id');
    const messageId = textIn(body, 'id');
    const phone = textIn(body, 'from');
    if (id === undefined || messageId === undefined || phone === undefined) return { events: [], foreign: [] };
    const button = { id, title: textIn(body, 'choice', 'label') ?? '' };
    const inReplyTo = textIn(body, 'of');
    const reply = { button, from: { phone }, messageId, ...(inReplyTo !== undefined && { inReplyTo }) };
    const event = { kind: 'button-reply', provider, account, ...reply, at: new Date(), raw: body } as const;
    return { events: [event], foreign: [] };
  },
};
