import type { KnownAccountOptions } from './account-definitions.js';
import type { CustomAccountOptions } from './custom.account.js';

export type { KnownAccountOptions };

/** An account. @publicApi */
export type AccountOptions = KnownAccountOptions | CustomAccountOptions;

/** The built-in providers, as accounts, events and errors name them. @publicApi */
export type ProviderName = KnownAccountOptions['provider'];
