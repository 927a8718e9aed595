import type { FactoryProvider } from '@nestjs/common';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { IdempotencyStore } from './idempotency.store.js';
import { MemoryIdempotencyStore } from './memory/memory-idempotency.store.js';
import { MemoryPacingStore } from './memory/memory-pacing.store.js';
import { MemoryPersonStore } from './memory/memory-person.store.js';
import { MemoryRepeatStore } from './memory/memory-repeat.store.js';
import { MemoryReplyExchange } from './memory/memory-reply.exchange.js';
import { MemorySentMessageStore } from './memory/memory-sent-message.store.js';
import { PacingStore } from './pacing.store.js';
import { PersonStore } from './person.store.js';
import { RepeatStore } from './repeat.store.js';
import { ReplyExchange } from './reply.exchange.js';
import { SentMessageStore } from './sent-message.store.js';
import { SharedStores } from './shared-stores.js';

type Token<T> = abstract new (...args: never[]) => T;

/** The stores: those of a global module if it provides shared ones, or else those in memory. */
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
      // A test may mock `SharedStores` with a value that is not a store.
      return store && (stores instanceof SharedStores || store instanceof token) ? store : inMemory(config);
    },
  };
}
