import type { Account } from '../config/accounts/account.js';
import type { LogFields } from '../telemetry/log-fields.js';
import type { SendFacts } from '../telemetry/messaging.telemetry.js';

/** One request to a provider. */
export interface ExecutionRequest {
  account: Account;
  /** The provider's name of the request. */
  operation: string;
  /** The recipient, as the request contains it. Undefined if the request has none. */
  recipient?: string | undefined;
  /** Whether the request may be repeated after any outcome, as reads may. */
  repeatable: boolean;
}

export function telemetryFacts({ account, operation }: ExecutionRequest): SendFacts {
  return { provider: account.provider, account: account.name, operation };
}

export function requestDetails(job: ExecutionRequest) {
  return { provider: job.account.provider, account: job.account.name };
}

export function requestLogFields(job: ExecutionRequest): LogFields {
  return { ...requestDetails(job), operation: job.operation };
}
