import { type Account, providerNameOf } from '../../lib/config/accounts/account.js';
import { chatvoltWebhook } from '../../lib/providers/chatvolt/chatvolt.webhook.js';
import { customWebhook } from '../../lib/providers/custom/custom.webhook.js';
import type { WebhookProvider } from '../../lib/providers/webhook-provider.js';
import { whatsAppCloudWebhook } from '../../lib/providers/whatsapp-cloud/whatsapp-cloud.webhook.js';
import { zApiWebhook } from '../../lib/providers/z-api/z-api.webhook.js';

const WEBHOOKS: Readonly<Record<string, WebhookProvider>> = {
  custom: customWebhook,
  'z-api': zApiWebhook,
  chatvolt: chatvoltWebhook,
  'whatsapp-cloud': whatsAppCloudWebhook,
};

/** How webhooks of an account's provider are verified and parsed. */
export function webhookOf(account: Account): WebhookProvider {
  const webhook = WEBHOOKS[providerNameOf(account)];
  if (!webhook) throw new Error(`There is no provider ${account.provider}.`);
  return webhook;
}

/** What the package knows of its providers, as far as webhooks go. */
export const webhookRegistry = {
  has: (name: string) => Object.hasOwn(WEBHOOKS, name),
  of: (account: Account) => ({ webhook: webhookOf(account) }),
};
