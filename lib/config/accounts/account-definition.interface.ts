import type { DtoClass } from '../../validation/index.js';
import type { AccountBase } from './account-base.js';

/** What is known of a provider's accounts: their options with rules and environment variables, and what is made of them. */
export interface AccountDefinition<Name extends string, Options extends { provider: Name }, A extends AccountBase> {
  readonly provider: Name;
  readonly rules: DtoClass;
  /** Whether the provider asks by GET if the address of its webhooks is ours. */
  readonly verifiesWebhookAddress: boolean;
  /** The environment variable of each option. */
  readonly environment: {
    /** All of them, or none. */
    readonly required: Readonly<Record<string, string>>;
    readonly optional: Readonly<Record<string, string>>;
  };
  /** @param options Valid options. */
  create(options: Options): A;
  /** Options with secrets that `secret` makes up, for an account that only looks as if it existed. */
  decoy(name: string, secret: () => string): Options;
  /** The account that `ButtonMessagingTestingModule` has by default. */
  readonly testAccount: Options;
}
