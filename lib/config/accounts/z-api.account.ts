import { IsPathSegment, IsText, IsTrimmed, Optional } from '../../validation/index.js';
import { IsCredential, IsSecretOrSecrets } from '../options.rules.js';
import { type AccountBase, AccountBaseDto, accountBase, type Pacing, wrapSecrets } from './account-base.js';
import type { AccountDefinition } from './account-definition.interface.js';
import { Secret } from './secret.js';

/**
 * A Z-API instance.
 *
 * @see {@link https://developer.z-api.io/en}
 *
 * @publicApi
 */
export interface ZApiAccountOptions {
  provider: 'z-api';
  /** The name that calls use to select this account. */
  name: string;
  /** The instance's ID. */
  instanceId: string;
  /** The instance's token, which is part of every URL. */
  token: string;
  /**
   * The account's security token, sent as `Client-Token`. Required if it is activated at Z-API.
   *
   * @see {@link https://developer.z-api.io/en/security/client-token}
   */
  clientToken?: string;
  /** Only for a compatible host: the secret of `Authorization: Bearer …`, sent instead of `clientToken`. */
  authorization?: string;
  /** The base URL: https, or http on a loopback address. It may contain a path. @default 'https://api.z-api.io' */
  baseUrl?: string;
  /**
   * More hosts of files that people send, such as `files.example.com`, or `.example.com` for all its subdomains. Their
   * requests have no credentials.
   *
   * @default [], which allows the host of `baseUrl` and Z-API's own hosts
   */
  mediaHosts?: string[];
  /**
   * The secret of webhooks, sent as `webhook-secret` in the query or as a header. Pass an array while you rotate it.
   * Without it webhooks are rejected.
   */
  webhookSecret?: string | string[];
  /** The account's rate limit. */
  pacing?: Pacing;
}

/** A validated Z-API account. @publicApi */
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

export const Z_API_ACCOUNT: AccountDefinition<ZApiAccountOptions, ZApiAccount> = {
  provider: 'z-api',
  rules: ZApiAccountOptionsDto,
  verifiesWebhookAddress: false,
  environment: {
    required: { instanceId: 'Z_API_INSTANCE_ID', token: 'Z_API_TOKEN' },
    optional: { clientToken: 'Z_API_CLIENT_TOKEN', baseUrl: 'Z_API_BASE_URL', webhookSecret: 'Z_API_WEBHOOK_SECRET' },
  },
  create: (options) => ({
    ...accountBase(options, 'https://api.z-api.io'),
    instanceId: options.instanceId,
    token: new Secret(options.token),
    ...(options.clientToken !== undefined && { clientToken: new Secret(options.clientToken) }),
    ...(options.authorization !== undefined && { authorization: new Secret(options.authorization) }),
    webhookSecret: wrapSecrets(options.webhookSecret),
  }),
  decoy: (name, secret) => ({ provider: 'z-api', name, instanceId: name, token: secret(), webhookSecret: secret() }),
  testAccount: { provider: 'z-api', name: 'z-api', instanceId: 'instance', token: 'token' },
};
