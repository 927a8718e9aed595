import { Injectable } from '@nestjs/common';
import { type Account, isCustom } from '../config/account.js';
import type { ProviderName } from '../config/account-options.interface.js';
import { ChatvoltProvider } from './chatvolt/chatvolt.provider.js';
import { CustomMessagingProvider } from './custom/custom.provider.js';
import type { MessagingProvider } from './messaging-provider.js';
import { WhatsAppCloudProvider } from './whatsapp-cloud/whatsapp-cloud.provider.js';
import { ZApiProvider } from './z-api/z-api.provider.js';

/** The providers there are: a new one gets its line here. */
@Injectable()
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
