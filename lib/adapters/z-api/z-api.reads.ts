import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import { wireRecipient } from '../../message/recipient.js';
import type { ReadCall } from '../provider.client.js';
import type { InboundMessage } from '../provider-adapter.interface.js';
import type { DeleteMessageDto } from './dto/index.js';
import { zApiRequestBuilder } from './z-api.request-builder.js';
import { readPhoneExists, readStatus, readSuccess, type ZApiPhoneExists, type ZApiStatus } from './z-api.responses.js';

/** Reads whether the instance is connected. */
export function statusRead(account: ZApiAccount): ReadCall<ZApiStatus> {
  return {
    account,
    operation: 'status',
    requestBuilderFor: () => zApiRequestBuilder(account),
    request: (builder) => builder.get('status'),
    read: (response) => readStatus(response, account),
    sampleBody: () => ({ connected: true, smartphoneConnected: true }),
  };
}

/** Reads whether a phone number is on WhatsApp. */
export function phoneExistsRead(account: ZApiAccount, digits: string): ReadCall<ZApiPhoneExists> {
  return {
    account,
    operation: 'phone-exists',
    recipient: digits,
    requestBuilderFor: () => zApiRequestBuilder(account),
    request: (builder) => builder.get(`phone-exists/${digits}`),
    read: (response) => readPhoneExists(response, account, digits),
    sampleBody: () => ({ exists: true, phone: digits }),
  };
}

/**
 * Shows that a message was read.
 *
 * @see https://developer.z-api.io/en/message/read-message
 */
export function markReadRequest(account: ZApiAccount, { from, messageId }: InboundMessage): ReadCall<void> {
  const chat = wireRecipient(from.group ?? from.phone ?? from.lid ?? '');
  const body = JSON.stringify({ phone: chat, messageId });
  return {
    account,
    operation: 'read-message',
    recipient: chat,
    requestBuilderFor: () => zApiRequestBuilder(account),
    request: (builder) => builder.post('read-message', body),
    read: (response) => readSuccess(response, account),
    sampleBody: () => ({}),
  };
}

/**
 * Deletes a message. A repeated request deletes nothing else.
 *
 * @see https://developer.z-api.io/en/message/delete-message
 */
export function deleteMessageRequest(
  account: ZApiAccount,
  { phone, messageId, owner = true }: DeleteMessageDto,
): ReadCall<void> {
  const chat = wireRecipient(phone);
  const query = new URLSearchParams({ phone: chat, messageId, owner: String(owner) });
  return {
    account,
    operation: 'messages',
    recipient: chat,
    requestBuilderFor: () => zApiRequestBuilder(account),
    request: (builder) => builder.delete(`messages?${query}`),
    read: (response) => readSuccess(response, account),
    sampleBody: () => ({}),
  };
}
