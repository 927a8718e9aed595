import type { ChatvoltAccount } from '../../config/account.js';
import type { HttpRequest } from '../../transport/http-request.interface.js';

/** A request with the account's key. */
export function chatvoltRequest(
  account: ChatvoltAccount,
  method: 'GET' | 'POST',
  path: string,
  body?: string,
): HttpRequest {
  return {
    method,
    url: `${account.baseUrl}/${path}`,
    headers: {
      Authorization: `Bearer ${account.apiKey.reveal()}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  };
}
