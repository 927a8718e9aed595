import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import type { ReadCall } from '../provider.client.js';
import { zApiRequestBuilder } from './z-api.request-builder.js';
import { readPhoneExists, readStatus, type ZApiPhoneExists, type ZApiStatus } from './z-api.responses.js';

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
