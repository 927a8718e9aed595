import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import type { EventSender, InboundMedia, ParsedEvent } from '../../events/messaging-event.interface.js';
import { isBroadcast, personAddress, whatsAppAddress, withoutLidAsPhone } from '../../events/whatsapp-address.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import { isRecord } from '../../validation/is-record.js';
import { callbackId } from '../callback-id.js';
import { listIn, textIn } from '../json-fields.js';
import { baseOf, type ZApiBody } from './z-api.webhook-body.js';

/** The content of a field of the callback. @see https://developer.z-api.io/en/webhooks/on-message-received */
interface InboundContent {
  type: string;
  text?: string | undefined;
  media?: InboundMedia;
  inReplyTo?: string | undefined;
}

/** The chat of a message. */
type Chat = Pick<EventSender, 'phone' | 'lid' | 'userId' | 'group'>;

type ContentReader = (content: Record<string, unknown>) => InboundContent;

const CONTENTS: Readonly<Record<string, ContentReader>> = {
  image: (content) => file('image', 'imageUrl', content),
  video: (content) => file('video', 'videoUrl', content),
  ptv: (content) => file('video', 'ptvUrl', content),
  audio: (content) => file('audio', 'audioUrl', content),
  document: (content) => file('document', 'documentUrl', content),
  sticker: (content) => file('sticker', 'stickerUrl', content),
  location: (content) => ({ type: 'location', text: textIn(content, 'name') ?? textIn(content, 'address') }),
  contact: (content) => ({ type: 'contacts', text: textIn(content, 'displayName') }),
  reaction: (content) => ({
    type: 'reaction',
    text: textIn(content, 'value'),
    inReplyTo: textIn(content, 'referencedMessage', 'messageId'),
  }),
  order: (content) => ({ type: 'order', text: textIn(content, 'message') }),
  poll: (content) => ({ type: 'poll', text: textIn(content, 'question') }),
  pollVote: (content) => ({ type: 'poll', text: votesIn(content), inReplyTo: textIn(content, 'pollMessageId') }),
  buttonsMessage: (content) => ({ type: 'buttons', text: textIn(content, 'message') }),
  hydratedTemplate: (content) => ({ type: 'template', text: textIn(content, 'message') }),
  pinMessage: (content) => ({ type: 'pin', inReplyTo: textIn(content, 'referencedMessage', 'messageId') }),
  eventResponse: (content) => ({ type: 'event', inReplyTo: textIn(content, 'referencedMessage', 'messageId') }),
  pixKeyMessage: () => ({ type: 'pix' }),
  product: () => ({ type: 'product' }),
  event: (content) => ({ type: 'event', text: textIn(content, 'name') }),
  reviewAndPay: () => ({ type: 'order' }),
  reviewOrder: () => ({ type: 'order' }),
  requestPayment: () => ({ type: 'payment' }),
  sendPayment: () => ({ type: 'payment' }),
  carouselMessage: (content) => ({ type: 'carousel', text: textIn(content, 'text') }),
};

/** Returns the events of a `ReceivedCallback`. Channels, status posts and pending messages cause none. */
export function inboundEvents(body: ZApiBody, account: ZApiAccount): ParsedEvent[] {
  if (body.waitingMessage === true || body.isNewsletter === true) return [];
  const chat = whatsAppAddress(textIn(body, 'phone'));
  if (isBroadcast(chat)) return [];
  if (body.fromMe === true) return echo(body, chat, account);
  const messageId = textIn(body, 'messageId') ?? callbackId(body);
  const base = { ...baseOf(body, account), from: senderOf(body, chat), messageId };
  const hints = { ...(body.isStatusReply === true && { notPrivate: true }) };
  if (body.isEdit === true) return [edit(body, base)];
  const reply = { ...base, ...withoutUndefined({ inReplyTo: textIn(body, 'referenceMessageId') }) };
  const button = buttonOf(body);
  if (button) return [{ ...reply, kind: 'button-reply', button, hints }];
  const text = textIn(body, 'text', 'message');
  if (text !== undefined) return [{ ...reply, kind: 'text-message', text, hints }];
  return [inboundMessage(body, reply, hints)];
}

type Base = ReturnType<typeof baseOf> & { from: EventSender; messageId: string; inReplyTo?: string };

function inboundMessage(body: ZApiBody, base: Base, hints: { notPrivate?: boolean }): ParsedEvent {
  const { notification } = body;
  if (typeof notification === 'string') return notice(body, notification, base);
  for (const [field, read] of Object.entries(CONTENTS)) {
    const content = body[field];
    if (!isRecord(content)) continue;
    const { type, text, media, inReplyTo = base.inReplyTo } = read(content);
    return { ...base, kind: 'message', type, ...withoutUndefined({ inReplyTo, text, media }), hints };
  }
  return { ...base, kind: 'message', type: 'unsupported', hints };
}

/**
 * Returns the event of a notification in the chat. Its IDs are not unique, so its whole body is the deduplication key.
 */
function notice(body: ZApiBody, notification: string, base: Base): ParsedEvent {
  const hints = { repeatKey: callbackId(body) };
  return notification === 'REVOKE'
    ? { ...base, kind: 'message', type: 'revoke', inReplyTo: base.messageId, hints }
    : { ...base, kind: 'message', type: 'system', text: notification, hints };
}

/** Returns the event of an edit. `messageId` is the original's, and the edit has its own ID. */
function edit(body: ZApiBody, base: Base): ParsedEvent {
  const text = textIn(body, 'text', 'message') ?? textIn(body, 'image', 'caption') ?? textIn(body, 'video', 'caption');
  return {
    ...base,
    kind: 'message',
    type: 'edit',
    messageId: textIn(body, 'editMessageId') ?? callbackId(body),
    inReplyTo: base.messageId,
    ...withoutUndefined({ text }),
  };
}

/** Returns the echo of a message that the instance sent. Only messages with buttons are useful. */
function echo(body: ZApiBody, chat: Chat, account: ZApiAccount): ParsedEvent[] {
  const messageId = textIn(body, 'messageId');
  const buttonIds = [...idsOf(body.buttonsMessage, 'buttons', ['buttonId']), ...templateIds(body.hydratedTemplate)];
  if (messageId === undefined || buttonIds.length === 0) return [];
  const to = senderOf({ ...body, participantPhone: undefined, participantLid: undefined }, chat);
  return [{ ...baseOf(body, account), kind: 'echo', to, messageId, buttonIds }];
}

function templateIds(template: unknown): string[] {
  return idsOf(template, 'hydratedButtons', ['quickReplyButton', 'id']);
}

function idsOf(message: unknown, list: string, path: readonly string[]): string[] {
  const buttons: unknown = isRecord(message) ? message[list] : undefined;
  if (!Array.isArray(buttons)) return [];
  return buttons.flatMap((button: unknown) => textIn(button, ...path) ?? []);
}

function buttonOf(body: ZApiBody): { id: string; title: string } | undefined {
  const { buttonsResponseMessage: press, listResponseMessage: choice } = body;
  if (isRecord(press)) return { id: textIn(press, 'buttonId') ?? '', title: textIn(press, 'message') ?? '' };
  if (!isRecord(choice)) return undefined;
  const title = textIn(choice, 'title') ?? textIn(choice, 'message') ?? '';
  return { id: textIn(choice, 'selectedRowId') ?? '', title };
}

/** Returns the sender. In private chats, more callbacks have the chat's lid than the sender's. */
function senderOf(body: ZApiBody, chat: Chat): EventSender {
  const inGroup = body.isGroup === true || chat.group !== undefined;
  const person = inGroup ? personAddress(textIn(body, 'participantPhone')) : chat;
  const lidFields = inGroup ? ['participantLid'] : ['senderLid', 'chatLid'];
  const [lid] = lidFields.flatMap((field) => personAddress(textIn(body, field)).lid ?? []);
  const sender = withoutUndefined({
    phone: person.phone,
    lid: person.lid ?? lid,
    group: inGroup ? (chat.group ?? textIn(body, 'phone')) : undefined,
    name: textIn(body, 'senderName'),
  });
  return withoutLidAsPhone(sender);
}

/** Returns the chosen options, one per line. Undefined if the vote was withdrawn. */
function votesIn(vote: Record<string, unknown>): string | undefined {
  const names = listIn(vote, 'options').flatMap((option) => textIn(option, 'name') ?? []);
  return names.length > 0 ? names.join('\n') : undefined;
}

function file(type: string, urlField: string, content: Record<string, unknown>): InboundContent {
  const media = withoutUndefined({
    url: textIn(content, urlField),
    mimeType: textIn(content, 'mimeType') ?? textIn(content, 'mimetype'),
    filename: textIn(content, 'fileName'),
  });
  return { type, text: textIn(content, 'caption'), media };
}
