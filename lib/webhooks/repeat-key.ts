import { callbackId } from '../adapters/callback-id.js';
import type { EventSender, ParsedEvent } from '../events/messaging-event.interface.js';
import { compoundKey } from '../message/composite-key.js';

/** The same for every repetition of a callback, and for nothing else. */
export function repeatKey(event: ParsedEvent): string {
  const { account, kind } = event;
  if (event.kind === 'echo') return compoundKey(account, kind, event.messageId);
  const { hints } = event;
  if (hints?.repeatKey !== undefined) return compoundKey(account, kind, hints.repeatKey);
  switch (event.kind) {
    case 'button-reply':
    case 'text-message':
      return compoundKey(account, kind, event.messageId);
    case 'message':
      return compoundKey(account, kind, event.type, event.messageId);
    case 'message-status':
      return compoundKey(account, kind, event.status, ...event.messageIds, ...participantOf(event.recipient));
    default:
      return compoundKey(account, kind, callbackId(event.raw));
  }
}

/** In a group every participant has a status of their own. */
function participantOf(recipient: EventSender = {}): string[] {
  const { group, phone, lid, userId } = recipient;
  return group === undefined ? [] : [phone ?? lid ?? userId ?? ''];
}
