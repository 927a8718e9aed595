import { hexadecimal } from '../identifiers.js';
import type { InboundContent } from '../inbound/inbound.interface.js';
import { type Inbound, type InboundMedia, isMedia, mimeTypeOf, unsupportedCallback } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { SimulatedPerson } from '../people/person.interface.js';

/**
 * Creates the body of Z-API's ReceivedCallback.
 *
 * @param fileUrl The URL of its file.
 * @throws Error if Z-API documents none for the content.
 */
export function zApiInbound(inbound: Inbound, instanceId: string, fileUrl?: string): JsonObject {
  const { from, content, group, newsletter } = inbound;
  // A vote names its poll in a field of its own.
  const quoting = votesOf(inbound) ? undefined : inbound.quoting;
  const number = numberOf(from);
  const isEdit = content.type === 'edit';
  const own = inbound.messageId === undefined ? zApiMessageId() : inbound.messageId;
  const id = isEdit ? content.of : own;
  const name = newsletter === undefined ? from.name : '';
  return {
    isStatusReply: inbound.storyReply ?? false,
    chatLid: group === undefined && newsletter === undefined ? from.lid : null,
    connectedPhone: INSTANCE_PHONE,
    waitingMessage: content.type === 'waiting',
    isEdit,
    isGroup: group !== undefined,
    isNewsletter: newsletter !== undefined,
    instanceId: inbound.heardBy ?? instanceId,
    ...(id !== null && { messageId: id }),
    ...(isEdit && own !== null && { editMessageId: own }),
    ...(quoting !== undefined && { referenceMessageId: quoting }),
    phone: group ?? newsletter ?? number,
    fromMe: false,
    momment: Date.now(),
    status: 'RECEIVED',
    chatName: group === undefined ? name : 'A group',
    senderName: name,
    broadcast: false,
    participantPhone: group === undefined ? null : number,
    participantLid: group === undefined ? null : from.lid,
    forwarded: false,
    type: 'ReceivedCallback',
    fromApi: false,
    ...(votesOf(inbound) ?? contentOf(inbound, fileUrl)),
  };
}

/** The phone number of the instance. */
export const INSTANCE_PHONE = '554499999999';

export function zApiMessageId(): string {
  return `3EB0${hexadecimal(16)}`;
}

/** Returns the field of the phone number. Without a number, it contains the lid. */
export function numberOf({ phone, lid, shows }: SimulatedPerson): string {
  return phone !== undefined && shows !== 'ids' && shows !== 'id-as-number' ? phone : lid;
}

/** Returns the vote for a pressed option of a poll. */
function votesOf({ answered, content }: Inbound): JsonObject | undefined {
  if (answered?.endpoint !== 'send-poll' || content.type !== 'press') return undefined;
  return { pollVote: { pollMessageId: answered.id, options: [{ name: content.title }] } };
}

function contentOf({ content, from }: Inbound, fileUrl: string | undefined): JsonObject {
  return isMedia(content) ? media(content, fileUrl) : contentFields(content, from);
}

function contentFields(content: Exclude<InboundContent, InboundMedia>, from: SimulatedPerson): JsonObject {
  switch (content.type) {
    case 'text':
    case 'edit':
      return { text: { message: content.text } };
    case 'press':
      return pressed(content);
    case 'reaction':
      return { reaction: reaction(content, from) };
    case 'poll-vote':
      return { pollVote: { pollMessageId: content.of, options: content.options.map((name) => ({ name })) } };
    case 'location': {
      const { latitude, longitude } = content;
      return { location: { latitude, longitude, name: '', address: '', url: '' } };
    }
    case 'contact':
      return { contact: { displayName: content.name, vCard: vCard(content), phones: [content.phone] } };
    case 'waiting':
      return {};
    case 'other':
      return content.fields;
    default:
      throw unsupportedCallback('Z-API', content.type);
  }
}

function pressed({ id, title, kind }: Extract<InboundContent, { type: 'press' }>): JsonObject {
  return kind === 'option'
    ? { listResponseMessage: { message: title, title, selectedRowId: id } }
    : { buttonsResponseMessage: { buttonId: id, message: title } };
}

function media(content: InboundMedia, url: string | undefined): JsonObject {
  const { type, caption = '', filename: fileName = 'document.pdf' } = content;
  const mimeType = mimeTypeOf(content);
  switch (type) {
    case 'image':
      return { image: { imageUrl: url, thumbnailUrl: url, mimeType, caption } };
    case 'video':
      return { video: { videoUrl: url, mimeType, caption, seconds: 4, isGif: false } };
    case 'audio':
      return { audio: { ptt: true, seconds: 4, audioUrl: url, mimeType, viewOnce: false } };
    case 'document':
      return { document: { documentUrl: url, mimeType, title: fileName, fileName, caption, pageCount: 1 } };
    case 'sticker':
      return { sticker: { stickerUrl: url, mimeType } };
  }
}

function reaction({ of, emoji }: Extract<InboundContent, { type: 'reaction' }>, from: SimulatedPerson): JsonObject {
  const referencedMessage = { messageId: of, fromMe: true, phone: numberOf(from), participant: null };
  return { value: emoji, time: Date.now(), reactionBy: numberOf(from), referencedMessage };
}

function vCard({ name, phone }: { readonly name: string; readonly phone: string }): string {
  return `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL;type=CELL;waid=${phone}:+${phone}\nEND:VCARD`;
}
