import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { RequestBuilder } from '../request-builder.js';

/** The way to a telephone number of the business, in one version of the API. */
export function whatsAppCloudRequestBuilder(account: WhatsAppCloudAccount): RequestBuilder {
  const version = encodeURIComponent(account.graphVersion);
  const number = encodeURIComponent(account.phoneNumberId);
  return new RequestBuilder(`${account.baseUrl}/${version}/${number}`, {
    Authorization: `Bearer ${account.accessToken.reveal()}`,
  });
}
