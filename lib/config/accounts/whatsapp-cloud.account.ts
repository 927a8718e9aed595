import { IsPathSegment, IsText, IsTrimmed, Optional } from '../../validation/index.js';
import { IsCredential, IsSecretOrSecrets } from '../options.rules.js';
import {
  type AccountBase,
  AccountBaseDto,
  type AccountPacing,
  type Pacing,
  pacingOf,
  trimSlash,
  wrapSecrets,
} from './account-base.js';
import type { AccountDefinition } from './account-definition.interface.js';
import { Secret } from './secret.js';

// WhatsApp's throughput, and its pair rate limits.
const CLOUD_PACING: AccountPacing = { perSecond: 80, perRecipientPerSecond: 1 / 6, burst: 45, accountBurst: 1 };

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

/** A telephone number of the Cloud API, as it is used. */
export interface WhatsAppCloudAccount extends AccountBase {
  readonly provider: 'whatsapp-cloud';
  readonly phoneNumberId: string;
  readonly accessToken: Secret;
  readonly appSecret: readonly Secret[];
  readonly verifyToken?: Secret;
  readonly graphVersion: string;
}

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
}

export const WHATSAPP_CLOUD_ACCOUNT: AccountDefinition<
  'whatsapp-cloud',
  WhatsAppCloudAccountOptions,
  WhatsAppCloudAccount
> = {
  provider: 'whatsapp-cloud',
  rules: WhatsAppCloudAccountOptionsDto,
  verifiesWebhookAddress: true,
  environment: {
    required: { phoneNumberId: 'WHATSAPP_PHONE_NUMBER_ID', accessToken: 'WHATSAPP_ACCESS_TOKEN' },
    optional: { appSecret: 'WHATSAPP_APP_SECRET', verifyToken: 'WHATSAPP_VERIFY_TOKEN', baseUrl: 'WHATSAPP_BASE_URL' },
  },
  create: (options) => ({
    provider: options.provider,
    name: options.name,
    phoneNumberId: options.phoneNumberId,
    accessToken: new Secret(options.accessToken),
    appSecret: wrapSecrets(options.appSecret),
    ...(options.verifyToken !== undefined && { verifyToken: new Secret(options.verifyToken) }),
    graphVersion: options.graphVersion ?? 'v26.0',
    baseUrl: trimSlash(options.baseUrl ?? 'https://graph.facebook.com'),
    pacing: pacingOf(options.pacing, CLOUD_PACING),
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
  },
};
