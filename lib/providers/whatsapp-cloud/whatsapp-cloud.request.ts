import type { WhatsAppCloudAccount } from '../../config/account.js';
import type { HttpRequest } from '../../transport/http-request.interface.js';

/** A request that concerns the account's telephone number. `path` is what stands behind the number. */
export function cloudRequest(
  account: WhatsAppCloudAccount,
  method: 'GET' | 'POST',
  path: string,
  body?: string,
): HttpRequest {
  const { baseUrl, graphVersion, phoneNumberId, accessToken } = account;
  return {
    method,
    url: `${baseUrl}/${encodeURIComponent(graphVersion)}/${encodeURIComponent(phoneNumberId)}${path}`,
    headers: {
      Authorization: `Bearer ${accessToken.reveal()}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  };
}
