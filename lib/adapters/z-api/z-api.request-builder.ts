import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import { RequestBuilder } from '../request-builder.js';

/** Creates the request builder of an instance. Its path contains the instance's token. */
export function zApiRequestBuilder(account: ZApiAccount): RequestBuilder {
  const instance = encodeURIComponent(account.instanceId);
  const token = encodeURIComponent(account.token.reveal());
  return new RequestBuilder(`${account.baseUrl}/instances/${instance}/token/${token}`, credentialsOf(account));
}

function credentialsOf(account: ZApiAccount): Record<string, string> {
  if (account.authorization) return { Authorization: `Bearer ${account.authorization.reveal()}` };
  return account.clientToken ? { 'Client-Token': account.clientToken.reveal() } : {};
}
