import type { KnownAccountOptions } from './account-definitions.js';
import type { CustomAccountOptions } from './custom.account.js';

export type { KnownAccountOptions };

/** One account at one provider. */
export type AccountOptions = KnownAccountOptions | CustomAccountOptions;

/** The providers by the names that accounts, events and errors use. */
export type ProviderName = KnownAccountOptions['provider'];
