import { type TestApp } from '../../support/test-app.js';

export const phone = '5511999999999';
export const message = 'Hello';
const PNG = 'data:image/png;base64,iVBORw0KGgo=';

const buttonActions = {
  phone,
  message,
  buttonActions: [
    { type: 'CALL', phone: '5511888888888', label: 'Call us' },
    { type: 'URL', url: 'https://example.com/a?b=c&d=é', label: 'Visit', id: 'u' },
  ],
  title: 'Title',
  footer: 'Footer',
} as const;
export const replies = { phone, message, buttonActions: [{ type: 'REPLY', id: '1', label: 'Great' }] } as const;
export const chatvoltButtons = {
  agentId: 'agent-123',
  conversationId: 'conv-456',
  header_text: 'Select an option',
  body_text: 'How can we help you today?',
  footer_text: 'Support',
  button_1_id: 'btn_sales',
  button_1_title: 'Sales',
  button_2_id: 'btn_support',
  button_2_title: 'Support',
};
const reply = (id: string, title: string) => ({ type: 'reply', reply: { id, title } }) as const;
export const cloudButtons = {
  type: 'button',
  header: { type: 'text', text: 'Header' },
  body: { text: 'Shall we?' },
  footer: { text: 'Footer' },
  action: { buttons: [reply('yes', 'Yes'), reply('no', 'No')] },
} as const;
const cloudCta = {
  type: 'cta_url',
  body: { text: 'See' },
  action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com' } },
} as const;
const cloudList = {
  type: 'list',
  body: { text: 'When?' },
  action: {
    button: 'Choose',
    sections: [{ title: 'Days', rows: [{ id: 'mon', title: 'Monday', description: 'nine' }] }],
  },
} as const;
export const envelope = { messaging_product: 'whatsapp', recipient_type: 'individual', to: phone };

export const ZAPI_IDS = {
  zaapId: '3999984263738042930CD6ECDE9VDWSA',
  messageId: 'D241XXXX732339502B68',
  id: 'D241XXXX732339502B68',
};
export const CHATVOLT_SENT = { success: true, message: { id: 'm-1', conversationId: 'conv-456' } };
export const CLOUD_SENT = {
  messaging_product: 'whatsapp',
  contacts: [{ input: phone, wa_id: '551199999999' }],
  messages: [{ id: 'wamid.1' }],
};

type Send = (app: TestApp) => Promise<unknown>;

export const Z_API: [endpoint: string, body: unknown, send: Send][] = [
  ['send-button-actions', buttonActions, (app) => app.zApi.sendButtonActions(structuredClone(buttonActions) as never)],
  [
    'send-button-actions',
    { ...replies, image: PNG },
    (app) => app.zApi.sendButtonActions({ ...replies, image: PNG } as never),
  ],
  ...[{}, { image: 'https://example.com/i.png' }, { video: 'https://example.com/v.mp4' }].map(
    (media): [string, unknown, Send] => {
      const body = {
        phone,
        message,
        buttonList: { ...media, buttons: [{ id: '1', label: 'Great' }, { label: 'Excellent' }] },
      };
      return ['send-button-list', body, (app) => app.zApi.sendButtonList(structuredClone(body) as never)];
    },
  ),
  ...cases('send-option-list', 'sendOptionList', {
    phone,
    message,
    optionList: {
      title: 'Options',
      buttonLabel: 'Open',
      options: [{ id: '1', title: 'One', description: 'first' }, { title: 'Two' }],
    },
    delayMessage: 5,
  }),
  ...cases('send-button-otp', 'sendButtonOtp', {
    phone,
    message,
    code: '123-ABC',
    image: 'https://example.com/i.png',
    buttonText: 'Copy',
  }),
  ...cases('send-button-pix', 'sendButtonPix', {
    phone,
    pixKey: 'pix@example.com',
    type: 'EMAIL',
    merchantName: 'Shop',
  }),
  ...cases('send-carousel', 'sendCarousel', {
    phone,
    message,
    carousel: [
      {
        text: 'Card',
        image: 'https://example.com/1.png',
        buttons: [
          { type: 'URL', label: 'Visit', url: 'https://example.com' },
          { type: 'REPLY', label: 'Take it', id: 't' },
        ],
      },
      { text: 'Bare', image: PNG },
    ],
  }),
  ...cases('send-text', 'sendText', {
    phone,
    message: 'Olá 👋\n"x"',
    delayMessage: 1,
    delayTyping: 2,
    messageId: 'QUOTED',
    privateAnswer: true,
  }),
  ...cases('send-text', 'sendText', { phone, message: 'Amanhã às 11', editMessageId: 'CHANGED' }),
  ...cases('send-carousel', 'sendCarousel', {
    phone,
    message: 'Look',
    carousel: [
      {
        text: 'Card',
        image: 'https://example.com/1.png',
        buttons: [
          { type: 'URL', label: 'Same', url: 'https://example.com' },
          { type: 'REPLY', label: 'Same', id: 's' },
        ],
      },
    ],
  }),
  ...cases('send-carousel', 'sendCarousel', {
    phone,
    message: 'Look',
    carousel: [1, 2].map((card) => ({
      text: `Card ${card}`,
      image: 'https://example.com/1.png',
      buttons: [
        { type: 'CALL', label: 'Same', phone: '5511888888888' },
        { type: 'URL', label: 'Same', url: 'https://example.com', id: '1' },
        { type: 'REPLY', label: 'Same', id: '2' },
      ],
    })),
    delayMessage: 15,
  }),
  ...cases('send-poll', 'sendPoll', {
    phone,
    message: 'Which day?',
    poll: [{ name: 'Monday' }, { name: 'Tuesday' }],
    pollMaxOptions: 1,
    delayMessage: 2,
  }),
  ...cases('send-poll', 'sendPoll', {
    phone: '120363019502650977-group',
    message: 'Which days?',
    poll: [{ name: 'Monday' }],
  }),
  ...cases('reply-button', 'replyButton', { phone, responseButtonId: '1', messageId: 'RECEIVED' }),
  ...cases('reply-template-button', 'replyTemplateButton', {
    phone,
    responseTemplateButtonId: '1',
    messageId: 'RECEIVED',
  }),
  ...cases('send-button-actions', 'sendButtonActions', {
    phone,
    message: 'Look',
    buttonActions: [
      { type: 'URL', label: 'Same', url: 'https://example.com/1' },
      { type: 'URL', label: 'Same', url: 'https://example.com/2' },
    ],
  }),
];

function cases(endpoint: string, method: keyof TestApp['zApi'], body: object): [string, unknown, Send][] {
  return [[endpoint, body, (app) => (app.zApi[method] as (dto: unknown) => Promise<unknown>)(structuredClone(body))]];
}

export const CHATVOLT: [
  path: string,
  body: Record<string, unknown>,
  method: 'sendButtons' | 'sendCta' | 'sendLists' | 'sendLocation' | 'requestLocation' | 'sendContact',
][] = [
  ['/messages/interactive/send-buttons', chatvoltButtons, 'sendButtons'],
  [
    '/messages/interactive/send-cta',
    {
      agentId: 'a',
      conversationId: 'c',
      body_text: 'See',
      button_display_text: 'Open',
      button_url: 'https://example.com',
      header_text: 'H',
      footer_text: 'F',
    },
    'sendCta',
  ],
  [
    '/messages/interactive/send-lists',
    {
      agentId: 'a',
      conversationId: 'c',
      body_text: 'Pick',
      button_text: 'Open',
      section_1_title: 'Days',
      section_1_row_1_id: 'mon',
      section_1_row_1_title: 'Monday',
      section_1_row_1_description: 'nine',
      section_1_row_2_id: 'tue',
      section_1_row_2_title: 'Tuesday',
      header_text: 'H',
      footer_text: 'F',
      list_title: 'L',
    },
    'sendLists',
  ],
  [
    '/messages/interactive/send-location',
    {
      agentId: 'a',
      conversationId: 'c',
      latitude: '-23.5505',
      longitude: '-46.6333',
      name: 'Clinic',
      address: 'Praça da Sé, São Paulo',
    },
    'sendLocation',
  ],
  [
    '/messages/interactive/location-request',
    { agentId: 'a', conversationId: 'c', body_text: 'Where are you?' },
    'requestLocation',
  ],
  [
    '/messages/interactive/send-contact',
    {
      agentId: 'a',
      conversationId: 'c',
      name_formatted_name: 'Ana Silva',
      name_first_name: 'Ana',
      name_middle_name: 'M.',
      name_last_name: 'Silva',
      phone_1_phone: '+551133334444',
      phone_1_type: 'WORK',
      phone_2_phone: '+5511999999999',
      email_1_email: 'ana@example.com',
      email_1_type: 'WORK',
      org_company: 'Clinic',
      org_title: 'Doctor',
      url_1_url: 'https://example.com',
    },
    'sendContact',
  ],
];

export const CLOUD: [name: string, body: unknown, send: Send][] = [
  [
    'reply buttons',
    { ...envelope, type: 'interactive', interactive: cloudButtons },
    (app) => app.cloud.sendReplyButtons({ to: phone, interactive: structuredClone(cloudButtons) } as never),
  ],
  [
    'cta_url',
    { ...envelope, type: 'interactive', interactive: cloudCta },
    (app) => app.cloud.sendCtaUrl({ to: phone, interactive: cloudCta } as never),
  ],
  [
    'list',
    { ...envelope, type: 'interactive', interactive: cloudList },
    (app) => app.cloud.sendList({ to: phone, interactive: cloudList } as never),
  ],
  [
    'text',
    { ...envelope, type: 'text', text: { body: 'Hi' } },
    (app) => app.cloud.sendText({ to: phone, text: { body: 'Hi' } } as never),
  ],
];
