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

/** An instance of Z-API, as it is used. */
export interface ZApiAccount extends AccountBase {
  readonly provider: 'z-api';
  readonly instanceId: string;
  readonly token: Secret;
  readonly clientToken?: Secret;
  readonly authorization?: Secret;
  readonly webhookSecret: readonly Secret[];
}

class ZApiAccountOptionsDto extends AccountBaseDto {
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  instanceId!: string;

  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  token!: string;

  @Optional()
  @IsCredential()
  clientToken?: string;

  @Optional()
  @IsCredential()
  authorization?: string;

  @Optional()
  @IsSecretOrSecrets()
  webhookSecret?: string | string[];
}

export const Z_API_ACCOUNT: AccountDefinition<'z-api', ZApiAccountOptions, ZApiAccount> = {
  provider: 'z-api',
  rules: ZApiAccountOptionsDto,
  verifiesWebhookAddress: false,
  environment: {
    required: { instanceId: 'Z_API_INSTANCE_ID', token: 'Z_API_TOKEN' },
    optional: { clientToken: 'Z_API_CLIENT_TOKEN', baseUrl: 'Z_API_BASE_URL', webhookSecret: 'Z_API_WEBHOOK_SECRET' },
  },
  create: (options) => ({
    provider: options.provider,
    name: options.name,
    instanceId: options.instanceId,
    token: new Secret(options.token),
    ...(options.clientToken !== undefined && { clientToken: new Secret(options.clientToken) }),
    ...(options.authorization !== undefined && { authorization: new Secret(options.authorization) }),
    baseUrl: trimSlash(options.baseUrl ?? 'https://api.z-api.io'),
    webhookSecret: wrapSecrets(options.webhookSecret),
    pacing: pacingOf(options.pacing, NO_PACING),
  }),
  decoy: (name, secret) => ({ provider: 'z-api', name, instanceId: name, token: secret(), webhookSecret: secret() }),
  testAccount: { provider: 'z-api', name: 'z-api', instanceId: 'instance', token: 'token' },
};
