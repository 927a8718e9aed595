import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { RequestBuilder } from '../request-builder.js';

/** The way in with the account's key. */
export function chatvoltRequestBuilder(account: ChatvoltAccount): RequestBuilder {
  return new RequestBuilder(account.baseUrl, { Authorization: `Bearer ${account.apiKey.reveal()}` });
}
