import type { Button, ButtonMessage, UrlButton } from '../../../lib/index.js';

export const phone = '5511999999999';
export const IDS = { zaapId: 'Z1', messageId: 'M1', messages: [{ id: 'M1' }] };
export const reply = (id: string, title = id.toUpperCase()): Button => ({ type: 'reply', id, title });
export const url: UrlButton = { type: 'url', title: 'Open', url: 'https://example.com/x' };
export const call: Button = { type: 'call', title: 'Call', phone: '+55 11 8888-7777' };
export const copy: Button = { type: 'copy', title: 'Copy', code: 'A B&1' };
const image = 'https://example.com/i.png';
const video = 'https://example.com/v.mp4';
const document = 'https://example.com/d.pdf';
export const message = (more: Partial<ButtonMessage> = {}): ButtonMessage => ({
  to: phone,
  text: 'Hello',
  buttons: [reply('a'), reply('b')],
  ...more,
});
export const toConversation = { conversation: 'conv-1' };

export const actions = { phone, message: 'Hello' };
export const A = { type: 'REPLY', id: 'a', label: 'A' };
const B = { type: 'REPLY', id: 'b', label: 'B' };
export const flat = { agentId: 'agent-123', conversationId: 'conv-1', body_text: 'Hello' };
export const PAIRS = { button_1_id: 'a', button_1_title: 'A', button_2_id: 'b', button_2_title: 'B' };
export const cloudReplies = {
  type: 'button',
  body: { text: 'Hello' },
  action: { buttons: ['a', 'b'].map((id) => ({ type: 'reply', reply: { id, title: id.toUpperCase() } })) },
};
const cloudCta = {
  type: 'cta_url',
  body: { text: 'Hello' },
  action: { name: 'cta_url', parameters: { display_text: 'Open', url: url.url } },
};
export const cloud = (interactive: object) => ({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: phone,
  type: 'interactive',
  interactive,
});
const otpUrl = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=';

export const MAPPED: [account: string, what: string, given: Partial<ButtonMessage>, endpoint: string, body: object][] =
  [
    ['zap', 'replies', {}, 'send-button-actions', { ...actions, buttonActions: [A, B] }],
    [
      'zap',
      'a formatted phone',
      { to: { phone: '+55 (11) 99999-9999' } },
      'send-button-actions',
      { ...actions, buttonActions: [A, B] },
    ],
    [
      'zap',
      'a group',
      { to: { group: '120363019502650977-group' } },
      'send-button-actions',
      { ...actions, phone: '120363019502650977-group', buttonActions: [A, B] },
    ],
    [
      'zap',
      'a LID',
      { to: { phone: '999999999@lid' } },
      'send-button-actions',
      { ...actions, phone: '999999999@lid', buttonActions: [A, B] },
    ],
    [
      'zap',
      'header and footer',
      { header: { text: 'Top' }, footer: 'End' },
      'send-button-actions',
      { ...actions, buttonActions: [A, B], title: 'Top', footer: 'End' },
    ],
    ['zap', 'an image', { header: { image } }, 'send-button-actions', { ...actions, buttonActions: [A, B], image }],
    [
      'zap',
      'a video',
      { header: { video } },
      'send-button-list',
      {
        ...actions,
        buttonList: {
          video,
          buttons: [
            { id: 'a', label: 'A' },
            { id: 'b', label: 'B' },
          ],
        },
      },
    ],
    [
      'zap',
      'link and call',
      { buttons: [url, call] },
      'send-button-actions',
      {
        ...actions,
        buttonActions: [
          { type: 'URL', label: 'Open', url: url.url },
          { type: 'CALL', label: 'Call', phone: '551188887777' },
        ],
      },
    ],
    [
      'zap',
      'a code',
      { buttons: [copy] },
      'send-button-actions',
      { ...actions, buttonActions: [{ type: 'URL', label: 'Copy', url: `${otpUrl}${encodeURIComponent('A B&1')}` }] },
    ],
    ['volt', 'replies', { to: toConversation }, '/messages/interactive/send-buttons', { ...flat, ...PAIRS }],
    [
      'volt',
      'header and footer',
      { to: toConversation, header: { text: 'Top' }, footer: 'End' },
      '/messages/interactive/send-buttons',
      { ...flat, ...PAIRS, header_text: 'Top', footer_text: 'End' },
    ],
    [
      'volt',
      'a link',
      { to: toConversation, buttons: [url] },
      '/messages/interactive/send-cta',
      { ...flat, button_display_text: 'Open', button_url: url.url },
    ],
    ['meta', 'replies', {}, '/messages', cloud(cloudReplies)],
    [
      'meta',
      'header and footer',
      { header: { text: 'Top' }, footer: 'End' },
      '/messages',
      cloud({ ...cloudReplies, header: { type: 'text', text: 'Top' }, footer: { text: 'End' } }),
    ],
    [
      'meta',
      'an image',
      { header: { image } },
      '/messages',
      cloud({ ...cloudReplies, header: { type: 'image', image: { link: image } } }),
    ],
    [
      'meta',
      'a video',
      { header: { video } },
      '/messages',
      cloud({ ...cloudReplies, header: { type: 'video', video: { link: video } } }),
    ],
    [
      'meta',
      'a document',
      { header: { document: { link: document, filename: 'Plan.pdf' } } },
      '/messages',
      cloud({ ...cloudReplies, header: { type: 'document', document: { link: document, filename: 'Plan.pdf' } } }),
    ],
    [
      'meta',
      'an uploaded video',
      { header: { mediaId: '1234', kind: 'video' } },
      '/messages',
      cloud({ ...cloudReplies, header: { type: 'video', video: { id: '1234' } } }),
    ],
    ['meta', 'a link', { buttons: [url] }, '/messages', cloud(cloudCta)],
  ];

export const UNSUPPORTED: [account: string, what: string, given: Partial<ButtonMessage>][] = [
  ['zap', 'mixed buttons', { buttons: [reply('a'), url] }],
  ['zap', 'a conversation', { to: toConversation }],
  ['zap', 'a video above a link', { header: { video }, buttons: [url] }],
  ['zap', 'a document', { header: { document: { link: document } } }],
  ['zap', 'an uploaded image', { header: { mediaId: '1234', kind: 'image' } }],
  ['volt', 'a document', { to: toConversation, header: { document: { link: document } } }],
  ['volt', 'a phone', {}],
  ['volt', 'an image', { to: toConversation, header: { image } }],
  ['volt', 'a video', { to: toConversation, header: { video } }],
  ['volt', 'mixed buttons', { to: toConversation, buttons: [reply('a'), url] }],
  ['volt', 'two links', { to: toConversation, buttons: [url, { ...url, title: 'Other' }] }],
  ['volt', 'a call', { to: toConversation, buttons: [call] }],
  ['volt', 'a code', { to: toConversation, buttons: [copy] }],
  ['volt', 'a link without TLS', { to: toConversation, buttons: [{ ...url, url: 'http://example.com' }] }],
  ['meta', 'mixed buttons', { buttons: [reply('a'), url] }],
  ['meta', 'two links', { buttons: [url, { ...url, title: 'Other' }] }],
  ['meta', 'a call', { buttons: [call] }],
  ['meta', 'a code', { buttons: [copy] }],
  ['meta', 'a conversation', { to: toConversation }],
];
