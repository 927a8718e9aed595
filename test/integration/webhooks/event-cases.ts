import { expect } from '@jest/globals';
import {
  MOMENT,
  MOMENT_IN_SECONDS,
  meta,
  metaBatch,
  metaMessage,
  metaPress,
  metaStatus,
  metaText,
  volt,
  voltWords,
  zDelivery,
  zPress,
  zReceived,
  zStatus,
  zText,
} from './fixtures.js';

export type Expected = Record<string, unknown>;
export type Case = [name: string, body: Record<string, unknown>, events: Expected[]];

const ZAPI_AT = new Date(MOMENT);
const ZAPI_FROM = { phone: '5544999999999', lid: '81896604192873@lid', name: 'Nome' };
const Z_PRESS = {
  kind: 'button-reply',
  from: ZAPI_FROM,
  button: { id: '1', title: 'Great' },
  inReplyTo: 'D241XXXX732339502B68',
  messageId: '3EB0C767D26A1B4C1D12',
  at: ZAPI_AT,
};
const Z_TEXT = { kind: 'text-message', from: ZAPI_FROM, text: 'hello', messageId: '3EB0C767D26A1B4C1D12', at: ZAPI_AT };
const GROUP = { phone: '120363019502650977-group', isGroup: true, participantPhone: '5544999999999' };
const SENT_ID = ['D241XXXX732339502B68'];

const zStatusOf = (status: string) => ({
  kind: 'message-status',
  status,
  messageIds: SENT_ID,
  at: ZAPI_AT,
  recipient: { phone: '5544999999999' },
});
const zDeliveryOf = (status: string, more: Expected = {}) => ({
  kind: 'message-status',
  status,
  messageIds: expect.arrayContaining(SENT_ID),
  at: ZAPI_AT,
  recipient: { phone: '554499999999' },
  ...more,
});

export const Z_CASES: Case[] = [
  ['a press', zPress(), [Z_PRESS]],
  ['a press with the time in seconds', zPress({ momment: MOMENT_IN_SECONDS }), [Z_PRESS]],
  [
    'a press without an id',
    zPress({ buttonsResponseMessage: { buttonId: '', message: 'Great' } }),
    [{ ...Z_PRESS, button: { id: '', title: 'Great' } }],
  ],
  [
    'a choice from a list',
    zReceived({
      listResponseMessage: { message: 'Ten', title: 'Ten', selectedRowId: 'slot-10' },
      referenceMessageId: 'L1',
    }),
    [{ ...Z_PRESS, button: { id: 'slot-10', title: 'Ten' }, inReplyTo: 'L1' }],
  ],
  [
    'a press in a group',
    zPress({ ...GROUP, senderLid: null }),
    [{ ...Z_PRESS, from: { group: GROUP.phone, phone: '5544999999999', name: 'Nome' } }],
  ],
  [
    'a press in a group by a person of whom only the lid is known',
    zPress({ ...GROUP, participantPhone: null, participantLid: '81896604192873@lid', senderLid: null }),
    [{ ...Z_PRESS, from: { group: GROUP.phone, lid: '81896604192873@lid', name: 'Nome' } }],
  ],
  [
    'a press by a person known only by the lid',
    zPress({ phone: '81896604192873@lid' }),
    [{ ...Z_PRESS, from: { lid: '81896604192873@lid', name: 'Nome' } }],
  ],
  ['a text', zText('hello'), [Z_TEXT]],
  ['a text that quotes', zText('hello', { referenceMessageId: 'M0' }), [{ ...Z_TEXT, inReplyTo: 'M0' }]],
  ['an echo of a text from the phone', zText('hello', { fromMe: true }), []],
  ['an echo of a text sent by the API', zText('hello', { fromMe: true, fromApi: true }), []],
  ['an echo that looks like a press', zPress({ fromMe: true }), []],
  ['a message that waits for its content', zReceived({ waitingMessage: true }), []],
  ['a waiting message that looks like a text', zText('hello', { waitingMessage: true }), []],
  ['an image', zReceived({ image: { imageUrl: 'https://example.com/a.jpg', caption: '' } }), []],
  ['the status SENT', zStatus('SENT'), [zStatusOf('sent')]],
  ['the status RECEIVED', zStatus('RECEIVED'), [zStatusOf('delivered')]],
  ['the status READ', zStatus('READ'), [zStatusOf('read')]],
  ['the status PLAYED', zStatus('PLAYED'), [zStatusOf('played')]],
  ['the status READ_BY_ME', zStatus('READ_BY_ME'), []],
  ...['ABDUCTED', 'constructor', '__proto__', 'toString', 'read', ''].map(
    (status): Case => [`the unknown status "${status}"`, zStatus(status), []],
  ),

  [
    'a status of several messages',
    zStatus('READ', { ids: ['A', 'B'] }),
    [{ ...zStatusOf('read'), messageIds: ['A', 'B'] }],
  ],
  ['a status with the time in seconds', zStatus('READ', { momment: MOMENT_IN_SECONDS }), [zStatusOf('read')]],
  ['a delivery', zDelivery(), [zDeliveryOf('sent')]],
  ...[
    ['Phone number does not exist', 'recipient'],
    ['You must accept buttons message terms in panel to send this message.', 'buttons-refused'],
    ['Whatsapp rejected sending this message', 'account-restricted'],
    ['Timeout on send message', 'unavailable'],
    ['Message has not been sent because it got invalid request params.', 'request'],
  ].map(
    ([error, category]): Case => [
      `a failure of category ${category}`,
      zDelivery({ error }),
      [zDeliveryOf('failed', { reason: error, category, errors: [{ message: error }] })],
    ],
  ),
  [
    'a failure with an error code',
    zDelivery({ error: 'Whatsapp rejected sending this message', errorCode: 'SHADOW_BAN' }),
    [
      zDeliveryOf('failed', {
        reason: 'Whatsapp rejected sending this message',
        code: 'SHADOW_BAN',
        category: 'account-restricted',
        errors: [{ code: 'SHADOW_BAN', message: 'Whatsapp rejected sending this message' }],
      }),
    ],
  ],
  [
    'a connection',
    {
      type: 'ConnectedCallback',
      connected: true,
      phone: '554499999999',
      momment: MOMENT,
      instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
    },
    [{ kind: 'connection', connected: true, at: ZAPI_AT }],
  ],
  [
    'a lost connection',
    {
      type: 'DisconnectedCallback',
      disconnected: true,
      error: 'Device has been disconnected',
      momment: MOMENT_IN_SECONDS,
      instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
    },
    [{ kind: 'connection', connected: false, reason: 'Device has been disconnected', at: ZAPI_AT }],
  ],
  [
    'a typing notification',
    {
      type: 'PresenceChatCallback',
      phone: '5544',
      status: 'COMPOSING',
      instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
    },
    [],
  ],
  ...['TeleportedCallback', 'constructor', '__proto__', 'toString', ''].map(
    (type): Case => [`the unknown type "${type}"`, { ...zPress(), type }, []],
  ),
];

const VOLT_FROM = { conversation: 'conv-456', phone: '5511999999999', name: 'João Silva' };
const VOLT_AT = new Date(MOMENT);
const V_TEXT = { kind: 'text-message', from: VOLT_FROM, text: 'Sales', messageId: 'msg-789', at: VOLT_AT };

export const VOLT_CASES: Case[] = [
  ['USER_MESSAGE_RECEIVED', voltWords('Sales'), [V_TEXT]],
  ['AGENT_USER_MESSAGE', volt('AGENT_USER_MESSAGE', { userMessage: 'Sales' }), [V_TEXT]],
  [
    'GROUP_MESSAGE_RECEIVED',
    volt('GROUP_MESSAGE_RECEIVED', { userMessage: 'Sales' }),
    [{ ...V_TEXT, from: expect.objectContaining({ conversation: 'conv-456', name: 'João Silva' }) }],
  ],
  [
    'a rejected send',
    volt('AGENT_MESSAGE_BLOCKED', { agentResponse: 'Hi' }),
    [
      {
        kind: 'message-status',
        status: 'failed',
        messageIds: ['msg-789'],
        at: VOLT_AT,
        code: 'AGENT_MESSAGE_BLOCKED',
        reason: expect.stringContaining('24 hours'),
        category: 'window-closed',
        errors: [{ code: 'AGENT_MESSAGE_BLOCKED', message: expect.stringContaining('24 hours') }],
        recipient: VOLT_FROM,
      },
    ],
  ],
  ['the health check', volt(undefined, { messageId: undefined }), []],
  ['an empty health check', {}, []],
  ...['AGENT_MESSAGE_SENDED', 'AGENT_MESSAGE_FOLLOW_UP', 'AGENT_MESSAGE_NOTED', 'STEP_ENTERED', 'NPS_INTERACTION'].map(
    (type): Case => [type, volt(type, { agentResponse: 'Hello' }), []],
  ),
  ...['AGENT_TELEPORTED', 'constructor', '__proto__', 'toString', ''].map(
    (type): Case => [`the unknown type "${type}"`, volt(type, { userMessage: 'Sales' }), []],
  ),
];

const META_AT = new Date(MOMENT);
const META_FROM = { phone: '5511999999999', name: 'Ana' };
const M_PRESS = {
  kind: 'button-reply',
  from: META_FROM,
  button: { id: 'yes', title: 'Yes' },
  inReplyTo: 'wamid.SENT1',
  messageId: 'wamid.ANSWER1',
  at: META_AT,
};
const M_TEXT = { kind: 'text-message', from: META_FROM, text: 'hello', messageId: 'wamid.ANSWER1', at: META_AT };
const M_STATUS = {
  kind: 'message-status',
  messageIds: ['wamid.SENT1'],
  at: META_AT,
  recipient: { phone: '5511999999999' },
};
const listReply = { type: 'list_reply', list_reply: { id: 'slot-10', title: 'Ten', description: 'In the morning' } };
const ERRORS = [
  {
    code: 131047,
    title: 'Re-engagement message',
    message: 'Re-engagement message',
    error_data: { details: 'Re-engagement message: more than 24 hours have passed' },
  },
];

export const META_CASES: Case[] = [
  ['a press', meta([metaPress('yes', 'Yes')]), [M_PRESS]],
  [
    'a choice from a list',
    meta([metaPress('', '', { interactive: listReply })]),
    [{ ...M_PRESS, button: { id: 'slot-10', title: 'Ten' } }],
  ],
  [
    'a template button',
    meta([metaMessage({ type: 'button', context: { id: 'wamid.SENT1' }, button: { payload: 'yes', text: 'Yes' } })]),
    [M_PRESS],
  ],
  ['a text', meta([metaText('hello')]), [M_TEXT]],
  [
    'a text that quotes',
    meta([metaText('hello', { context: { id: 'wamid.S' } })]),
    [{ ...M_TEXT, inReplyTo: 'wamid.S' }],
  ],
  ...['sent', 'delivered', 'read', 'played'].map(
    (status): Case => [`the status ${status}`, meta([], [metaStatus(status)]), [{ ...M_STATUS, status }]],
  ),
  [
    'a failure',
    meta([], [metaStatus('failed', { errors: ERRORS })]),
    [
      {
        ...M_STATUS,
        status: 'failed',
        code: '131047',
        category: 'window-closed',
        reason: expect.stringContaining('Re-engagement message'),
        errors: [{ code: '131047', message: 'Re-engagement message: more than 24 hours have passed' }],
      },
    ],
  ],
  ...['abducted', 'constructor', '__proto__', 'toString', ''].map(
    (status): Case => [`the unknown status "${status}"`, meta([], [metaStatus(status)]), []],
  ),

  ['an image', meta([metaMessage({ type: 'image', image: { id: '1' } })]), []],
  ['an unknown message type', meta([metaMessage({ type: 'teleport', teleport: {} })]), []],
  ['an unknown interactive type', meta([metaPress('', '', { interactive: { type: 'nfm_reply', nfm_reply: {} } })]), []],
  ['an unknown field', metaBatch([{ field: 'account_update', value: { event: 'X' } }]), []],
  ['a body without entries', { object: 'whatsapp_business_account', entry: [] }, []],
];
