import { type DynamicModule, Global, Module } from '@nestjs/common';
import { checkAsyncRegistration } from '../config/check-registration.js';
import { failedRegistration, OPTIONS_WAY, withCheckedFactory } from '../config/checked-factory.js';
import type { GivenOptions } from '../config/given-options.js';
import { QueueBacklog } from '../stores/queue-backlog.js';
import { SharedStores } from '../stores/shared-stores.js';
import { isRecord } from '../validation/is-record.js';
import { ButtonMessagingQueue } from './button-messaging.queue.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  FACTORY_METHOD,
  type OPTIONS_TYPE,
  QUEUE_OPTIONS,
} from './button-messaging-queue.module-definition.js';
import { QueueRegistrationCheck, rejectBareImport } from './button-messaging-queue.registration.js';
import { QUEUE_PROVIDERS } from './queue.providers.js';
import type { ButtonMessagingQueueOptions } from './queue-options.interface.js';
import { OPTION_NAMES, QUEUE_SETTINGS, settingsOf } from './queue-settings.js';

/**
 * Adds a durable queue to `ButtonMessagingModule`, in this process or shared by many. Register it once in an
 * application. Processes with the same engine and name also share idempotency keys, rate limits, sent messages and
 * replies.
 *
 * @example
 * \@Module({
 *   imports: [
 *     ButtonMessagingModule.forRoot(),
 *     ButtonMessagingQueueModule.forRoot({ engine: { kind: 'redis', connection: 'redis://127.0.0.1:6379' } }),
 *   ],
 * })
 * export class AppModule {}
 *
 * @publicApi
 */
@Global()
@Module({
  providers: [
    // A registration replaces these two.
    { provide: QUEUE_OPTIONS, useFactory: rejectBareImport },
    { provide: OPTIONS_WAY, useValue: undefined },
    QueueRegistrationCheck,
    {
      provide: QUEUE_SETTINGS,
      inject: [QUEUE_OPTIONS, QueueRegistrationCheck],
      useFactory: (given: GivenOptions<ButtonMessagingQueueOptions>) => settingsOf(given.reveal()),
    },
    ...QUEUE_PROVIDERS,
  ],
  exports: [ButtonMessagingQueue, QueueBacklog, SharedStores],
})
export class ButtonMessagingQueueModule extends ConfigurableModuleClass {
  /**
   * Registers the queue. Without options it uses the embedded engine, which runs in this process and stores on disk.
   *
   * @throws ConfigurationError, QueueUnavailableError at startup
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    if (isRecord(options)) return super.forRoot(options);
    const message = 'ButtonMessagingQueueModule.forRoot() requires an options object';
    return failedRegistration(this, QUEUE_OPTIONS, [{ path: '', rule: 'isObject', message }]);
  }

  /**
   * Registers the queue with options from a factory, a class or another provider.
   *
   * @throws ConfigurationError, QueueUnavailableError at startup
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    const method = 'ButtonMessagingQueueModule.forRootAsync';
    const issues = checkAsyncRegistration(options, { method, optionNames: OPTION_NAMES, extraNames: [] });
    if (issues.length > 0) return failedRegistration(this, QUEUE_OPTIONS, issues);
    return withCheckedFactory(super.forRootAsync(options), options, {
      token: QUEUE_OPTIONS,
      factoryMethod: FACTORY_METHOD,
      names: OPTION_NAMES,
      owner: 'ButtonMessagingQueueModule: ',
      empty: 'for the embedded queue',
    });
  }
}
