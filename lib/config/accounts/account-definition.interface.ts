import type { DtoClass } from '../../validation/index.js';
import type { AccountBase } from './account-base.js';

/** The accounts of a provider: their options, rules and environment variables, and how they are created. */
export interface AccountDefinition<Options extends { provider: string }, A extends AccountBase> {
  readonly provider: Options['provider'];
  readonly rules: DtoClass;
  /** Whether the provider verifies the webhook URL by a GET request. */
  readonly verifiesWebhookAddress: boolean;
  /** The environment variable of each option. */
  readonly environment: {
    /** Either all of them are set, or none. */
    readonly required: Readonly<Record<string, string>>;
    readonly optional: Readonly<Record<string, string>>;
  };
  /** @param options Validated options. */
  create(options: Options): A;
  /** Returns options with generated secrets, for a nonexistent account that must be indistinguishable from a real one. */
  decoy(name: string, secret: () => string): Options;
  /** The account that `ButtonMessagingTestingModule` has by default. */
  readonly testAccount: Options;
}
