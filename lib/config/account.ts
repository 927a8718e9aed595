import type { ProviderName } from './account-options.interface.js';
import type { CustomProvider } from './custom-provider.interface.js';
import type { Secret } from './secret.js';

/** The pace of an account, its provider's defaults filled in. `undefined` is without limit. */
export interface AccountPacing {
  readonly perSecond?: number | undefined;
  readonly perRecipientPerSecond?: number | undefined;
  /** Messages that may go to one recipient at once. */
  readonly burst: number;
  /** Messages of the whole account that may go at once. */
  readonly accountBurst: number;
}

/** What every account has. */
interface AccountBase {
  readonly provider: ProviderName;
  readonly name: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly pacing: AccountPacing;
}

/** An account at a provider of the application's own. */
export interface CustomAccount {
  /** `custom:` and the provider's name. */
  readonly provider: `custom:${string}`;
  readonly name: string;
  readonly pacing: AccountPacing;
  readonly custom: CustomProvider;
}

/** An instance of Z-API, as it is used. */
export interface ZApiAccount extends AccountBase {
  readonly provider: 'z-api';
  readonly instanceId: string;
  readonly token: Secret;
  readonly clientToken?: Secret;
  readonly authorization?: Secret;
  readonly webhookSecret: readonly Secret[];
}

/** An organization at Chatvolt, as it is used. */
export interface ChatvoltAccount extends AccountBase {
  readonly provider: 'chatvolt';
  readonly apiKey: Secret;
  readonly agentId?: string;
  readonly lookUpConversations: boolean;
  readonly channel?: string;
  readonly webhookSecret: readonly Secret[];
}

/** A telephone number of the Cloud API, as it is used. */
export interface WhatsAppCloudAccount extends AccountBase {
  readonly provider: 'whatsapp-cloud';
  readonly phoneNumberId: string;
  readonly accessToken: Secret;
  readonly appSecret: readonly Secret[];
  readonly verifyToken?: Secret;
  readonly graphVersion: string;
}

/** An account as it is used: checked, frozen, its secrets sealed. */
export type Account = ZApiAccount | ChatvoltAccount | WhatsAppCloudAccount | CustomAccount;

/** The account of one provider. */
export type AccountOf<P extends ProviderName> = Extract<Account, { provider: P }>;

export function isCustom(account: Account): account is CustomAccount {
  return 'custom' in account;
}

export function isAccountOf<P extends ProviderName>(account: Account, provider: P): account is AccountOf<P> {
  return account.provider === provider;
}
