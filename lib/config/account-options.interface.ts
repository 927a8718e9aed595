import type { CustomProvider } from './custom-provider.interface.js';

/** How fast an account may send. What is left out is not limited, except where a provider has a default. */
export interface Pacing {
  /** Messages a second over the whole account. Default: 80 for `whatsapp-cloud`, none for the others. */
  perSecond?: number;
  /** Messages a second to one recipient. Default: 1/6 for `whatsapp-cloud`, none for the others. */
  perRecipientPerSecond?: number;
  /**
   * Messages that may go at once before a pace holds, to one recipient and of the whole account. Default: 1; for
   * `whatsapp-cloud` 45 to one recipient.
   */
  burst?: number;
}

/** An instance of Z-API. */
export interface ZApiAccountOptions {
  provider: 'z-api';
  /** The name by which calls choose this account. */
  name: string;
  instanceId: string;
  /** The instance's token. It stands in the URL of every call. */
  token: string;
  /** The account's security token, where it is activated: the header `Client-Token`. */
  clientToken?: string;
  /** For the vendor's compatible host only: the bare secret of `Authorization: Bearer …`, in place of `clientToken`. */
  authorization?: string;
  /** Default: `https://api.z-api.io`. A path in it is kept. */
  baseUrl?: string;
  /** What webhooks must bring as `webhook-secret`, in the query or as a header. Several while it is being changed. */
  webhookSecret?: string | string[];
  pacing?: Pacing;
}

/** An organization at Chatvolt. */
export interface ChatvoltAccountOptions {
  provider: 'chatvolt';
  /** The name by which calls choose this account. */
  name: string;
  apiKey: string;
  /** The agent that speaks where a call names none. */
  agentId?: string;
  /**
   * Whether a telephone number or a lid is looked up among the conversations, for buttons and for texts, which costs
   * requests: what was read is remembered for ten minutes. Default: false.
   */
  lookUpConversations?: boolean;
  /**
   * The channel of the account: `whatsapp`, `zapi`, `zapper`, … A text by telephone number goes there, and only its
   * conversations are looked through. Default: texts go to `whatsapp`, and all of WhatsApp's channels are looked
   * through.
   */
  channel?: string;
  /** Default: `https://api.chatvolt.ai`. A path in it is kept. */
  baseUrl?: string;
  /** What webhooks must bring, as `Authorization: Bearer …` or as `webhook-secret`. Several while it is being changed. */
  webhookSecret?: string | string[];
  pacing?: Pacing;
}

/** A telephone number of the WhatsApp Business Cloud API. */
export interface WhatsAppCloudAccountOptions {
  provider: 'whatsapp-cloud';
  /** The name by which calls choose this account. */
  name: string;
  phoneNumberId: string;
  accessToken: string;
  /** The secret of the app that signs webhooks. Several while it is being changed. */
  appSecret?: string | string[];
  /** What Meta must bring when it verifies the webhook's address. */
  verifyToken?: string;
  /** Default: `v26.0`. */
  graphVersion?: string;
  /** Default: `https://graph.facebook.com`. A path in it is kept. */
  baseUrl?: string;
  pacing?: Pacing;
}

/** An account at a provider of your own. */
export interface CustomAccountOptions {
  provider: CustomProvider;
  /** The name by which calls choose this account. */
  name: string;
  pacing?: Pacing;
}

/** One account at one of the providers that are known here. */
export type KnownAccountOptions = ZApiAccountOptions | ChatvoltAccountOptions | WhatsAppCloudAccountOptions;

/** One account at one provider. */
export type AccountOptions = KnownAccountOptions | CustomAccountOptions;

/** The providers by the names that accounts, events and errors use. */
export type ProviderName = KnownAccountOptions['provider'];
