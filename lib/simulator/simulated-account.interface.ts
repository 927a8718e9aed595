/** The providers that the simulator plays, by the names that accounts and messages use. */
export type SimulatedProviderName = 'z-api' | 'chatvolt' | 'whatsapp-cloud';

/** The account that the simulated Z-API knows. Requests must bring all three credentials. */
export interface SimulatedZApiAccount {
  provider: 'z-api';
  name: string;
  instanceId: string;
  token: string;
  clientToken: string;
  baseUrl: string;
}

/** The account that the simulated Chatvolt knows. */
export interface SimulatedChatvoltAccount {
  provider: 'chatvolt';
  name: string;
  apiKey: string;
  agentId: string;
  lookUpConversations: boolean;
  /** What the simulator's webhooks bring as `Authorization: Bearer …`. */
  webhookSecret: string;
  baseUrl: string;
}

/** The account that the simulated Cloud API knows. */
export interface SimulatedWhatsAppCloudAccount {
  provider: 'whatsapp-cloud';
  name: string;
  phoneNumberId: string;
  accessToken: string;
  /** The secret with which the simulator signs its webhooks. */
  appSecret: string;
  /** What the simulator brings when it verifies the webhook's address. */
  verifyToken: string;
  baseUrl: string;
}

/** One made-up account, in the form that `ButtonMessagingModule.forRoot({ accounts })` takes. */
export type SimulatedAccount = SimulatedZApiAccount | SimulatedChatvoltAccount | SimulatedWhatsAppCloudAccount;
