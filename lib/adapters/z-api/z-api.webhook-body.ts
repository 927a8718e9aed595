import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import { eventTime } from '../../events/event-time.js';

/** The body of a callback. `momment` is Z-API's spelling. */
export type ZApiBody = Record<string, unknown>;

/** Returns the fields that every event of a callback has. */
export function baseOf(body: ZApiBody, account: ZApiAccount) {
  return { provider: account.provider, account: account.name, at: eventTime(body.momment ?? body.moment), raw: body };
}
