import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { RequestBuilder } from '../request-builder.js';

/** Creates the request builder of a phone number and API version. */
export function whatsAppCloudRequestBuilder(account: WhatsAppCloudAccount): RequestBuilder {
  const version = encodeURIComponent(account.graphVersion);
  const number = encodeURIComponent(account.phoneNumberId);
  return new RequestBuilder(`${account.baseUrl}/${version}/${number}`, {
    Authorization: `Bearer ${account.accessToken.reveal()}`,
  });
}
