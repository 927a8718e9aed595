import { callbackId } from '../adapters/callback-id.js';
import type { EventSender, ParsedEvent } from '../events/messaging-event.interface.js';
import { compositeKey } from '../message/composite-key.js';

/** Returns the deduplication key of an event. Repetitions of a callback have the same key. */
export function deduplicationKey(event: ParsedEvent): string {
  const { account, kind } = event;
  if (event.kind === 'echo') return compositeKey(account, kind, event.messageId);
  const { hints } = event;
  if (hints?.repeatKey !== undefined) return compositeKey(account, kind, hints.repeatKey);
  switch (event.kind) {
    case 'button-reply':
    case 'text-message':
      return compositeKey(account, kind, event.messageId);
    case 'message':
      return compositeKey(account, kind, event.type, event.messageId);
    case 'message-status':
      return compositeKey(account, kind, event.status, ...event.messageIds, ...participantOf(event.recipient));
    default:
      return compositeKey(account, kind, callbackId(event.raw));
  }
}

/** In a group, each participant has a separate status. */
function participantOf(recipient: EventSender = {}): string[] {
  const { group, phone, lid, userId } = recipient;
  return group === undefined ? [] : [phone ?? lid ?? userId ?? ''];
}
