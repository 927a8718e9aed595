import type { FieldCase, Fields } from './field-case.js';
import { ANA, answered, BIA, question, send } from './messages.js';
import { zAccepts, zReceived } from './z-api.bodies.js';

const URL = 'https://files.example/1';

interface Kind {
  id: string;
  content: Fields;
  event: Fields;
}

/** Sent before it: `MSG80`, to Ana. */
const KINDS: Kind[] = [
  {
    id: 'image',
    content: { image: { imageUrl: URL, thumbnailUrl: `${URL}t`, mimeType: 'image/jpeg', caption: 'Minha rua' } },
    event: { type: 'image', text: 'Minha rua', media: { url: URL, mimeType: 'image/jpeg' } },
  },
  {
    id: 'video',
    content: { video: { videoUrl: URL, mimeType: 'video/mp4', caption: '' } },
    event: { type: 'video', media: { url: URL, mimeType: 'video/mp4' } },
  },
  {
    id: 'document',
    content: { document: { documentUrl: URL, mimeType: 'application/pdf', fileName: 'nota.pdf', title: 'nota' } },
    event: { type: 'document', media: { url: URL, mimeType: 'application/pdf', filename: 'nota.pdf' } },
  },
  {
    id: 'sticker',
    content: { sticker: { stickerUrl: URL, mimeType: 'image/webp' } },
    event: { type: 'sticker', media: { url: URL, mimeType: 'image/webp' } },
  },
  {
    id: 'location',
    content: { location: { latitude: -23.5, longitude: -46.6, name: 'Praça', address: 'Rua A', url: '' } },
    event: { type: 'location' },
  },
  {
    id: 'contact',
    content: { contact: { displayName: 'Caio', vCard: 'BEGIN:VCARD\nEND:VCARD', phones: [BIA] } },
    event: { type: 'contacts' },
  },
  {
    id: 'order',
    content: { order: { itemCount: 1, orderId: 'o-1', currency: 'BRL', total: 1_000, products: [] } },
    event: { type: 'order' },
  },
  {
    id: 'poll-vote',
    content: { pollVote: { pollMessageId: 'POLL1', options: [{ name: 'Sales' }] } },
    event: { type: 'poll' },
  },
  {
    id: 'reaction',
    content: { reaction: { value: '❤️', reactionBy: ANA, referencedMessage: { messageId: 'MSG80', fromMe: true } } },
    event: { type: 'reaction', inReplyTo: 'MSG80', sent: 0 },
  },
  {
    id: 'reaction-taken-back',
    content: { reaction: { value: '', reactionBy: ANA, referencedMessage: { messageId: 'MSG80', fromMe: true } } },
    event: { type: 'reaction', inReplyTo: 'MSG80', sent: 0 },
  },
  {
    id: 'foreign-reaction',
    content: {
      phone: BIA,
      reaction: { value: '👍', reactionBy: BIA, referencedMessage: { messageId: 'MSG80', fromMe: true } },
    },
    event: { type: 'reaction', inReplyTo: 'MSG80', sent: null, from: { phone: BIA } },
  },
];

export const zApiInboundCases: FieldCase[] = KINDS.map(({ id, content, event }) => ({
  id: `z-inbound-${id}`,
  what: `emits ${id} as a message of type ${event.type}, not as a reply`,
  source: 'Vendor documentation, fields of what is received',
  sentBefore: [answered(send(question()), zAccepts(80))],
  webhook: [zReceived(content)],
  expect: { events: [{ kind: 'message', ...event }], none: ['button-reply', 'text-message'] },
}));
