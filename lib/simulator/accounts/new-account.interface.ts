import type {
  SimulatedChatvoltAccount,
  SimulatedWhatsAppCloudAccount,
  SimulatedZApiAccount,
} from '../simulated-account.interface.js';

/** Credentials of a Z-API account. Missing ones are generated, and unique. @publicApi */
export type ZApiCredentials = Partial<Pick<SimulatedZApiAccount, 'instanceId' | 'token' | 'clientToken'>>;

/** Credentials of a Chatvolt account. Agents of one organization may share an `apiKey`. @publicApi */
export type ChatvoltCredentials = Partial<Pick<SimulatedChatvoltAccount, 'apiKey' | 'agentId' | 'webhookSecret'>>;

/**
 * Credentials of a Cloud API account. Phone numbers of one business may share an `accessToken`. They share the
 * `businessAccountId` 100000000000001, and so its templates, unless you give another.
 *
 * @publicApi
 */
export type WhatsAppCloudCredentials = Partial<
  Pick<
    SimulatedWhatsAppCloudAccount,
    'phoneNumberId' | 'businessAccountId' | 'accessToken' | 'appSecret' | 'verifyToken'
  >
>;

/** A new Z-API instance. @publicApi */
export interface NewZApiAccount extends ZApiCredentials {
  readonly provider: 'z-api';
  /** A unique name. Webhooks are sent to `{url}/z-api/{name}`. */
  readonly name: string;
}

/** A new Chatvolt agent. @publicApi */
export interface NewChatvoltAccount extends ChatvoltCredentials {
  readonly provider: 'chatvolt';
  /** A unique name. Webhooks are sent to `{url}/chatvolt/{name}`. */
  readonly name: string;
}

/** A new phone number of the Cloud API. @publicApi */
export interface NewWhatsAppCloudAccount extends WhatsAppCloudCredentials {
  readonly provider: 'whatsapp-cloud';
  /** A unique name. Webhooks are sent to `{url}/whatsapp-cloud/{name}`. */
  readonly name: string;
}

/** A new account of any provider. @publicApi */
export type NewSimulatedAccount = NewZApiAccount | NewChatvoltAccount | NewWhatsAppCloudAccount;

/** New credentials of an account. @publicApi */
export type SimulatedAccountChange = ZApiCredentials | ChatvoltCredentials | WhatsAppCloudCredentials;
