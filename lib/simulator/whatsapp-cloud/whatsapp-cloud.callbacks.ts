import type { AccountNews } from '../inbound/account-news.interface.js';
import { unsupportedCallback } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage, DeliveryFailure } from '../messages/accepted-message.interface.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { StatusUpdate } from '../provider-simulation.js';
import { type CloudChange, identityFields, now, numberIn } from './whatsapp-cloud.inbound.js';

/** Creates the change of a status. */
export function cloudStatus(
  message: AcceptedMessage,
  statusUpdate: StatusUpdate,
  person: SimulatedPerson,
  participant: SimulatedPerson | undefined,
): CloudChange {
  const { status, failure, type } = statusUpdate;
  const opaque = message.body.biz_opaque_callback_data;
  const entry = {
    id: message.id,
    ...(type !== undefined && type !== 'message' && { type }),
    status,
    timestamp: now(),
    ...(isCloudGroup(message)
      ? groupReceipt(message.to, participant)
      : identityFields(person, 'recipient_id', 'recipient_')),
    ...(type === 'payment' && { payment: { reference_id: `payment-${message.id.slice(-8)}` } }),
    biz_opaque_callback_data: opaque,
    ...(status === 'failed' ? { errors: [errorOf(failure)] } : {}),
  };
  return { field: 'messages', value: { statuses: [entry] } };
}

export function isCloudGroup({ body }: AcceptedMessage): boolean {
  return body.recipient_type === 'group';
}

function groupReceipt(group: string, participant: SimulatedPerson | undefined): JsonObject {
  const member = participant && { recipient_participant_id: numberIn(participant) ?? participant.userId };
  return { recipient_id: group, recipient_type: 'group', ...member };
}

function errorOf(failure: DeliveryFailure | undefined): JsonObject {
  const title = failure?.text ?? 'Message undeliverable';
  const details = failure?.details ?? title;
  return { code: Number(failure?.code ?? 131026), title, message: title, error_data: { details } };
}

/** Creates the change of a message that was sent in another way. */
export function cloudEcho(message: AcceptedMessage, person: SimulatedPerson, from: string): CloudChange {
  const { id, text } = message;
  const to = numberIn(person) ?? person.userId;
  const echo = { from, to, id, timestamp: now(), type: 'text', text: { body: text } };
  return { field: 'smb_message_echoes', value: { message_echoes: [echo] } };
}

/** Creates the change of an account's event. @throws Error if the Cloud API documents none. */
export function cloudAccountNews(news: AccountNews): CloudChange {
  switch (news.type) {
    case 'restricted': {
      const restriction_type = news.restriction ?? 'RESTRICTED_BIZ_INITIATED_MESSAGING';
      const expiration = news.expiration ?? Math.floor(Date.now() / 1000) + 86_400;
      const restriction_info = [{ restriction_type, expiration }];
      return { field: 'account_update', value: { event: 'ACCOUNT_RESTRICTION', restriction_info } };
    }
    case 'banned':
      return disabled(news.state ?? 'DISABLE');
    case 'reinstated':
      return disabled('REINSTATE');
    case 'template-status':
    case 'template-quality':
    case 'template-category':
      return templateNews(news);
    case 'quality': {
      const { event, limit = 'TIER_1K' } = news;
      return { field: 'phone_number_quality_update', value: { event, current_limit: limit } };
    }
    case 'error': {
      const { code, title } = news;
      return {
        field: 'messages',
        value: { errors: [{ code, title, message: title, error_data: { details: title } }] },
      };
    }
    case 'other':
      return { field: news.name, value: news.content ?? {} };
    default:
      throw unsupportedCallback('The Cloud API', news.type);
  }
}

function disabled(waba_ban_state: string): CloudChange {
  const ban_info = { waba_ban_state, waba_ban_date: new Date().toUTCString() };
  return { field: 'account_update', value: { event: 'DISABLED_UPDATE', ban_info } };
}

function templateNews(
  news: Extract<AccountNews, { type: 'template-status' | 'template-quality' | 'template-category' }>,
): CloudChange {
  const { template, id = '100000000000021', language = 'en_US', now: current, before } = news;
  const about = {
    message_template_id: Number.isSafeInteger(Number(id)) ? Number(id) : id,
    message_template_name: template,
    message_template_language: language,
  };
  switch (news.type) {
    case 'template-status':
      return {
        field: 'message_template_status_update',
        value: { event: current, ...about, reason: news.reason ?? null },
      };
    case 'template-quality':
      return {
        field: 'message_template_quality_update',
        value: { previous_quality_score: before ?? 'UNKNOWN', new_quality_score: current, ...about },
      };
    case 'template-category':
      return {
        field: 'template_category_update',
        value: { ...about, previous_category: before ?? 'UTILITY', new_category: current },
      };
  }
}
