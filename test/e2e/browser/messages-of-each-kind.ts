import type { GatewaySimulator } from '../../../lib/simulator/index.js';
import {
  buttonActions,
  chatvolt,
  chatvoltAccount,
  cloud,
  cloudAccount,
  zApi,
} from '../../integration/simulator/clients.js';

export const PHONE = '5511999990001';

/** A PNG of one pixel. */
export const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const option = (title: string, description?: string) => ({ id: `row-${title}`, title, description });

/** The endpoints of Z-API, each with a message and the texts that a phone shows. */
export const Z_API_KINDS: [endpoint: string, body: object, words: string[]][] = [
  ['send-text', { message: 'Plain words' }, ['Plain words']],
  [
    'send-button-actions',
    {
      title: 'A title',
      message: 'Pick one',
      footer: 'A footer',
      buttonActions: [
        ...buttonActions.buttonActions,
        { type: 'URL', url: 'https://example.com/a', label: 'Site' },
        { type: 'CALL', phone: '+551133334444', label: 'Call us' },
      ],
    },
    ['A title', 'Pick one', 'A footer', 'Yes', 'No', 'Site', 'Call us'],
  ],
  [
    'send-button-list',
    { message: 'With image', buttonList: { image: PIXEL, buttons: [{ id: 'g', label: 'Great' }] } },
    ['With image', 'Great'],
  ],
  [
    'send-option-list',
    {
      message: 'Which day?',
      optionList: {
        title: 'Days',
        buttonLabel: 'Open days',
        options: [option('Monday', 'at nine'), option('Tuesday')],
      },
    },
    ['Which day?', 'Open days'],
  ],
  ['send-button-otp', { message: 'Your code', code: '482913', buttonText: 'Copy it' }, ['Your code', 'Copy it']],
  [
    'send-button-pix',
    { pixKey: 'pix@example.com', type: 'EMAIL', merchantName: 'Aurora' },
    ['Aurora', 'pix@example.com', 'Copy Pix key'],
  ],
  [
    'send-carousel',
    {
      message: 'Look',
      carousel: ['Red', 'Blue'].map((text) => ({
        text,
        image: PIXEL,
        buttons: [{ type: 'REPLY', label: 'Buy' }],
      })),
    },
    ['Look', 'Red', 'Blue', 'Buy'],
  ],
  ['send-poll', { message: 'Which week?', poll: [{ name: 'This one' }, { name: 'Next' }] }, ['Which week?', 'Vote']],
  ['reply-button', { responseButtonId: 'pressed-id', messageId: 'RECEIVED' }, ['pressed-id']],
];

/** The endpoints of Chatvolt, in the same form. */
export const CHATVOLT_KINDS: [path: string, body: object, words: string[]][] = [
  [
    'messages/interactive/send-buttons',
    {
      header_text: 'A header',
      body_text: 'How?',
      footer_text: 'A foot',
      button_1_id: 'sales',
      button_1_title: 'Sales',
      button_2_id: 'support',
      button_2_title: 'Support',
    },
    ['A header', 'How?', 'A foot', 'Sales', 'Support'],
  ],
  [
    'messages/interactive/send-cta',
    { body_text: 'See', button_display_text: 'Open it', button_url: 'https://example.com/b' },
    ['See', 'Open it'],
  ],
  [
    'messages/interactive/send-lists',
    {
      body_text: 'Choose',
      button_text: 'Open list',
      list_title: 'A list',
      section_1_title: 'One',
      section_1_row_1_id: 'a',
      section_1_row_1_title: 'Row A',
      section_2_title: 'Two',
      section_2_row_1_id: 'b',
      section_2_row_1_title: 'Row B',
      section_2_row_1_description: 'Words of B',
    },
    ['Choose', 'Open list'],
  ],
  [
    'messages/interactive/send-location',
    { latitude: '-23.5505', longitude: '-46.6333', name: 'Our clinic', address: 'Street 1' },
    ['Our clinic Street 1 -23.5505, -46.6333'],
  ],
  ['messages/interactive/location-request', { body_text: 'Where are you?' }, ['Where are you?']],
  [
    'messages/interactive/send-contact',
    { name_formatted_name: 'Ana Silva', phone_1_phone: '+551133334444' },
    ['Ana Silva +551133334444'],
  ],
  ['conversation/message/conversationId/csimulatedconversation001', { message: 'Only words' }, ['Only words']],
];

const interactive = (content: object) => ({ type: 'interactive', interactive: content });

/** The message types of the Cloud API, in the same form. */
export const CLOUD_KINDS: [name: string, body: object, words: string[]][] = [
  ['text', { type: 'text', text: { body: 'Cloud words' } }, ['Cloud words']],
  [
    'button',
    interactive({
      type: 'button',
      header: { type: 'document', document: { link: 'https://example.com/invoice.pdf' } },
      body: { text: 'Seen it?' },
      footer: { text: 'Cloud foot' },
      action: { buttons: [{ type: 'reply', reply: { id: 'ok', title: 'Seen' } }] },
    }),
    ['invoice.pdf', 'Seen it?', 'Cloud foot', 'Seen'],
  ],
  [
    'cta_url',
    interactive({
      type: 'cta_url',
      header: { type: 'video', video: { id: '42' } },
      body: { text: 'Track it' },
      action: { name: 'cta_url', parameters: { display_text: 'Track', url: 'https://example.com/c' } },
    }),
    ['Video', 'Track it', 'Track'],
  ],
  [
    'list',
    interactive({
      type: 'list',
      header: { type: 'text', text: 'Free hours' },
      body: { text: 'When?' },
      action: {
        button: 'See hours',
        sections: [
          { title: 'Morning', rows: [{ id: 'nine', title: '09:00', description: 'Room 1' }] },
          { title: 'Afternoon', rows: [{ id: 'two', title: '14:00' }] },
        ],
      },
    }),
    ['Free hours', 'When?', 'See hours'],
  ],
  [
    'voice_call',
    interactive({
      type: 'voice_call',
      body: { text: 'Talk to us' },
      action: { name: 'voice_call', parameters: { display_text: 'Call now' } },
    }),
    ['Talk to us', 'Call now'],
  ],
  [
    'flow',
    interactive({
      type: 'flow',
      body: { text: 'Book a visit' },
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_id: '1',
          flow_cta: 'Book now',
          flow_token: 'booking-7',
          flow_action_payload: { screen: 'DAY', data: { day: 'monday' } },
        },
      },
    }),
    ['Book a visit', 'Book now'],
  ],
  [
    'carousel',
    interactive({
      type: 'carousel',
      body: { text: 'Our offers' },
      action: {
        cards: ['Aloe', 'Cactus'].map((text, card_index) => ({
          card_index,
          header: { type: 'image', image: { id: '42' } },
          body: { text },
          action: { buttons: [{ type: 'quick_reply', quick_reply: { id: text, title: `Buy ${text}` } }] },
        })),
      },
    }),
    ['Our offers', 'Aloe', 'Buy Aloe', 'Cactus', 'Buy Cactus'],
  ],
  [
    'location_request_message',
    interactive({
      type: 'location_request_message',
      body: { text: 'Where are you?' },
      action: { name: 'send_location' },
    }),
    ['Where are you?', 'Send location'],
  ],
  [
    'request_contact_info',
    interactive({
      type: 'request_contact_info',
      body: { text: 'Your number, please' },
      action: { name: 'request_contact_info' },
    }),
    ['Your number, please', 'Share contact info'],
  ],
  [
    'call_permission_request',
    interactive({
      type: 'call_permission_request',
      body: { text: 'May we call?' },
      action: { name: 'call_permission_request' },
    }),
    ['May we call?', 'Choose preference'],
  ],
];

/** Sends a message through one of the providers and returns its id. */
export async function sendZApi(simulator: GatewaySimulator, endpoint: string, body: object): Promise<string> {
  return idOf(simulator, await zApi(simulator, endpoint, { phone: PHONE, ...body }));
}

export async function sendChatvolt(simulator: GatewaySimulator, path: string, body: object): Promise<string> {
  const { agentId } = chatvoltAccount(simulator);
  const sent = { agentId, conversationId: 'csimulatedconversation001', ...body };
  return idOf(simulator, await chatvolt(simulator, path, sent));
}

export async function sendCloud(simulator: GatewaySimulator, body: object): Promise<string> {
  const sent = { messaging_product: 'whatsapp', recipient_type: 'individual', to: PHONE, ...body };
  return idOf(simulator, await cloud(simulator, `${cloudAccount(simulator).phoneNumberId}/messages`, sent));
}

/** Sends one message of every kind to one phone. */
export async function sendEveryKind(simulator: GatewaySimulator): Promise<void> {
  for (const [endpoint, body] of Z_API_KINDS) await sendZApi(simulator, endpoint, body);
  for (const [path, body] of CHATVOLT_KINDS) await sendChatvolt(simulator, path, body);
  for (const [, body] of CLOUD_KINDS) await sendCloud(simulator, body);
}

function idOf(simulator: GatewaySimulator, { status, text }: { status: number; text: string }): string {
  if (status !== 200) throw new Error(`Answered ${status}: ${text}`);
  return simulator.messages().at(-1)?.id ?? '';
}
