import { chatvoltWebhook } from '../../lib/adapters/chatvolt/chatvolt.webhook.js';
import { customWebhook } from '../../lib/adapters/custom/custom.webhook.js';
import type { WebhookAdapter } from '../../lib/adapters/webhook-adapter.js';
import { whatsAppCloudWebhook } from '../../lib/adapters/whatsapp-cloud/whatsapp-cloud.webhook.js';
import { zApiWebhook } from '../../lib/adapters/z-api/z-api.webhook.js';
import { type Account, providerNameOf } from '../../lib/config/accounts/account.js';

const WEBHOOKS: Readonly<Record<string, WebhookAdapter>> = {
  custom: customWebhook,
  'z-api': zApiWebhook,
  chatvolt: chatvoltWebhook,
  'whatsapp-cloud': whatsAppCloudWebhook,
};

/** How webhooks of an account's provider are verified and parsed. */
export function webhookOf(account: Account): WebhookAdapter {
  const webhook = WEBHOOKS[providerNameOf(account)];
  if (!webhook) throw new Error(`There is no provider ${account.provider}.`);
  return webhook;
}

/** What the package knows of its providers, as far as webhooks go. */
export const webhookRegistry = {
  has: (name: string) => Object.hasOwn(WEBHOOKS, name),
  of: (account: Account) => ({ webhook: webhookOf(account) }),
};
