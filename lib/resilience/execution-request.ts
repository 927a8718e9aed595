import type { Account } from '../config/accounts/account.js';
import type { LogFields } from '../telemetry/log-fields.js';
import type { SendFacts } from '../telemetry/messaging.telemetry.js';

/** One call to a provider. */
export interface ExecutionRequest {
  account: Account;
  /** The provider's own name of the call. */
  operation: string;
  /** Whom it concerns, on the wire's own terms; undefined of calls that concern nobody. */
  recipient?: string | undefined;
  /** True of reads: they may be repeated whatever became of them. */
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
