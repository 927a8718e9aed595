import type { CustomAccount } from '../../config/accounts/custom.account.js';
import type { ParsedWebhook } from '../../events/messaging-event.interface.js';
import type { WebhookAdapter, WebhookRequest } from '../webhook-adapter.js';

/** The webhooks of custom providers. Without a `webhook`, all requests are rejected. */
export const customWebhook: WebhookAdapter<CustomAccount> = {
  isAuthentic(request: WebhookRequest, { custom }: CustomAccount): boolean {
    return isTrue(() => custom.webhook?.isAuthentic(request));
  },

  verifyHead(head: WebhookRequest, { custom }: CustomAccount): boolean | undefined {
    let isBodyNeeded = false;
    const observed: WebhookRequest = Object.defineProperty({ ...head }, 'rawBody', {
      enumerable: true,
      get: () => {
        isBodyNeeded = true;
      },
    });
    const isAuthentic = isTrue(() => custom.webhook?.isAuthentic(observed));
    return isBodyNeeded ? undefined : isAuthentic;
  },

  describeMismatch(_request: WebhookRequest, { custom }: CustomAccount): string {
    return custom.webhook ? 'isAuthentic of its provider returned false' : 'its provider has no webhook';
  },

  parse(body: unknown, { provider, name: account, custom }: CustomAccount): ParsedWebhook {
    const events = (custom.webhook?.parse(body) ?? []).map((event) => ({ ...event, provider, account }));
    return { events, foreign: [] };
  },
};

/** Comparisons of secrets throw if lengths differ, which means that the request is not authentic. */
function isTrue(check: () => boolean | undefined): boolean {
  try {
    return check() === true;
  } catch {
    return false;
  }
}
