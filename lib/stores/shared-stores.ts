import type { IdempotencyStore } from './idempotency.store.js';
import type { PacingStore } from './pacing.store.js';
import type { PersonStore } from './person.store.js';
import type { RepeatStore } from './repeat.store.js';
import type { ReplyExchange } from './reply.exchange.js';
import type { SentMessageStore } from './sent-message.store.js';

/**
 * Stores that several processes share.
 *
 * If a global module provides them, they replace those in memory. `extraProviders` replace both.
 *
 * @publicApi
 */
export abstract class SharedStores {
  abstract readonly idempotency: IdempotencyStore;
  abstract readonly pacing: PacingStore;
  abstract readonly sentMessages: SentMessageStore;
  abstract readonly people: PersonStore;
  abstract readonly repeats: RepeatStore;
  abstract readonly replies: ReplyExchange;
}
