import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const MAX_TOKENS = 100_000;

/**
 * Stores the tokens of this process's reservations. A token identifies a request that the driver repeats after a lost
 * connection, or that arrives after another process reserved the key.
 */
export class ReservationTokens {
  private readonly tokens = new LRUCache<string, string>({ max: MAX_TOKENS });

  /** Creates a token for an attempt to reserve. */
  next(): string {
    return randomUUID();
  }

  keep(key: string, token: string): void {
    this.tokens.set(key, token);
  }

  /** Removes and returns a key's token, or an empty string if another process reserved the key. */
  take(key: string): string {
    const token = this.tokens.get(key) ?? '';
    this.tokens.delete(key);
    return token;
  }
}
