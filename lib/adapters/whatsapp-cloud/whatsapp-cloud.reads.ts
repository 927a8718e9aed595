import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { ReadCall } from '../provider.client.js';
import { whatsAppCloudRequestBuilder } from './whatsapp-cloud.request-builder.js';
import { type CloudPhoneNumber, PHONE_NUMBER_FIELDS, readPhoneNumber } from './whatsapp-cloud.responses.js';

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
