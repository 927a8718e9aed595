import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { RequestBuilder } from '../request-builder.js';

/** Creates the request builder of a phone number and API version. Files and the business account are next to it. */
export function whatsAppCloudRequestBuilder(account: WhatsAppCloudAccount): RequestBuilder {
  const path = pathOf(account);
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return new RequestBuilder(below(account, path), credentialsOf(account), below(account, parent));
}

function pathOf({ path, graphVersion, phoneNumberId }: WhatsAppCloudAccount): string {
  return path ?? `${encodeURIComponent(graphVersion)}/${encodeURIComponent(phoneNumberId)}`;
}

function below({ baseUrl }: WhatsAppCloudAccount, path: string): string {
  return path === '' ? baseUrl : `${baseUrl}/${path}`;
}

function credentialsOf({ apiKeyHeader, accessToken }: WhatsAppCloudAccount): Record<string, string> {
  const key = accessToken.reveal();
  return apiKeyHeader === undefined ? { Authorization: `Bearer ${key}` } : { [apiKeyHeader]: key };
}
