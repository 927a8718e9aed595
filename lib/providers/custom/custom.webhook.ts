import type { CustomAccount } from '../../config/account.js';
import type { ParsedEvent } from '../../events/messaging-event.interface.js';
import type { WebhookProvider, WebhookRequest } from '../webhook-provider.js';

/** The webhooks of providers that applications bring along. Without a `webhook` nobody is let in. */
export const customWebhook: WebhookProvider<CustomAccount> = {
  isAuthentic(request: WebhookRequest, { custom }: CustomAccount): boolean {
    return custom.webhook?.isAuthentic(request) === true;
  },

  faultOf(_request: WebhookRequest, { custom }: CustomAccount): string {
    return custom.webhook ? 'isAuthentic of its provider did not let it in' : 'its provider has no webhook';
  },

  parse(body: unknown, { provider, name: account, custom }: CustomAccount): ParsedEvent[] {
    return (custom.webhook?.parse(body) ?? []).map((event) => ({ ...event, provider, account }));
  },
};
