import { Module } from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import { HealthIndicatorService } from '@nestjs/terminus';
import { checkHasCore } from '../config/check-core.js';
import { QueueBacklog } from '../stores/queue-backlog.js';
import { ButtonMessagingHealthIndicator } from './button-messaging.health-indicator.js';
import { ConfigurableModuleClass, HEALTH_OPTIONS } from './button-messaging-health.module-definition.js';
import { ButtonMessagingQueueHealthIndicator } from './button-messaging-queue.health-indicator.js';
import type { ButtonMessagingHealthOptions, HealthSettings } from './health-options.interface.js';
import { settingsOf } from './health-settings.js';
import { RecentFindings } from './recent-findings.js';

const HEALTH_SETTINGS = Symbol('HEALTH_SETTINGS');

/**
 * Provides the health indicators. Import it in the module with the health route. `forRoot` and `forRootAsync` accept
 * options.
 *
 * @example
 * \@Module({ imports: [TerminusModule, ButtonMessagingHealthModule], controllers: [HealthController] })
 * export class HealthModule {}
 *
 * @publicApi
 */
@Module({
  providers: [
    // Default values of what a registration provides, also for tests with mocks.
    { provide: HEALTH_OPTIONS, useValue: {} },
    {
      provide: HEALTH_SETTINGS,
      inject: [ModulesContainer, HEALTH_OPTIONS],
      useFactory: (modules: ModulesContainer, options: ButtonMessagingHealthOptions | undefined) => {
        checkHasCore(modules, 'ButtonMessagingHealthModule');
        return settingsOf(options);
      },
    },
    // Provided here, so that any TerminusModule, or none, may be imported.
    HealthIndicatorService,
    {
      provide: ButtonMessagingHealthIndicator,
      inject: [ModuleRef, HealthIndicatorService, HEALTH_SETTINGS],
      useFactory: (modules: ModuleRef, indicators: HealthIndicatorService, settings: HealthSettings) =>
        new ButtonMessagingHealthIndicator(modules, indicators, new RecentFindings(settings), settings),
    },
    {
      provide: ButtonMessagingQueueHealthIndicator,
      // The queue's module is global, if it is imported.
      inject: [HealthIndicatorService, HEALTH_SETTINGS, { token: QueueBacklog, optional: true }],
      useFactory: (indicators: HealthIndicatorService, settings: HealthSettings, backlog: QueueBacklog | undefined) =>
        // A mock factory of a test may provide a value without a queue.
        new ButtonMessagingQueueHealthIndicator(
          indicators,
          new RecentFindings(settings),
          backlog instanceof QueueBacklog ? backlog : undefined,
        ),
    },
  ],
  exports: [ButtonMessagingHealthIndicator, ButtonMessagingQueueHealthIndicator],
})
export class ButtonMessagingHealthModule extends ConfigurableModuleClass {}
