import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { Entrance } from '../request-builder.js';

/** The way in with the account's key. */
export function chatvoltEntrance(account: ChatvoltAccount): Entrance {
  return new Entrance(account.baseUrl, { Authorization: `Bearer ${account.apiKey.reveal()}` });
}
