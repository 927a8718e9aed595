import { IsBoolean } from 'class-validator';
import { IsPathSegment, IsText, IsTrimmed, Optional } from '../../validation/index.js';
import { createRuleDecorator } from '../../validation/rule.js';
import { IsApiPath, IsCredential, IsHeaderName, IsSecretOrSecrets } from '../options.rules.js';
import {
  type AccountBase,
  AccountBaseDto,
  type AccountPacing,
  accountBase,
  type Pacing,
  wrapSecrets,
} from './account-base.js';
import type { AccountDefinition } from './account-definition.interface.js';
import { Secret } from './secret.js';

// Meta's throughput limit and pair rate limit: https://developers.facebook.com/docs/whatsapp/cloud-api/overview
const CLOUD_PACING: AccountPacing = { perSecond: 80, perRecipientPerSecond: 1 / 6, burst: 45, accountBurst: 1 };

/**
 * A phone number of the WhatsApp Cloud API.
 *
 * @see {@link https://developers.facebook.com/docs/whatsapp/cloud-api}
 *
 * @publicApi
 */
export interface WhatsAppCloudAccountOptions {
  provider: 'whatsapp-cloud';
  /** The name that calls use to select this account. */
  name: string;
  /** The ID of the phone number, not the number itself. */
  phoneNumberId: string;
  /** The access token, sent as `Authorization: Bearer …`. With `apiKeyHeader`, the provider's API key. */
  accessToken: string;
  /** The ID of the WhatsApp Business account, for `listTemplates` and `subscribe`. */
  businessAccountId?: string;
  /**
   * Whether templates of `ButtonMessagingService` are compared with the approved ones before they are sent: name,
   * language, status, number and form of the values, buttons. Each name is read at most every ten minutes. Requires
   * `businessAccountId`.
   *
   * @default false
   */
  checkTemplates?: boolean;
  /**
   * The header for the API key of another provider with this API, such as `D360-API-KEY`. It contains `accessToken`
   * without `Bearer`. Requires `baseUrl`, so that Meta never gets that key.
   *
   * @see {@link https://docs.360dialog.com}
   */
  apiKeyHeader?: string;
  /**
   * The path of the phone number below `baseUrl`. Files and the business account are next to it. An empty string means
   * that the API has no path of a phone number.
   *
   * @default '{graphVersion}/{phoneNumberId}'
   */
  path?: string;
  /**
   * The header with the signature of webhooks: the HMAC-SHA256 of the body in hexadecimal. In other headers than Meta's,
   * the prefix `sha256=` is optional.
   *
   * @default 'X-Hub-Signature-256'
   */
  signatureHeader?: string;
  /**
   * The app secret, or the other provider's secret, which signs webhooks. Pass an array while you rotate it. Without it
   * webhooks are rejected.
   *
   * @see {@link https://developers.facebook.com/docs/graph-api/webhooks/getting-started}
   */
  appSecret?: string | string[];
  /** The verify token, which Meta sends to verify the webhook URL. */
  verifyToken?: string;
  /** The version of the Graph API. @default 'v26.0' */
  graphVersion?: string;
  /**
   * The base URL: https, or http on a loopback address. It may contain a path.
   *
   * @default 'https://graph.facebook.com'
   */
  baseUrl?: string;
  /**
   * More hosts of files that people send, such as `files.example.com`, or `.example.com` for all its subdomains. They get
   * the access token, as Meta's own host does.
   *
   * @default [], which allows the host of `baseUrl` and `lookaside.fbsbx.com`
   */
  mediaHosts?: string[];
  /** The account's rate limit. */
  pacing?: Pacing;
}

/** A validated account of the Cloud API. @publicApi */
export interface WhatsAppCloudAccount extends AccountBase {
  readonly provider: 'whatsapp-cloud';
  readonly phoneNumberId: string;
  readonly accessToken: Secret;
  readonly appSecret: readonly Secret[];
  readonly verifyToken?: Secret;
  readonly graphVersion: string;
  readonly businessAccountId?: string;
  readonly checkTemplates: boolean;
  readonly apiKeyHeader?: string;
  readonly path?: string;
  readonly signatureHeader?: string;
}

const META_HOST = /(?:^|\.)facebook\.com$/i;

/** An option for another provider than Meta, which therefore has another host. */
const NeedsOtherHost = createRuleDecorator('needsOtherHost', {
  validate(_value, { object }) {
    const baseUrl: unknown = Reflect.get(object, 'baseUrl');
    return typeof baseUrl === 'string' && URL.canParse(baseUrl) && !META_HOST.test(new URL(baseUrl).hostname);
  },
  message: "$property requires the baseUrl of the provider, because its key must not be sent to Meta's",
});

/** The list of templates belongs to the business account. */
const NeedsBusinessAccount = createRuleDecorator('needsBusinessAccount', {
  validate: (value, { object }) => value !== true || Reflect.get(object, 'businessAccountId') !== undefined,
  message: '$property requires businessAccountId of the account',
});

class WhatsAppCloudAccountOptionsDto extends AccountBaseDto {
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  phoneNumberId!: string;

  @IsCredential()
  accessToken!: string;

  @Optional()
  @IsSecretOrSecrets()
  appSecret?: string | string[];

  @Optional()
  @IsText()
  verifyToken?: string;

  @Optional()
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  graphVersion?: string;

  @Optional()
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  businessAccountId?: string;

  @Optional()
  @NeedsBusinessAccount()
  @IsBoolean()
  checkTemplates?: boolean;

  @Optional()
  @NeedsOtherHost()
  @IsHeaderName()
  apiKeyHeader?: string;

  @Optional()
  @IsApiPath()
  path?: string;

  @Optional()
  @IsHeaderName()
  signatureHeader?: string;
}

export const WHATSAPP_CLOUD_ACCOUNT: AccountDefinition<WhatsAppCloudAccountOptions, WhatsAppCloudAccount> = {
  provider: 'whatsapp-cloud',
  rules: WhatsAppCloudAccountOptionsDto,
  verifiesWebhookAddress: true,
  environment: {
    required: { phoneNumberId: 'WHATSAPP_PHONE_NUMBER_ID', accessToken: 'WHATSAPP_ACCESS_TOKEN' },
    optional: {
      appSecret: 'WHATSAPP_APP_SECRET',
      verifyToken: 'WHATSAPP_VERIFY_TOKEN',
      businessAccountId: 'WHATSAPP_BUSINESS_ACCOUNT_ID',
      baseUrl: 'WHATSAPP_BASE_URL',
    },
  },
  create: (options) => ({
    ...accountBase(options, 'https://graph.facebook.com', CLOUD_PACING),
    phoneNumberId: options.phoneNumberId,
    accessToken: new Secret(options.accessToken),
    appSecret: wrapSecrets(options.appSecret),
    ...(options.verifyToken !== undefined && { verifyToken: new Secret(options.verifyToken) }),
    graphVersion: options.graphVersion ?? 'v26.0',
    ...(options.businessAccountId !== undefined && { businessAccountId: options.businessAccountId }),
    checkTemplates: options.checkTemplates ?? false,
    ...(options.apiKeyHeader !== undefined && { apiKeyHeader: options.apiKeyHeader }),
    ...(options.path !== undefined && { path: options.path }),
    ...(options.signatureHeader !== undefined && { signatureHeader: options.signatureHeader }),
  }),
  decoy: (name, secret) => ({
    provider: 'whatsapp-cloud',
    name,
    phoneNumberId: name,
    accessToken: secret(),
    appSecret: secret(),
    verifyToken: secret(),
  }),
  testAccount: {
    provider: 'whatsapp-cloud',
    name: 'whatsapp-cloud',
    phoneNumberId: '100000000000001',
    accessToken: 'token',
    businessAccountId: '100000000000002',
    verifyToken: 'verification-in-tests',
  },
};
