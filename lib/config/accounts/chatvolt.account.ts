import { IsBoolean } from 'class-validator';
import { IsPathSegment, IsText, IsTrimmed, Optional } from '../../validation/index.js';
import { IsCredential, IsSecretOrSecrets } from '../options.rules.js';
import { type AccountBase, AccountBaseDto, accountBase, type Pacing, wrapSecrets } from './account-base.js';
import type { AccountDefinition } from './account-definition.interface.js';
import { Secret } from './secret.js';

/**
 * A Chatvolt organization.
 *
 * @see {@link https://docs.chatvolt.ai}
 *
 * @publicApi
 */
export interface ChatvoltAccountOptions {
  provider: 'chatvolt';
  /** The name that calls use to select this account. */
  name: string;
  /** The API key, sent as `Authorization: Bearer …`. */
  apiKey: string;
  /** The agent of calls that name none. */
  agentId?: string;
  /**
   * Whether to look up the conversation of a phone number or lid before a send.
   *
   * A lookup takes additional requests. Its result is cached for ten minutes.
   *
   * @default false
   */
  lookUpConversations?: boolean;
  /**
   * The account's channel, such as `whatsapp`, `zapi` or `zapper`. Texts to phone numbers use it, and lookups are limited
   * to its conversations.
   *
   * @default 'whatsapp' for texts, and all WhatsApp channels for lookups
   */
  channel?: string;
  /** The ID of the WhatsApp phone number that sends templates. */
  phoneNumberId?: string;
  /** The base URL: https, or http on a loopback address. It may contain a path. @default 'https://api.chatvolt.ai' */
  baseUrl?: string;
  /**
   * More hosts of files that people send, such as `files.example.com`, or `.example.com` for all its subdomains. Their
   * requests have no credentials.
   *
   * @default [], which allows the host of `baseUrl` and Chatvolt's own hosts
   */
  mediaHosts?: string[];
  /**
   * The secret of webhooks, sent as `Authorization: Bearer …` or `webhook-secret`. Pass an array while you rotate it.
   * Without it webhooks are rejected.
   */
  webhookSecret?: string | string[];
  /** The account's rate limit. */
  pacing?: Pacing;
}

/** A validated Chatvolt account. @publicApi */
export interface ChatvoltAccount extends AccountBase {
  readonly provider: 'chatvolt';
  readonly apiKey: Secret;
  readonly agentId?: string;
  readonly lookUpConversations: boolean;
  readonly channel?: string;
  readonly phoneNumberId?: string;
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
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  phoneNumberId?: string;

  @Optional()
  @IsSecretOrSecrets()
  webhookSecret?: string | string[];
}

export const CHATVOLT_ACCOUNT: AccountDefinition<ChatvoltAccountOptions, ChatvoltAccount> = {
  provider: 'chatvolt',
  rules: ChatvoltAccountOptionsDto,
  verifiesWebhookAddress: false,
  environment: {
    required: { apiKey: 'CHATVOLT_API_KEY' },
    optional: {
      agentId: 'CHATVOLT_AGENT_ID',
      channel: 'CHATVOLT_CHANNEL',
      phoneNumberId: 'CHATVOLT_PHONE_NUMBER_ID',
      baseUrl: 'CHATVOLT_BASE_URL',
      webhookSecret: 'CHATVOLT_WEBHOOK_SECRET',
    },
  },
  create: (options) => ({
    ...accountBase(options, 'https://api.chatvolt.ai'),
    apiKey: new Secret(options.apiKey),
    ...(options.agentId !== undefined && { agentId: options.agentId }),
    lookUpConversations: options.lookUpConversations ?? false,
    ...(options.channel !== undefined && { channel: options.channel }),
    ...(options.phoneNumberId !== undefined && { phoneNumberId: options.phoneNumberId }),
    webhookSecret: wrapSecrets(options.webhookSecret),
  }),
  decoy: (name, secret) => ({ provider: 'chatvolt', name, apiKey: secret(), webhookSecret: secret() }),
  testAccount: { provider: 'chatvolt', name: 'chatvolt', apiKey: 'key', agentId: 'agent' },
};
