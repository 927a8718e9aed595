import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { eventTime } from '../../events/event-time.js';
import type { EventSender, InboundMedia, ParsedEvent } from '../../events/messaging-event.interface.js';
import { personAddress } from '../../events/whatsapp-address.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import { isRecord } from '../../validation/is-record.js';
import { listIn, parseJson, textIn } from '../json-fields.js';
import { contactOf, personKeys, senderIn } from './whatsapp-cloud.contacts.js';
import { identityEvent } from './whatsapp-cloud.identity.js';

type Message = Record<string, unknown>;

const MEDIA: readonly unknown[] = ['image', 'video', 'audio', 'document', 'sticker'];

/** Types whose names in events differ from Meta's. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['unknown', 'unsupported'],
  ['call_permission_reply', 'call-permission'],
]);

/**
 * Returns the event of an inbound message.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function messageEvents(message: unknown, value: unknown, account: WhatsAppCloudAccount): ParsedEvent[] {
  const messageId = textIn(message, 'id');
  if (!isRecord(message) || messageId === undefined) return [];
  const changed = message.type === 'system' ? identityEvent(message, account) : [];
  if (changed.length > 0) return changed;
  const reply = {
    provider: account.provider,
    account: account.name,
    at: eventTime(message.timestamp),
    raw: message,
    from: senderOf(message, value),
    messageId,
    ...withoutUndefined({ inReplyTo: textIn(message, 'context', 'id') }),
  };
  const button = buttonOf(message);
  if (button) return [{ ...reply, kind: 'button-reply', button }];
  if (message.type === 'text') return [{ ...reply, kind: 'text-message', text: textIn(message, 'text', 'body') ?? '' }];
  return [{ ...reply, kind: 'message', ...contentOf(message) }];
}

/** Returns the sender. Phone number and IDs may be absent, and a user ID may replace the phone number. */
function senderOf(message: Message, value: unknown): EventSender {
  const address = personAddress(textIn(message, 'from'));
  const userId = textIn(message, 'from_user_id') ?? address.userId;
  return {
    ...senderIn(contactOf(listIn(value, 'contacts'), personKeys(address.phone, userId))),
    ...withoutUndefined({
      phone: address.phone,
      userId,
      parentUserId: textIn(message, 'from_parent_user_id'),
      group: textIn(message, 'group_id'),
    }),
  };
}

function buttonOf(message: Message): { id: string; title: string } | undefined {
  if (message.type === 'button' && isRecord(message.button)) {
    return { id: textIn(message.button, 'payload') ?? '', title: textIn(message.button, 'text') ?? '' };
  }
  if (message.type !== 'interactive' || !isRecord(message.interactive)) return undefined;
  const { button_reply: press, list_reply: choice } = message.interactive;
  const reply = isRecord(press) ? press : choice;
  return isRecord(reply) ? { id: textIn(reply, 'id') ?? '', title: textIn(reply, 'title') ?? '' } : undefined;
}

interface InboundContent {
  type: string;
  text?: string;
  media?: InboundMedia;
  inReplyTo?: string;
  flow?: { name?: string; response: Record<string, unknown> };
}

/** Returns the content of a message that is neither a text nor a press. */
function contentOf(message: Message): InboundContent {
  const type = typeof message.type === 'string' ? message.type : 'unsupported';
  const content: unknown = message[type];
  const original = withoutUndefined({ inReplyTo: textIn(content, 'original_message_id') });
  switch (type) {
    case 'interactive':
      return interactiveContent(content);
    case 'reaction':
      return {
        type,
        ...withoutUndefined({ inReplyTo: textIn(content, 'message_id'), text: textIn(content, 'emoji') }),
      };
    case 'edit':
      return { type, ...original, ...editedContent(content) };
    case 'revoke':
      return { type, ...original };
    case 'order':
      return { type, ...withoutUndefined({ text: textIn(content, 'text') }) };
    case 'system':
      return { type, ...withoutUndefined({ text: textIn(content, 'body') }) };
    case 'location':
      return { type, ...withoutUndefined({ text: textIn(content, 'name') ?? textIn(content, 'address') }) };
    default:
      return MEDIA.includes(type) ? { type, ...mediaContent(content) } : { type: TYPES.get(type) ?? type };
  }
}

function interactiveContent(interactive: unknown): InboundContent {
  const form: unknown = isRecord(interactive) ? interactive.nfm_reply : undefined;
  if (isRecord(form)) {
    // Content that is not JSON is only in the event's `raw`.
    const response = parseJson(textIn(form, 'response_json') ?? '');
    const flow = { ...withoutUndefined({ name: textIn(form, 'name') }), response: isRecord(response) ? response : {} };
    return { type: 'flow', flow, ...withoutUndefined({ text: textIn(form, 'body') }) };
  }
  const type = textIn(interactive, 'type') ?? 'unsupported';
  return { type: TYPES.get(type) ?? type };
}

/** Returns the new content of an edited message, by its type. */
function editedContent(edit: unknown): Omit<InboundContent, 'type'> {
  const message: unknown = isRecord(edit) ? edit.message : undefined;
  if (!isRecord(message) || typeof message.type !== 'string') return {};
  if (message.type === 'text') return withoutUndefined({ text: textIn(message, 'text', 'body') });
  return MEDIA.includes(message.type) ? mediaContent(message[message.type]) : {};
}

function mediaContent(content: unknown): Omit<InboundContent, 'type'> {
  const media = withoutUndefined({
    id: textIn(content, 'id'),
    url: textIn(content, 'url') ?? textIn(content, 'link'),
    mimeType: textIn(content, 'mime_type'),
    filename: textIn(content, 'filename'),
  });
  return { media, ...withoutUndefined({ text: textIn(content, 'caption') }) };
}
