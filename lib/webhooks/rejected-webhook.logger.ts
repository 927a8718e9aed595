import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { compositeKey } from '../message/composite-key.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';

const LOG_INTERVAL_MS = 60_000;
const MAX_ACCOUNTS = 10_000;

/**
 * What became of a request: it was not let in; or it was, and its content belongs to another account; or it could not be
 * judged or read now, and the provider is to send it again.
 */
export type RejectionKind = 'refused' | 'ignored' | 'put off';

/** A request that was not handled. */
export interface RejectedWebhook {
  what: 'webhook' | 'verification';
  provider: string;
  /** Undefined where there is none: the name asked for may be anything. */
  account: string | undefined;
  /** What is wrong with it, in words that repeat nothing of what it brought. */
  reason: string;
  /** @default 'refused' */
  kind?: RejectionKind;
}

/** Tells of webhooks that were not handled, of each account once a minute: strangers must not fill the log. */
@Injectable()
export class RejectedWebhookLogger {
  private readonly loggedAt = new LRUCache<string, { at: number; leftOut: number }>({ max: MAX_ACCOUNTS });

  constructor(private readonly logger: MessagingLogger) {}

  log(refused: RejectedWebhook): void {
    const { provider, account, kind = 'refused' } = refused;
    const key = account === undefined ? compositeKey(kind, provider) : compositeKey(kind, provider, account);
    const last = this.loggedAt.get(key);
    const now = performance.now();
    if (last && now - last.at < LOG_INTERVAL_MS) {
      last.leftOut += 1;
      return;
    }
    this.loggedAt.set(key, { at: now, leftOut: 0 });
    this.logger.warn(lineOf(refused, last?.leftOut ?? 0), { provider, account });
  }
}

function lineOf(
  { what, provider, account, reason: fault, kind = 'refused' }: RejectedWebhook,
  leftOut: number,
): string {
  const whose = account === undefined ? `for an unknown account of ${provider}` : `of account ${account} (${provider})`;
  const more = leftOut === 0 ? '' : ` So were ${leftOut} more since the last line of this kind.`;
  return `A ${what} ${whose} was ${kind}: ${fault}.${more}`;
}
