import type { ButtonReplyEvent } from '../../../../lib/events/messaging-event.interface.js';
import type { SentMessage } from '../../../../lib/message/sent-message.interface.js';
import type { RememberedMessage } from '../../../../lib/stores/sent-message.store.js';

/** The key of the recipient: a Brazilian mobile phone number without its ninth digit. */
export const RECIPIENT = '551199990000';

/** Creates a split message, with dates at two depths. */
export function sentMessage(messageId = 'M1'): SentMessage {
  const part = {
    id: 'own-1',
    provider: 'z-api',
    account: 'sales',
    to: '+55 11 99999-0000',
    acceptedAt: new Date(1_700_000_000_123),
    attempts: 1,
  };
  return {
    ...part,
    messageId,
    tried: [{ account: 'other', code: 'rate-limited' }],
    degraded: 'split',
    parts: [part, { ...part, messageId, acceptedAt: new Date(1_700_000_000_456) }],
  };
}

export function rememberedMessage(change: Partial<RememberedMessage> = {}): RememberedMessage {
  return {
    sent: sentMessage(),
    messageIds: ['M1'],
    recipients: [RECIPIENT],
    buttons: [
      { id: 'yes', title: 'Yes' },
      { id: '', title: '{"$date":1}', link: true },
    ],
    numbered: false,
    asked: true,
    lateFallback: {
      to: '+55 11 99999-0000',
      text: 'Até já, 👋',
      buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }],
    },
    ...change,
  };
}

export function buttonReply(change: Partial<ButtonReplyEvent> = {}): ButtonReplyEvent {
  return {
    kind: 'button-reply',
    provider: 'z-api',
    account: 'sales',
    at: new Date(1_700_000_001_000),
    from: { phone: '5511999990000', name: 'Zoë' },
    button: { id: 'yes', title: 'Yes' },
    messageId: 'A1',
    sent: sentMessage(),
    raw: { $date: 1, text: 'olá\u0000\n', nested: [{ $$date: null }] },
    ...change,
  };
}
