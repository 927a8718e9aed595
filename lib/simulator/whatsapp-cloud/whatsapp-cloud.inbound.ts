import { BodyCheck } from '../checks/body-check.js';
import type { FileStore } from '../files/file-store.js';
import { wamid } from '../identifiers.js';
import type { InboundContent } from '../inbound/inbound.interface.js';
import { type Inbound, isMedia, unsupportedCallback } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import { cloudMedia } from './whatsapp-cloud.media.js';

const PERMISSION_MS = 7 * 24 * 60 * 60 * 1000;

/** An entry of `changes`. */
export interface CloudChange {
  readonly field: string;
  readonly value: JsonObject;
}

/** Creates the change of a person's message. @throws Error if the Cloud API documents none for the content. */
export function cloudInbound(inbound: Inbound, displayNumber: string, files: FileStore): CloudChange {
  const { from, content, quoting, group } = inbound;
  const timestamp = now();
  if (content.type === 'changed-user-id' && content.as !== 'message') {
    return {
      field: 'user_id_update',
      value: { contacts: [contactOf(from)], user_id_update: [newId(from, content.userId)] },
    };
  }
  const id = inbound.messageId === undefined ? wamid(numberIn(from) ?? from.userId) : inbound.messageId;
  const message = {
    ...identityFields(from, 'from', 'from_'),
    group_id: group,
    ...(id !== null && { id }),
    timestamp,
    ...(quoting !== undefined && { context: { from: displayNumber, id: quoting } }),
    ...contentFields(inbound, files),
  };
  const isSystem = content.type === 'changed-number' || content.type === 'changed-user-id';
  return { field: 'messages', value: { ...(isSystem ? {} : { contacts: [contactOf(from)] }), messages: [message] } };
}

/** Returns the seconds since 1970, as text. */
export function now(): string {
  return String(Math.floor(Date.now() / 1000));
}

/** Returns the field of the phone number. Undefined if the webhook has no such field. */
export function numberIn({ phone, userId, shows }: SimulatedPerson): string | undefined {
  if (shows === 'id-as-number') return userId;
  return shows === 'ids' ? undefined : phone;
}

/** Returns the fields that identify a person, whose names differ between callbacks. */
export function identityFields(person: SimulatedPerson, number: string, prefix: string): JsonObject {
  const { userId, parentUserId, shows } = person;
  return {
    [number]: numberIn(person),
    ...(shows !== 'number-alone' && { [`${prefix}user_id`]: userId, [`${prefix}parent_user_id`]: parentUserId }),
  };
}

function contactOf(person: SimulatedPerson): JsonObject {
  const { name, username } = person;
  return { profile: { name, username }, ...identityFields(person, 'wa_id', '') };
}

function newId({ phone, userId, shows }: SimulatedPerson, current: string): JsonObject {
  return {
    ...(phone !== undefined && shows !== 'ids' && { wa_id: phone }),
    detail: 'The user id has changed',
    user_id: { previous: userId, current },
    timestamp: now(),
  };
}

function contentFields(inbound: Inbound, files: FileStore): JsonObject {
  const { content, from } = inbound;
  if (isMedia(content)) return cloudMedia(content, files.add(content));
  switch (content.type) {
    case 'text':
      return { type: 'text', text: { body: content.text } };
    case 'press':
      return pressed(inbound, content);
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: content.of, emoji: content.emoji } };
    case 'edit': {
      const message = { type: 'text', text: { body: content.text } };
      return { type: 'edit', edit: { original_message_id: content.of, message } };
    }
    case 'revoke':
      return { type: 'revoke', revoke: { original_message_id: content.of } };
    case 'location':
      return { type: 'location', location: { latitude: content.latitude, longitude: content.longitude } };
    case 'contact': {
      const phones = [{ phone: `+${content.phone}`, wa_id: content.phone, type: 'CELL' }];
      const origin = isContactRequest(inbound.answered) ? { origin: 'contact_request' } : {};
      return { type: 'contacts', contacts: [{ ...origin, name: { formatted_name: content.name }, phones }] };
    }
    case 'flow': {
      const { name = 'flow', response } = content;
      const reply = { name, body: 'Sent', response_json: JSON.stringify(response) };
      return { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: reply } };
    }
    case 'call-permission':
      return { type: 'interactive', interactive: { type: 'call_permission_reply', ...permission(content) } };
    case 'unsupported': {
      const details = 'Message type is currently not supported.';
      const title = 'Message type unknown';
      return { type: 'unsupported', errors: [{ code: 131051, title, message: title, error_data: { details } }] };
    }
    case 'changed-number': {
      const body = `User ${from.name} changed from ${from.phone ?? ''} to ${content.phone}`;
      return { type: 'system', system: { type: 'user_changed_number', body, wa_id: content.phone } };
    }
    case 'changed-user-id': {
      const body = `User ${from.name} changed the user id`;
      return { type: 'system', system: { type: 'user_changed_user_id', body, user_id: content.userId } };
    }
    case 'other':
      return content.fields;
    default:
      throw unsupportedCallback('The Cloud API', content.type);
  }
}

function pressed({ answered }: Inbound, { id, title, kind }: Extract<InboundContent, { type: 'press' }>): JsonObject {
  if (kind === 'template') return { type: 'button', button: { payload: id, text: title } };
  const interactive =
    kind === 'option'
      ? { type: 'list_reply', list_reply: { id, title, description: rowDescription(answered, id) } }
      : { type: 'button_reply', button_reply: { id, title } };
  return { type: 'interactive', interactive };
}

/** @see {@link https://developers.facebook.com/docs/whatsapp/cloud-api/calling/user-call-permissions} */
function permission({ response, permanent = false }: Extract<InboundContent, { type: 'call-permission' }>): JsonObject {
  const ends = response === 'accept' && !permanent;
  return {
    call_permission_reply: {
      response,
      is_permanent: permanent,
      ...(ends && { expiration_timestamp: Math.floor((Date.now() + PERMISSION_MS) / 1000) }),
      response_source: 'user_action',
    },
  };
}

function isContactRequest(message: AcceptedMessage | undefined): boolean {
  return message?.buttons.some(({ type }) => type === 'contact') ?? false;
}

/** Returns the description of a list's row, which the webhook repeats. */
function rowDescription(message: AcceptedMessage | undefined, rowId: string): string | undefined {
  if (!message) return undefined;
  const sections = new BodyCheck(message.body).object('interactive').object('action').objects('sections');
  const rows = sections.flatMap((section) => section.objects('rows'));
  return rows.find((row) => row.text('id') === rowId)?.optionalText('description');
}
