import { IsBoolean } from 'class-validator';
import { IsPathSegment, IsText, IsTrimmed, Optional } from '../../validation/index.js';
import { IsCredential, IsSecretOrSecrets } from '../options.rules.js';
import {
  type AccountBase,
  AccountBaseDto,
  NO_PACING,
  type Pacing,
  pacingOf,
  trimSlash,
  wrapSecrets,
} from './account-base.js';
import type { AccountDefinition } from './account-definition.interface.js';
import { Secret } from './secret.js';

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

/** An organization at Chatvolt, as it is used. */
export interface ChatvoltAccount extends AccountBase {
  readonly provider: 'chatvolt';
  readonly apiKey: Secret;
  readonly agentId?: string;
  readonly lookUpConversations: boolean;
  readonly channel?: string;
  readonly webhookSecret: readonly Secret[];
}

class ChatvoltAccountOptionsDto extends AccountBaseDto {
  @IsCredential()
  apiKey!: string;

  @Optional()
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  agentId?: string;

  @Optional()
  @IsBoolean()
  lookUpConversations?: boolean;

  @Optional()
  @IsTrimmed()
  @IsText()
  channel?: string;

  @Optional()
  @IsSecretOrSecrets()
  webhookSecret?: string | string[];
}

export const CHATVOLT_ACCOUNT: AccountDefinition<'chatvolt', ChatvoltAccountOptions, ChatvoltAccount> = {
  provider: 'chatvolt',
  rules: ChatvoltAccountOptionsDto,
  verifiesWebhookAddress: false,
  environment: {
    required: { apiKey: 'CHATVOLT_API_KEY' },
    optional: {
      agentId: 'CHATVOLT_AGENT_ID',
      channel: 'CHATVOLT_CHANNEL',
      baseUrl: 'CHATVOLT_BASE_URL',
      webhookSecret: 'CHATVOLT_WEBHOOK_SECRET',
    },
  },
  create: (options) => ({
    provider: options.provider,
    name: options.name,
    apiKey: new Secret(options.apiKey),
    ...(options.agentId !== undefined && { agentId: options.agentId }),
    lookUpConversations: options.lookUpConversations ?? false,
    ...(options.channel !== undefined && { channel: options.channel }),
    baseUrl: trimSlash(options.baseUrl ?? 'https://api.chatvolt.ai'),
    webhookSecret: wrapSecrets(options.webhookSecret),
    pacing: pacingOf(options.pacing, NO_PACING),
  }),
  decoy: (name, secret) => ({ provider: 'chatvolt', name, apiKey: secret(), webhookSecret: secret() }),
  testAccount: { provider: 'chatvolt', name: 'chatvolt', apiKey: 'key', agentId: 'agent' },
};
