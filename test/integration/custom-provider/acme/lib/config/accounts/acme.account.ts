import { Optional } from '../../validation/index.js';
import { IsCredential, IsSecretOrSecrets } from '../options.rules.js';
import { type AccountBase, AccountBaseDto, accountBase, type Pacing, wrapSecrets } from './account-base.js';
import type { AccountDefinition } from './account-definition.interface.js';
import { Secret } from './secret.js';

export interface AcmeAccountOptions {
  provider: 'acme';
  name: string;
  apiKey: string;
  webhookSecret?: string | string[];
  baseUrl?: string;
  pacing?: Pacing;
}

export interface AcmeAccount extends AccountBase {
  readonly provider: 'acme';
  readonly apiKey: Secret;
  readonly webhookSecret: readonly Secret[];
}

class AcmeAccountOptionsDto extends AccountBaseDto {
  @IsCredential()
  apiKey!: string;

  @Optional()
  @IsSecretOrSecrets()
  webhookSecret?: string | string[];
}

export const ACME_ACCOUNT: AccountDefinition<AcmeAccountOptions, AcmeAccount> = {
  provider: 'acme',
  rules: AcmeAccountOptionsDto,
  verifiesWebhookAddress: false,
  environment: {
    required: { apiKey: 'ACME_API_KEY' },
    optional: { webhookSecret: 'ACME_WEBHOOK_SECRET', baseUrl: 'ACME_BASE_URL' },
  },
  create: (options) => ({
    ...accountBase(options, 'https://api.acme.example'),
    apiKey: new Secret(options.apiKey),
    webhookSecret: wrapSecrets(options.webhookSecret),
  }),
  decoy: (name, secret) => ({ provider: 'acme', name, apiKey: secret(), webhookSecret: secret() }),
  testAccount: { provider: 'acme', name: 'acme', apiKey: 'key' },
};
