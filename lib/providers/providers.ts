import { type Account, isCustom } from '../config/account.js';
import type { ProviderName } from '../config/account-options.interface.js';
import type { ChatvoltProvider } from './chatvolt/chatvolt.provider.js';
import type { CustomMessagingProvider } from './custom/custom.provider.js';
import type { MessagingProvider } from './messaging-provider.js';
import type { WhatsAppCloudProvider } from './whatsapp-cloud/whatsapp-cloud.provider.js';
import type { ZApiProvider } from './z-api/z-api.provider.js';

/** The providers there are: a new one gets its line here. */
export class MessagingProviders {
  private readonly byName: Readonly<Record<ProviderName, MessagingProvider>>;

  constructor(
    zApi: ZApiProvider,
    chatvolt: ChatvoltProvider,
    whatsAppCloud: WhatsAppCloudProvider,
    private readonly custom: CustomMessagingProvider,
  ) {
    this.byName = { 'z-api': zApi, chatvolt, 'whatsapp-cloud': whatsAppCloud };
  }

  /** The provider of an account. */
  of(account: Account): MessagingProvider {
    return isCustom(account) ? this.custom : this.byName[account.provider];
  }
}
