import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { ReadCall } from '../provider.client.js';
import type { InboundMessage, MarkReadOptions, ProviderHealth } from '../provider-adapter.interface.js';
import { whatsAppCloudRequestBuilder } from './whatsapp-cloud.request-builder.js';
import {
  type CloudPhoneNumber,
  PHONE_NUMBER_FIELDS,
  readHealth,
  readPhoneNumber,
  readSuccess,
} from './whatsapp-cloud.responses.js';

/** Reads the account's phone number, which checks that the token and the number match. */
export function phoneNumberRead(account: WhatsAppCloudAccount): ReadCall<CloudPhoneNumber> {
  return {
    account,
    operation: 'phone-number',
    requestBuilderFor: () => whatsAppCloudRequestBuilder(account),
    request: (builder) => builder.get(`?fields=${encodeURIComponent(PHONE_NUMBER_FIELDS)}`),
    read: (response) => readPhoneNumber(response, account),
    sampleBody: () => ({ id: account.name }),
  };
}

/**
 * Reads whether an account without a path of its phone number can send.
 *
 * @see https://docs.360dialog.com/docs/messaging/health-status
 */
export function healthRead(account: WhatsAppCloudAccount): ReadCall<ProviderHealth> {
  return {
    account,
    operation: 'health-status',
    requestBuilderFor: () => whatsAppCloudRequestBuilder(account),
    request: (builder) => builder.get('health_status'),
    read: (response) => readHealth(response, account),
    sampleBody: () => ({ health_status: { can_send_message: 'AVAILABLE' } }),
  };
}

/**
 * Shows that a message and all before it were read, and optionally that the business is typing.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
 */
export function markReadRequest(
  account: WhatsAppCloudAccount,
  { messageId }: InboundMessage,
  { typing = false }: MarkReadOptions,
): ReadCall<void> {
  const body = JSON.stringify({
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: messageId,
    ...(typing && { typing_indicator: { type: 'text' } }),
  });
  return {
    account,
    operation: 'mark-read',
    requestBuilderFor: () => whatsAppCloudRequestBuilder(account),
    request: (builder) => builder.post('messages', body),
    read: (response) => readSuccess(response, account),
    sampleBody: () => ({ success: true }),
  };
}
