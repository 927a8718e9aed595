import type { CustomAccount } from '../../config/accounts/custom.account.js';
import type { ParsedWebhook } from '../../events/messaging-event.interface.js';
import type { WebhookAdapter, WebhookRequest } from '../webhook-adapter.js';

/** The webhooks of providers that applications bring along. Without a `webhook` nobody is let in. */
export const customWebhook: WebhookAdapter<CustomAccount> = {
  isAuthentic(request: WebhookRequest, { custom }: CustomAccount): boolean {
    return isHeldTrue(() => custom.webhook?.isAuthentic(request));
  },

  judgeHead(head: WebhookRequest, { custom }: CustomAccount): boolean | undefined {
    let isBodyNeeded = false;
    const watched: WebhookRequest = Object.defineProperty({ ...head }, 'rawBody', {
      enumerable: true,
      get: () => {
        isBodyNeeded = true;
      },
    });
    const isAuthentic = isHeldTrue(() => custom.webhook?.isAuthentic(watched));
    return isBodyNeeded ? undefined : isAuthentic;
  },

  describeMismatch(_request: WebhookRequest, { custom }: CustomAccount): string {
    return custom.webhook ? 'isAuthentic of its provider did not let it in' : 'its provider has no webhook';
  },

  parse(body: unknown, { provider, name: account, custom }: CustomAccount): ParsedWebhook {
    const events = (custom.webhook?.parse(body) ?? []).map((event) => ({ ...event, provider, account }));
    return { events, foreign: [] };
  },
};

/** Comparisons of secrets throw where lengths differ: that proves nothing, and so it is a no. */
function isHeldTrue(judge: () => boolean | undefined): boolean {
  try {
    return judge() === true;
  } catch {
    return false;
  }
}
