import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { RequestBuilder } from '../request-builder.js';

/** Creates the request builder of an account. */
export function chatvoltRequestBuilder(account: ChatvoltAccount): RequestBuilder {
  return new RequestBuilder(account.baseUrl, { Authorization: `Bearer ${account.apiKey.reveal()}` });
}
