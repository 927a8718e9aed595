import type { FactoryProvider } from '@nestjs/common';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { MemoryPersonStore } from '../events/memory-person.store.js';
import { MemoryRepeatStore } from '../events/memory-repeat.store.js';
import { MemoryReplyExchange } from '../events/memory-reply.exchange.js';
import { MemorySentMessageStore } from '../events/memory-sent-message.store.js';
import { PersonStore } from '../events/person.store.js';
import { RepeatStore } from '../events/repeat-store.js';
import { ReplyExchange } from '../events/reply-exchange.js';
import { SentMessageStore } from '../events/sent-message.store.js';
import { IdempotencyStore } from './idempotency/idempotency-store.js';
import { MemoryIdempotencyStore } from './idempotency/memory-idempotency.store.js';
import { MemoryPacingStore } from './pacing/memory-pacing.store.js';
import { PacingStore } from './pacing/pacing-store.js';
import { SharedStores } from './shared-stores.js';

type Token<T> = abstract new (...args: never[]) => T;

/** The stores: those that processes share, where a global module provides them, else those in memory. */
export const STORE_PROVIDERS: readonly FactoryProvider[] = [
  storeProvider(IdempotencyStore, 'idempotency', () => new MemoryIdempotencyStore()),
  storeProvider(PacingStore, 'pacing', () => new MemoryPacingStore()),
  storeProvider(SentMessageStore, 'sentMessages', ({ remember }) => new MemorySentMessageStore(remember)),
  storeProvider(PersonStore, 'people', () => new MemoryPersonStore()),
  storeProvider(RepeatStore, 'repeats', () => new MemoryRepeatStore()),
  storeProvider(ReplyExchange, 'replies', () => new MemoryReplyExchange()),
];

function storeProvider<Name extends keyof SharedStores>(
  token: Token<SharedStores[Name]>,
  name: Name,
  inMemory: (config: ButtonMessagingConfig) => SharedStores[Name],
): FactoryProvider {
  return {
    provide: token,
    inject: [ButtonMessagingConfig, { token: SharedStores, optional: true }],
    useFactory: (config: ButtonMessagingConfig, stores: SharedStores | undefined) => {
      const store = stores?.[name];
      // What a test's mocker gives for `SharedStores` is no store.
      return store && (stores instanceof SharedStores || store instanceof token) ? store : inMemory(config);
    },
  };
}
