import { LRUCache } from 'lru-cache';
import { compoundKey } from '../message/compound-key.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';

const SILENT_MS = 60_000;
const ACCOUNTS_KEPT = 10_000;

/** A request that was not let in. */
export interface RefusedWebhook {
  what: 'webhook' | 'verification';
  provider: string;
  /** Undefined where there is none: the name asked for may be anything. */
  account: string | undefined;
  /** What is wrong with it, in words that repeat nothing of what it brought. */
  fault: string;
}

/** Tells of webhooks that were not let in, of each account once a minute: strangers must not fill the log. */
export class RefusedWebhooks {
  private readonly told = new LRUCache<string, { at: number; leftOut: number }>({ max: ACCOUNTS_KEPT });

  constructor(private readonly logger: Pick<MessagingLogger, 'warn'>) {}

  tell(refused: RefusedWebhook): void {
    const { provider, account } = refused;
    const key = account === undefined ? compoundKey(provider) : compoundKey(provider, account);
    const last = this.told.get(key);
    const now = performance.now();
    if (last && now - last.at < SILENT_MS) {
      last.leftOut += 1;
      return;
    }
    this.told.set(key, { at: now, leftOut: 0 });
    this.logger.warn(lineOf(refused, last?.leftOut ?? 0));
  }
}

function lineOf({ what, provider, account, fault }: RefusedWebhook, leftOut: number): string {
  const whose = account === undefined ? `for an unknown account of ${provider}` : `of account ${account} (${provider})`;
  const more = leftOut === 0 ? '' : ` So were ${leftOut} more since the last line of this kind.`;
  return `A ${what} ${whose} was refused: ${fault}.${more}`;
}
