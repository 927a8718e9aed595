import type { ChatvoltAccountOptions } from './chatvolt.account.js';
import type { CustomAccountOptions } from './custom.account.js';
import type { WhatsAppCloudAccountOptions } from './whatsapp-cloud.account.js';
import type { ZApiAccountOptions } from './z-api.account.js';

/** One account at one of the providers that are known here. */
export type KnownAccountOptions = ZApiAccountOptions | ChatvoltAccountOptions | WhatsAppCloudAccountOptions;

/** One account at one provider. */
export type AccountOptions = KnownAccountOptions | CustomAccountOptions;

/** The providers by the names that accounts, events and errors use. */
export type ProviderName = KnownAccountOptions['provider'];
