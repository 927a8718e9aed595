import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { ReadCall } from '../provider.client.js';
import type { InboundMessage, MarkReadOptions } from '../provider-adapter.interface.js';
import { whatsAppCloudRequestBuilder } from './whatsapp-cloud.request-builder.js';
import {
  type CloudPhoneNumber,
  PHONE_NUMBER_FIELDS,
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
