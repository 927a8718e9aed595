import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const MAX_TOKENS = 100_000;

/**
 * Which reservations are this store's own. A request that a driver repeats after a lost connection, or that arrives
 * after the key is somebody else's, is told by its token.
 */
export class ReservationTokens {
  private readonly tokens = new LRUCache<string, string>({ max: MAX_TOKENS });

  /** A token for an attempt to reserve. */
  next(): string {
    return randomUUID();
  }

  keep(key: string, token: string): void {
    this.tokens.set(key, token);
  }

  /** The token with which the key was reserved here, for the last time; empty where it was reserved elsewhere. */
  take(key: string): string {
    const token = this.tokens.get(key) ?? '';
    this.tokens.delete(key);
    return token;
  }
}
