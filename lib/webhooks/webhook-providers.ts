import { type Account, isCustom } from '../config/account.js';
import type { ProviderName } from '../config/account-options.interface.js';
import { chatvoltWebhook } from '../providers/chatvolt/chatvolt.webhook.js';
import { customWebhook } from '../providers/custom/custom.webhook.js';
import type { WebhookProvider } from '../providers/webhook-provider.js';
import { whatsAppCloudWebhook } from '../providers/whatsapp-cloud/whatsapp-cloud.webhook.js';
import { zApiWebhook } from '../providers/z-api/z-api.webhook.js';

/** Who understands whose webhooks: a new provider gets its line here. */
const WEBHOOKS: Readonly<Record<ProviderName | 'custom', WebhookProvider>> = {
  custom: customWebhook,
  'z-api': zApiWebhook,
  chatvolt: chatvoltWebhook,
  'whatsapp-cloud': whatsAppCloudWebhook,
};

export function isWebhookProvider(name: string): boolean {
  return Object.hasOwn(WEBHOOKS, name);
}

/** What stands for an account's provider in the path of its webhooks. */
export function webhookNameOf(account: Account): ProviderName | 'custom' {
  return isCustom(account) ? 'custom' : account.provider;
}

export function webhookProviderOf(account: Account): WebhookProvider {
  return WEBHOOKS[webhookNameOf(account)];
}
