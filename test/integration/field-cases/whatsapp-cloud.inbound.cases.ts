import type { FieldCase, Fields, Hook } from './field-case.js';
import { ANA, answered, BIA, question, send } from './messages.js';
import {
  ANAS_CONTACT,
  cloudAccepts,
  cloudField,
  cloudMessage,
  cloudStatus,
  failedWith,
  numbered,
} from './whatsapp-cloud.bodies.js';

const OFFICIAL = { account: 'official' };
const sentAs = (id: string) => answered(send(question(), OFFICIAL), cloudAccepts(id));
const META = 'Meta, webhooks';

interface Kind {
  id: string;
  content: Fields;
  event: Fields;
}

const nfm = (nfm_reply: Fields): Fields => ({ type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply } });
const quoting = { context: { from: '551140000000', id: 'wamid.O80' } };

/** Sent before it: `wamid.O80`, to Ana. */
const KINDS: Kind[] = [
  {
    id: 'image',
    content: { type: 'image', image: { id: 'm-1', mime_type: 'image/jpeg', sha256: 'x', caption: 'Minha rua' } },
    event: { type: 'image', text: 'Minha rua', media: { id: 'm-1', mimeType: 'image/jpeg' } },
  },
  {
    id: 'image-that-quotes',
    content: { type: 'image', image: { id: 'm-1', mime_type: 'image/jpeg' }, ...quoting },
    event: { type: 'image', inReplyTo: 'wamid.O80', sent: 0 },
  },
  {
    id: 'video',
    content: { type: 'video', video: { id: 'm-2', mime_type: 'video/mp4', sha256: 'x' } },
    event: { type: 'video', media: { id: 'm-2', mimeType: 'video/mp4' } },
  },
  {
    id: 'document',
    content: { type: 'document', document: { id: 'm-3', mime_type: 'application/pdf', filename: 'nota.pdf' } },
    event: { type: 'document', media: { id: 'm-3', mimeType: 'application/pdf', filename: 'nota.pdf' } },
  },
  {
    id: 'sticker',
    content: { type: 'sticker', sticker: { id: 'm-4', mime_type: 'image/webp', animated: false } },
    event: { type: 'sticker', media: { id: 'm-4', mimeType: 'image/webp' } },
  },
  {
    id: 'location',
    content: { type: 'location', location: { latitude: -23.5, longitude: -46.6 } },
    event: { type: 'location' },
  },
  {
    id: 'contacts',
    content: { type: 'contacts', contacts: [{ name: { formatted_name: 'Caio' }, phones: [{ phone: '+55 11' }] }] },
    event: { type: 'contacts' },
  },
  {
    id: 'order',
    content: { type: 'order', order: { catalog_id: 'c-1', product_items: [] } },
    event: { type: 'order' },
  },
  {
    id: 'reaction-taken-back',
    content: { type: 'reaction', reaction: { message_id: 'wamid.O80' } },
    event: { type: 'reaction', inReplyTo: 'wamid.O80', sent: 0 },
  },
  {
    id: 'foreign-reaction',
    content: { from: BIA, type: 'reaction', reaction: { message_id: 'wamid.O80', emoji: '👎' } },
    event: { type: 'reaction', inReplyTo: 'wamid.O80', sent: null },
  },
  {
    id: 'flow-without-json',
    content: { ...quoting, ...nfm({ name: 'flow', body: 'Sent', response_json: '{"rating":' }) },
    event: { type: 'flow', inReplyTo: 'wamid.O80', flow: { name: 'flow' }, sent: 0 },
  },
  {
    id: 'address',
    content: { ...quoting, ...nfm({ name: 'address_message', response_json: '{"values":{"city":"Recife"}}' }) },
    event: { type: 'flow', flow: { name: 'address_message', response: { values: { city: 'Recife' } } }, sent: 0 },
  },
  {
    id: 'call-permission',
    content: {
      type: 'interactive',
      interactive: {
        type: 'call_permission_reply',
        call_permission_reply: { response: 'accept', is_permanent: false },
      },
    },
    event: { type: 'call-permission' },
  },
  {
    id: 'revoke',
    content: { type: 'revoke', revoke: { original_message_id: 'wamid.I0' } },
    event: { type: 'revoke' },
  },
  {
    id: 'unsupported',
    content: { type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }] },
    event: { type: 'unsupported' },
  },
  { id: 'of-tomorrow', content: { type: 'hologram', hologram: { id: 'h-1' } }, event: { type: 'hologram' } },
];

const kindCases = KINDS.map(
  ({ id, content, event }): FieldCase => ({
    id: `w-inbound-${id}`,
    what: `emits ${id} as a message of type ${event.type}, not as a reply`,
    source: META,
    sentBefore: [sentAs('wamid.O80')],
    webhook: [cloudMessage(content)],
    expect: { events: [{ kind: 'message', ...event }], none: ['button-reply', 'text-message'] },
  }),
);

const tells = (id: string, what: string, hook: Hook, type: string | string[]): FieldCase => ({
  id,
  what,
  source: "Meta, webhooks of the business account; a client's fixtures",
  webhook: [hook],
  expect: { events: [{ kind: 'account', type, account: 'official', provider: 'whatsapp-cloud' }] },
});

const accountCases: FieldCase[] = [
  tells(
    'w-account-disabled',
    'emits a ban of the account',
    cloudField('account_update', {
      event: 'DISABLED_UPDATE',
      ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'x' },
    }),
    'disabled',
  ),
  tells(
    'w-account-restored',
    'emits the end of a ban',
    cloudField('account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } }),
    'restored',
  ),
  tells(
    'w-template-category',
    'emits a changed category of a template',
    cloudField('template_category_update', {
      message_template_id: 1,
      message_template_name: 'reminder',
      message_template_language: 'pt_BR',
      previous_category: 'UTILITY',
      new_category: 'MARKETING',
    }),
    'template-category',
  ),
  tells(
    'w-template-quality',
    'emits a changed quality of a template',
    cloudField('message_template_quality_update', {
      message_template_id: 1,
      message_template_name: 'reminder',
      previous_quality_score: 'GREEN',
      new_quality_score: 'RED',
    }),
    'quality',
  ),
  tells(
    'w-number-quality',
    'emits a changed quality or limit of the number',
    cloudField('phone_number_quality_update', {
      display_phone_number: '551140000000',
      event: 'FLAGGED',
      current_limit: 'TIER_1K',
    }),
    ['quality', 'limit'],
  ),
  tells(
    'w-template-paused',
    'emits a paused template',
    cloudField('message_template_status_update', {
      event: 'PAUSED',
      message_template_id: 2,
      message_template_name: 'r',
    }),
    'template-status',
  ),
];

const statusCases: FieldCase[] = [
  {
    id: 'w-call-status',
    what: 'does not report a failed call as a failed message',
    source: 'Meta, webhooks: statuses have a type',
    sentBefore: [sentAs('wamid.O81')],
    webhook: [
      cloudStatus('failed', 'wamid.O81', { type: 'call' }),
      cloudStatus('read', 'wamid.O81', { type: 'message' }),
    ],
    expect: { of: ['read'], last: 'read' },
  },
  {
    id: 'w-status-without-type',
    what: 'reads a status whose type is null as that of the message',
    source: 'Statuses of messages have no type, or the type message',
    sentBefore: [sentAs('wamid.O78')],
    webhook: [cloudStatus('delivered', 'wamid.O78', { type: null })],
    expect: { events: [{ kind: 'message-status', status: 'delivered', sent: 0 }], of: ['delivered'] },
  },
  {
    id: 'w-failed-after-read',
    what: 'ignores a failure after the message was read',
    source: 'What was read cannot have failed',
    sentBefore: [sentAs('wamid.O82')],
    webhook: [cloudStatus('read', 'wamid.O82'), cloudStatus('failed', 'wamid.O82', failedWith(131026))],
    expect: { of: ['read'], last: 'read' },
  },
  {
    id: 'w-failed-then-read-then-delivered',
    what: 'reports read after a failure, and ignores a later delivered',
    source: 'failed is not the end; statuses come in no sure order and never go back',
    sentBefore: [sentAs('wamid.O83')],
    webhook: [
      cloudStatus('failed', 'wamid.O83', failedWith(131000)),
      cloudStatus('read', 'wamid.O83'),
      cloudStatus('delivered', 'wamid.O83'),
    ],
    expect: { of: ['failed', 'read'], last: 'read' },
  },
  {
    id: 'w-failed-then-played',
    what: 'reports played after a failure',
    source: 'failed is not the end: a later delivered, read or played wins',
    sentBefore: [sentAs('wamid.O84')],
    webhook: [cloudStatus('failed', 'wamid.O84', failedWith(131026)), cloudStatus('played', 'wamid.O84')],
    expect: { of: ['failed', 'played'], last: 'played' },
  },
  {
    id: 'w-status-of-user-id',
    what: "emits a status with the recipient's user id and no number",
    source: 'Meta, business-scoped user ids: statuses have recipient_user_id',
    sentBefore: [sentAs('wamid.O85')],
    webhook: [cloudStatus('delivered', 'wamid.O85', { recipient_id: undefined, recipient_user_id: 'BR.55AA' })],
    expect: {
      events: [{ kind: 'message-status', status: 'delivered', recipient: { userId: 'BR.55AA', phone: null }, sent: 0 }],
    },
  },
  {
    id: 'w-several-errors',
    what: 'emits a failed status with all its errors',
    source: 'Meta, webhooks: errors is a list',
    sentBefore: [sentAs('wamid.O86')],
    webhook: [
      cloudStatus('failed', 'wamid.O86', {
        errors: [
          { code: 131053, title: 'Media upload error', message: 'Media upload error' },
          { code: 131000, title: 'Something went wrong', message: 'Something went wrong' },
        ],
      }),
    ],
    expect: {
      events: [
        {
          kind: 'message-status',
          status: 'failed',
          code: '131053',
          category: 'media',
          errors: [{ code: '131053' }, { code: '131000' }],
        },
      ],
    },
  },
  {
    id: 'w-group-deliveries',
    what: 'emits the delivered status of each participant of a group',
    source: 'Meta, Groups API: a status for each participant',
    webhook: [BIA, ANA].map((by) =>
      cloudStatus('delivered', 'wamid.G87', {
        recipient_id: 'Y2FwaV9ncm91cDo1',
        recipient_type: 'group',
        recipient_participant_id: by,
      }),
    ),
    expect: {
      events: [
        { kind: 'message-status', status: 'delivered' },
        { kind: 'message-status', status: 'delivered' },
      ],
    },
  },
];

const otherCases: FieldCase[] = [
  {
    id: 'w-provider-ids',
    what: "returns Meta's id as message id and only provider id",
    source: 'The agreed API: all ids that the provider gave',
    call: send(question(), OFFICIAL),
    answer: [cloudAccepts('wamid.O91')],
    expect: { result: { messageId: 'wamid.O91', providerIds: { all: ['wamid.O91'] } }, requests: 1 },
  },
  {
    id: 'w-batch-in-one-post',
    what: 'emits three events of one webhook body',
    source: 'Meta, webhooks: up to 1,000 updates a post',
    platform: 'fastify',
    sentBefore: [sentAs('wamid.O88')],
    webhook: [
      cloudField(
        'messages',
        numbered({ statuses: [{ id: 'wamid.O88', status: 'read', timestamp: '$now', recipient_id: ANA }] }),
        numbered({
          contacts: [ANAS_CONTACT],
          messages: [
            { timestamp: '$now', from: ANA, id: 'wamid.I88', type: 'text', text: { body: 'oi' } },
            {
              timestamp: '$now',
              from: ANA,
              id: 'wamid.I89',
              type: 'audio',
              audio: { id: 'm-9', mime_type: 'audio/ogg' },
            },
          ],
        }),
      ),
    ],
    expect: {
      events: [
        { kind: 'message-status', status: 'read', sent: 0 },
        { kind: 'text-message', text: 'oi' },
        { kind: 'message', type: 'audio' },
      ],
    },
  },
  {
    id: 'w-echo-of-the-app',
    what: 'ignores messages that the owner sends from the app',
    source: 'Meta, field smb_message_echoes',
    sentBefore: [sentAs('wamid.O89')],
    webhook: [
      cloudField(
        'smb_message_echoes',
        numbered({
          message_echoes: [
            { from: '551140000000', to: ANA, id: 'wamid.E1', timestamp: '$now', type: 'text', text: { body: 'Sales' } },
          ],
        }),
      ),
    ],
    expect: { none: ['text-message', 'button-reply', 'message'] },
  },
  {
    id: 'w-unknown-field-by-name',
    what: 'emits an unknown field with its name',
    source: "The agreed API: other.type is Meta's field",
    webhook: [cloudField('business_weather_update', numbered({ sunny: true }))],
    expect: { http: 200, events: [{ kind: 'other', type: 'business_weather_update' }] },
  },
  {
    id: 'w-edit-quoting',
    what: 'does not match an edit that quotes our message',
    source: 'Edits never answer a question',
    sentBefore: [sentAs('wamid.O90')],
    webhook: [
      cloudMessage({
        context: { id: 'wamid.O90' },
        type: 'edit',
        edit: { original_message_id: 'wamid.I7', message: { type: 'text', text: { body: 'Support' } } },
      }),
    ],
    expect: { events: [{ kind: 'message', type: 'edit', text: 'Support' }], none: ['button-reply', 'text-message'] },
  },
];

export const whatsAppCloudInboundCases: FieldCase[] = [...kindCases, ...accountCases, ...statusCases, ...otherCases];
