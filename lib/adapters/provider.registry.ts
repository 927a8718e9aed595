import { Injectable } from '@nestjs/common';
import { type Account, isCustom } from '../config/accounts/account.js';
import type { ProviderName } from '../config/accounts/account-options.interface.js';
import { ChatvoltAdapter } from './chatvolt/chatvolt.adapter.js';
import { CustomAdapter } from './custom/custom.adapter.js';
import type { ProviderAdapter } from './provider-adapter.interface.js';
import { WhatsAppCloudAdapter } from './whatsapp-cloud/whatsapp-cloud.adapter.js';
import { ZApiAdapter } from './z-api/z-api.adapter.js';

/** The adapter of each provider: a new one gets its line here. */
@Injectable()
export class ProviderRegistry {
  private readonly adapters: Readonly<Record<ProviderName, ProviderAdapter>>;

  constructor(
    zApi: ZApiAdapter,
    chatvolt: ChatvoltAdapter,
    whatsAppCloud: WhatsAppCloudAdapter,
    private readonly custom: CustomAdapter,
  ) {
    this.adapters = { 'z-api': zApi, chatvolt, 'whatsapp-cloud': whatsAppCloud };
  }

  /** Whether there is a provider of that name; `custom` stands for those that applications bring along. */
  has(name: string): boolean {
    return name === 'custom' || Object.hasOwn(this.adapters, name);
  }

  /** The adapter of an account's provider. */
  of(account: Account): ProviderAdapter {
    return isCustom(account) ? this.custom : this.adapters[account.provider];
  }
}
