import type { Fields, Hook, Rule } from './field-case.js';
import { ANA } from './messages.js';

export const ANAS_USER_ID = 'BR.1A2B3C4D5E6F';

/** Accepts a message. */
export function cloudAccepts(id: string, contact: Fields = { input: ANA, wa_id: ANA }): Rule {
  return { to: 'POST', status: 200, body: { messaging_product: 'whatsapp', contacts: [contact], messages: [{ id }] } };
}

/** Rejects a message with an error code. */
export function cloudRefuses(code: number, status = 400, more: Partial<Rule> = {}): Rule {
  const error_data = { messaging_product: 'whatsapp', details: 'refused' };
  const error = { message: `(#${code}) refused`, type: 'OAuthException', code, error_data, fbtrace_id: 'Ab1' };
  return { to: 'POST', status, body: { error }, ...more };
}

/** Rejects only messages from the number of `official`. */
export const officialRefuses = (code: number, status = 400): Rule =>
  cloudRefuses(code, status, { to: 'POST 1065403522/' });

/** Builds a webhook with the changes of one field. */
export function cloudField(field: string, ...values: Fields[]): Hook {
  const changes = values.map((value) => ({ field, value: { messaging_product: 'whatsapp', ...value } }));
  return {
    account: 'official',
    body: { object: 'whatsapp_business_account', entry: [{ id: '10000000001', changes }] },
  };
}

export const numbered = (value: Fields, phone_number_id = '1065403522'): Fields => ({
  metadata: { display_phone_number: '551140000000', phone_number_id },
  ...value,
});

export const ANAS_CONTACT: Fields = { profile: { name: 'Ana' }, wa_id: ANA };

/** Builds a webhook with a message of Ana. */
export function cloudMessage(content: Fields, contact: Fields = ANAS_CONTACT, phoneNumberId?: string): Hook {
  const message = { timestamp: '$now', from: ANA, id: 'wamid.I1', ...content };
  return cloudField('messages', numbered({ contacts: [contact], messages: [message] }, phoneNumberId));
}

export const cloudText = (body: string, more: Fields = {}, contact?: Fields): Hook =>
  cloudMessage({ type: 'text', text: { body }, ...more }, contact);

/** Builds a webhook with a press of a button of this message. */
export function cloudPress(
  id: string,
  title: string,
  of: string | undefined,
  more: Fields = {},
  contact?: Fields,
): Hook {
  const interactive = { type: 'button_reply', button_reply: { id, title } };
  const context = of === undefined ? undefined : { from: '551140000000', id: of };
  return cloudMessage({ context, type: 'interactive', interactive, ...more }, contact);
}

export function cloudStatus(status: string, id: string, more: Fields = {}): Hook {
  const entry = { id, status, timestamp: '$now', recipient_id: ANA, ...more };
  return cloudField('messages', numbered({ statuses: [entry] }));
}

export const failedWith = (code: number, more: Fields = {}): Fields => ({
  errors: [{ code, title: 'Not delivered', message: 'Not delivered', ...more }],
});
