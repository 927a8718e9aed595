import type { OfferedButton, RememberedMessage } from '../../lib/stores/sent-message.store.js';

const TO = '5511988880001';
const AT = new Date('2026-03-01T12:00:00Z');

/** A remembered message. A title is a reply button whose ID is the title in brackets. */
export function offering(
  id: string,
  buttons: readonly (string | OfferedButton)[],
  more: Partial<RememberedMessage> = {},
): RememberedMessage {
  return {
    sent: { id, provider: 'z-api', account: 'z', to: TO, acceptedAt: AT, attempts: 1 },
    messageIds: [`${id}-id`],
    // Its key has no ninth digit.
    recipients: ['551188880001'],
    buttons: buttons.map((button) => (typeof button === 'string' ? { id: `[${button}]`, title: button } : button)),
    numbered: false,
    asked: false,
    ...more,
  };
}
