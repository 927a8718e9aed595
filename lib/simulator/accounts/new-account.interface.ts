import type {
  SimulatedChatvoltAccount,
  SimulatedWhatsAppCloudAccount,
  SimulatedZApiAccount,
} from '../simulated-account.interface.js';

/** What of an account can be chosen; what is left out is made up, and unlike that of every other account. */
export type ZApiCredentials = Partial<Pick<SimulatedZApiAccount, 'instanceId' | 'token' | 'clientToken'>>;

/** As `ZApiCredentials`. Several agents may share one `apiKey`, as those of one organization do. */
export type ChatvoltCredentials = Partial<Pick<SimulatedChatvoltAccount, 'apiKey' | 'agentId' | 'webhookSecret'>>;

/** As `ZApiCredentials`. Several numbers may share one `accessToken`, as those of one business do. */
export type WhatsAppCloudCredentials = Partial<
  Pick<SimulatedWhatsAppCloudAccount, 'phoneNumberId' | 'accessToken' | 'appSecret' | 'verifyToken'>
>;

/** A further Z-API instance. */
export interface NewZApiAccount extends ZApiCredentials {
  readonly provider: 'z-api';
  /** No other account has it. Its webhooks go to `{url}/z-api/{name}`. */
  readonly name: string;
}

/** A further Chatvolt agent. */
export interface NewChatvoltAccount extends ChatvoltCredentials {
  readonly provider: 'chatvolt';
  /** No other account has it. Its webhooks go to `{url}/chatvolt/{name}`. */
  readonly name: string;
}

/** A further number of the Cloud API. */
export interface NewWhatsAppCloudAccount extends WhatsAppCloudCredentials {
  readonly provider: 'whatsapp-cloud';
  /** No other account has it. Its webhooks go to `{url}/whatsapp-cloud/{name}`. */
  readonly name: string;
}

/** A further account of any provider. */
export type NewSimulatedAccount = NewZApiAccount | NewChatvoltAccount | NewWhatsAppCloudAccount;

/** Credentials in place of an account's own. */
export type SimulatedAccountChange = ZApiCredentials | ChatvoltCredentials | WhatsAppCloudCredentials;
