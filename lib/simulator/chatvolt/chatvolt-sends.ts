import type { BodyCheck } from '../checks/body-check.js';
import { repeats } from '../checks/text-rules.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';

/** The parsed body of an operation. Its issues are in the check. */
export type ChatvoltReading = Pick<AcceptedMessage, 'text' | 'buttons'>;

type ChatvoltSend = (body: BodyCheck) => ChatvoltReading;

const DEGREES = { pattern: /^[+-]?\d+(?:\.\d+)?$/, expected: 'a number as text' };
const CONTACT_FIELD = /^(?:phone|email|url|org|address)_./;

/** The operations of `/messages/interactive/`, by the last part of their path. */
export const CHATVOLT_SENDS: ReadonlyMap<string, ChatvoltSend> = new Map<string, ChatvoltSend>([
  ['send-buttons', (body) => interactive(body, () => buttons(body))],
  ['send-cta', (body) => interactive(body, () => link(body))],
  ['send-lists', (body) => interactive(body, () => rows(body))],
  ['send-location', location],
  ['location-request', locationRequest],
  ['send-contact', contact],
]);

/** The channels that support an operation, by the beginning of their names. */
export function channelsOf(endpoint: string): readonly string[] {
  return CHANNELS.get(endpoint) ?? ['whatsapp', 'zapi', 'zapper'];
}

const CHANNELS: ReadonlyMap<string, readonly string[]> = new Map([
  ['send-cta', ['whatsapp', 'zapi']],
  ['location-request', ['whatsapp']],
]);

function addressed(body: BodyCheck): void {
  body.text('agentId');
  body.text('conversationId');
}

function interactive(body: BodyCheck, pressable: () => SimulatedButton[]): ChatvoltReading {
  addressed(body);
  const text = body.text('body_text');
  body.optionalText('header_text');
  body.optionalText('footer_text');
  return { text, buttons: pressable() };
}

function location(body: BodyCheck): ChatvoltReading {
  addressed(body);
  const place = [body.text('name'), body.text('address')];
  const degrees = [body.text('latitude', DEGREES), body.text('longitude', DEGREES)];
  return { text: [...place, degrees.join(', ')].join('\n'), buttons: [] };
}

function locationRequest(body: BodyCheck): ChatvoltReading {
  addressed(body);
  return { text: body.text('body_text'), buttons: [] };
}

/** The fields other than the name are numbered, or belong to groups that Chatvolt may extend. */
function contact(body: BodyCheck): ChatvoltReading {
  addressed(body);
  const name = body.text('name_formatted_name');
  const others = body.names().filter((field) => CONTACT_FIELD.test(field));
  const details = others.map((field) => ({ field, value: body.text(field) }));
  const shown = details.filter(({ field }) => /_(?:phone|email|url|company)$/.test(field)).map(({ value }) => value);
  return { text: [name, ...shown].join('\n'), buttons: [] };
}

function buttons(body: BodyCheck): SimulatedButton[] {
  const count = highest(body, /^button_(\d+)_(?:id|title)$/) || 1;
  if (count > 3) {
    body.addIssue('', 'not-allowed', 'Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3');
    return [];
  }
  const read = upTo(count).map<SimulatedButton>((number) => ({
    id: body.text(`button_${number}_id`, { maximum: 256 }),
    title: body.text(`button_${number}_title`, { maximum: 20 }),
    type: 'reply',
  }));
  if (repeats(read.map(({ id }) => id))) body.addIssue('', 'not-allowed', 'Button ids must be unique');
  if (repeats(read.map(({ title }) => title))) body.addIssue('', 'not-allowed', 'Button titles must be unique');
  return read;
}

function link(body: BodyCheck): SimulatedButton[] {
  body.text('button_url', { pattern: /^https:\/\/\S+$/i, expected: 'a URL that begins with https://' });
  return [{ id: '', title: body.text('button_display_text', { maximum: 20 }), type: 'url' }];
}

function rows(body: BodyCheck): SimulatedButton[] {
  body.text('button_text', { maximum: 20 });
  body.optionalText('list_title');
  const sections = highest(body, /^section_(\d+)_/) || 1;
  const read = upTo(Math.min(sections, 11)).flatMap((section) => {
    body.text(`section_${section}_title`, { maximum: 24 });
    const last = highest(body, new RegExp(`^section_${section}_row_(\\d+)_(?:id|title|description)$`)) || 1;
    return upTo(Math.min(last, 11)).map((number) => row(body, `section_${section}_row_${number}`));
  });
  if (sections > 10) body.addIssue('', 'not-allowed', 'Invalid sections count. Max allowed sections: 10');
  if (read.length > 10) body.addIssue('', 'not-allowed', 'Invalid rows count. Max allowed rows: 10');
  if (repeats(read.map(({ id }) => id))) body.addIssue('', 'not-allowed', 'Row ids must be unique');
  return read;
}

function row(body: BodyCheck, name: string): SimulatedButton {
  body.optionalText(`${name}_description`, { maximum: 72 });
  return {
    id: body.text(`${name}_id`, { maximum: 200 }),
    title: body.text(`${name}_title`, { maximum: 24 }),
    type: 'option',
  };
}

/** Returns the highest number in the field names, or 0 if none matches. */
function highest(body: BodyCheck, pattern: RegExp): number {
  return body.names().reduce((most, name) => Math.max(most, Number(pattern.exec(name)?.[1] ?? 0)), 0);
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
