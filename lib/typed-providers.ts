import type { FactoryProvider } from '@nestjs/common';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import { SharedStores } from './delivery/shared-stores.js';

type Token<T> = abstract new (...args: never[]) => T;
type Tokens<Dependencies extends readonly unknown[]> = { [Index in keyof Dependencies]: Token<Dependencies[Index]> };

/** A provider whose factory gets what it injects, checked by the compiler. */
export function provide<T, Dependencies extends readonly unknown[]>(
  token: Token<T>,
  inject: readonly [...Tokens<Dependencies>],
  useFactory: (...dependencies: Dependencies) => T,
): FactoryProvider {
  return { provide: token, inject: [...inject], useFactory };
}

/**
 * A store: the one that processes share, where a global module provides it, else one in memory. What a test's mocker
 * gives for `SharedStores` is no store.
 */
export function provideStore<T>(
  token: Token<T>,
  shared: (stores: SharedStores) => T,
  inMemory: (config: ButtonMessagingConfig) => T,
): FactoryProvider {
  return {
    provide: token,
    inject: [ButtonMessagingConfig, { token: SharedStores, optional: true }],
    useFactory: (config: ButtonMessagingConfig, stores: SharedStores | undefined) => {
      const store = stores && shared(stores);
      return store && (stores instanceof SharedStores || store instanceof token) ? store : inMemory(config);
    },
  };
}
