import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { compositeKey } from '../message/composite-key.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';

const LOG_INTERVAL_MS = 60_000;
const MAX_ACCOUNTS = 10_000;

/**
 * Why a request was not handled: `rejected` if it is not authentic or invalid, `ignored` if it belongs to another
 * account, `postponed` if the provider should send it again.
 */
export type RejectionKind = 'rejected' | 'ignored' | 'postponed';

/** A request that was not handled. */
export interface RejectedWebhook {
  what: 'webhook' | 'verification';
  provider: string;
  /** Undefined if it does not exist, because its name may be anything. */
  account: string | undefined;
  /** The reason, without content of the request. */
  reason: string;
  /** @default 'rejected' */
  kind?: RejectionKind;
}

/** Logs requests that were not handled, once per account and minute, so that they cannot flood the log. */
@Injectable()
export class RejectedWebhookLogger {
  private readonly loggedAt = new LRUCache<string, { at: number; skippedCount: number }>({ max: MAX_ACCOUNTS });

  constructor(private readonly logger: MessagingLogger) {}

  log(rejected: RejectedWebhook): void {
    const { provider, account, kind = 'rejected' } = rejected;
    const key = account === undefined ? compositeKey(kind, provider) : compositeKey(kind, provider, account);
    const last = this.loggedAt.get(key);
    const now = performance.now();
    if (last && now - last.at < LOG_INTERVAL_MS) {
      last.skippedCount += 1;
      return;
    }
    this.loggedAt.set(key, { at: now, skippedCount: 0 });
    this.logger.warn(lineOf(rejected, last?.skippedCount ?? 0), { provider, account });
  }
}

function lineOf({ what, provider, account, reason, kind = 'rejected' }: RejectedWebhook, skippedCount: number): string {
  const whose = account === undefined ? `for an unknown account of ${provider}` : `of account ${account} (${provider})`;
  const more = skippedCount === 0 ? '' : ` ${skippedCount} similar requests since the last such line.`;
  return `A ${what} ${whose} was ${kind}: ${reason}.${more}`;
}
