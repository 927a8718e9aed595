/** The simulated providers, by the names in accounts and messages. @publicApi */
export type SimulatedProviderName = 'z-api' | 'chatvolt' | 'whatsapp-cloud';

/** A Z-API account. Requests must have all three credentials. @publicApi */
export interface SimulatedZApiAccount {
  provider: 'z-api';
  name: string;
  instanceId: string;
  token: string;
  clientToken: string;
  baseUrl: string;
}

/** A Chatvolt account. @publicApi */
export interface SimulatedChatvoltAccount {
  provider: 'chatvolt';
  name: string;
  apiKey: string;
  agentId: string;
  lookUpConversations: boolean;
  /** The phone number that sends templates. Any is accepted. */
  phoneNumberId: string;
  /** The `Authorization: Bearer …` of the simulator's webhooks. */
  webhookSecret: string;
  baseUrl: string;
}

/** A Cloud API account. @publicApi */
export interface SimulatedWhatsAppCloudAccount {
  provider: 'whatsapp-cloud';
  name: string;
  phoneNumberId: string;
  /** The WhatsApp business account, which has the templates. */
  businessAccountId: string;
  accessToken: string;
  /** The secret that signs the simulator's webhooks. */
  appSecret: string;
  /** The token of webhook verification requests. */
  verifyToken: string;
  baseUrl: string;
}

/** A simulated account, in the format of `ButtonMessagingModule.forRoot({ accounts })`. @publicApi */
export type SimulatedAccount = SimulatedZApiAccount | SimulatedChatvoltAccount | SimulatedWhatsAppCloudAccount;
