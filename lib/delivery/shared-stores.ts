import type { PersonStore } from '../events/person.store.js';
import type { RepeatStore } from '../events/repeat-store.js';
import type { ReplyExchange } from '../events/reply-exchange.js';
import type { SentMessageStore } from '../events/sent-message.store.js';
import type { IdempotencyStore } from './idempotency/idempotency-store.js';
import type { PacingStore } from './pacing/pacing-store.js';

/**
 * Stores that several processes share. Where a global module provides them, they take the place of those in memory;
 * what stands in `extraProviders` takes the place of both.
 */
export abstract class SharedStores {
  abstract readonly idempotency: IdempotencyStore;
  abstract readonly pacing: PacingStore;
  abstract readonly sentMessages: SentMessageStore;
  abstract readonly people: PersonStore;
  abstract readonly repeats: RepeatStore;
  abstract readonly replies: ReplyExchange;
}
