import { CLOUD_MESSAGES } from './cloud-messages.js';
import { type TestApp } from './test-app.js';

const phone = '5511999999999';
const message = 'Hello';
const chatvolt = { agentId: 'agent-123', conversationId: 'conv-456' };

/** A good message for every method that sends. */
export const BASES = {
  sendButtonActions: {
    phone,
    message,
    buttonActions: [
      { type: 'REPLY', id: '1', label: 'Great' },
      { type: 'REPLY', id: '2', label: 'Excellent' },
    ],
  },
  sendButtonList: { phone, message, buttonList: { buttons: [{ id: '1', label: 'Great' }, { label: 'Excellent' }] } },
  sendOptionList: {
    phone,
    message,
    optionList: { title: 'Options', buttonLabel: 'Open', options: [{ title: 'One' }] },
  },
  sendButtonOtp: { phone, message, code: '123' },
  sendButtonPix: { phone, pixKey: 'pix@example.com', type: 'EMAIL' },
  sendCarousel: {
    phone,
    message,
    carousel: [
      {
        text: 'Card',
        image: 'https://example.com/1.png',
        buttons: [{ type: 'URL', label: 'Visit', url: 'https://example.com' }],
      },
    ],
  },
  sendPoll: { phone, message, poll: [{ name: 'Monday' }, { name: 'Tuesday' }], pollMaxOptions: 1 },
  replyButton: { phone, responseButtonId: '1', messageId: 'RECEIVED' },
  replyTemplateButton: { phone, responseTemplateButtonId: '1', messageId: 'RECEIVED' },
  sendText: { phone, message },
  sendButtons: {
    ...chatvolt,
    body_text: 'How can we help?',
    button_1_id: 'btn_sales',
    button_1_title: 'Sales',
    button_2_id: 'btn_support',
    button_2_title: 'Support',
  },
  sendCta: { ...chatvolt, body_text: 'See', button_display_text: 'Open', button_url: 'https://example.com' },
  sendLists: {
    ...chatvolt,
    body_text: 'Pick',
    button_text: 'Open',
    section_1_title: 'Days',
    section_1_row_1_id: 'mon',
    section_1_row_1_title: 'Monday',
  },
  sendMessage: { conversationId: 'conv-456', message },
  chatvoltTemplate: {
    phoneNumberId: '1001',
    to: phone,
    text: 'Ana, see you at 10:00.',
    agentId: 'agent-123',
    templateName: 'reminder',
    templateLangCode: 'pt_BR',
    var_patient: 'Ana',
    buttons: [{ type: 'quick_reply', value: 'confirm', index: 0 }],
  },
  chatvoltLocation: { ...chatvolt, latitude: '-23.5505', longitude: '-46.6333', name: 'Clinic', address: 'Street 1' },
  chatvoltLocationRequest: { ...chatvolt, body_text: 'Where are you?' },
  chatvoltContact: { ...chatvolt, name_formatted_name: 'Ana Silva', phone_1_phone: '+5511999999999' },
  sendReplyButtons: {
    to: phone,
    interactive: {
      type: 'button',
      body: { text: 'Shall we?' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
          { type: 'reply', reply: { id: 'no', title: 'No' } },
        ],
      },
    },
  },
  sendCtaUrl: {
    to: phone,
    interactive: {
      type: 'cta_url',
      body: { text: 'See' },
      action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com' } },
    },
  },
  sendList: {
    to: phone,
    interactive: {
      type: 'list',
      body: { text: 'When?' },
      action: { button: 'Choose', sections: [{ title: 'Days', rows: [{ id: 'mon', title: 'Monday' }] }] },
    },
  },
  cloudText: { to: phone, text: { body: 'Hi' } },
  ...CLOUD_MESSAGES,
  send: { to: phone, text: 'Hello', buttons: [{ type: 'reply', id: 'a', title: 'A' }] },
} as const;

export type Method = keyof typeof BASES;

/** The names of methods that several services have. */
const NAMES: Readonly<Partial<Record<Method, string>>> = {
  cloudText: 'sendText',
  chatvoltTemplate: 'sendTemplate',
  chatvoltLocation: 'sendLocation',
  chatvoltLocationRequest: 'requestLocation',
  chatvoltContact: 'sendContact',
};

const CLOUD = new Set<Method>(['sendReplyButtons', 'sendCtaUrl', 'sendList']);

/** The method of that name, for whatever comes from outside. */
export function methodOf(app: TestApp, method: Method): (body: unknown, options?: object) => Promise<unknown> {
  const service = method === 'send' ? app.messaging : ownerOf(app, method);
  const name = NAMES[method] ?? method.replace(/^cloud/, 'send');
  const send = (service as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>)[name];
  if (!send) throw new Error(`There is no ${name}`);
  return (...given) => send.apply(service, given);
}

function ownerOf(app: TestApp, method: Method): object {
  if (method.startsWith('cloud') || CLOUD.has(method)) return app.cloud;
  const isChatvolt = method === 'chatvoltTemplate' || 'conversationId' in BASES[method];
  return isChatvolt ? app.chatvolt : app.zApi;
}

/** A copy in which the values at these paths are others; `undefined` takes a field away. */
export function withChange(base: object, change: Record<string, unknown>): Record<string, unknown> {
  const copy = structuredClone(base) as Record<string, unknown>;
  for (const [path, value] of Object.entries(change)) {
    const keys = path.replaceAll('[', '.').replaceAll(']', '').split('.');
    const last = keys.pop() as string;
    const holder = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
    if (value === undefined) delete holder[last];
    else holder[last] = structuredClone(value);
  }
  return copy;
}
