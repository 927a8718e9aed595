import type { Account } from '../config/account.js';
import type { ProviderName } from '../config/account-options.interface.js';
import { chatvoltWebhook } from '../providers/chatvolt/chatvolt.webhook.js';
import type { WebhookProvider } from '../providers/webhook-provider.js';
import { whatsAppCloudWebhook } from '../providers/whatsapp-cloud/whatsapp-cloud.webhook.js';
import { zApiWebhook } from '../providers/z-api/z-api.webhook.js';

/** Who understands whose webhooks: a new provider gets its line here. */
const WEBHOOKS: Readonly<Record<ProviderName, WebhookProvider>> = {
  'z-api': zApiWebhook,
  chatvolt: chatvoltWebhook,
  'whatsapp-cloud': whatsAppCloudWebhook,
};

export function isWebhookProvider(name: string): name is ProviderName {
  return Object.hasOwn(WEBHOOKS, name);
}

export function webhookProviderOf(account: Account): WebhookProvider {
  return WEBHOOKS[account.provider];
}
