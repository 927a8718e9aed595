import { Inject, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { checkHasCore } from '../config/check-core.js';
import { ConfigurationError } from '../errors/setup.errors.js';
import { EventHandlerExplorer } from '../webhooks/handlers/event-handler.explorer.js';
import { QUEUE_OPTIONS } from './button-messaging-queue.module-definition.js';

const MODULE = 'ButtonMessagingQueueModule';

/** @throws ConfigurationError, because a default queue would store messages in an unexpected directory */
export function rejectBareImport(): never {
  const message = `${MODULE} must be imported with forRoot() or forRootAsync()`;
  throw new ConfigurationError([{ path: '', rule: 'registered', message }]);
}

/** Rejects registrations that cannot work. The queue's settings need it, so nothing is opened before. */
@Injectable()
export class QueueRegistrationCheck {
  /** @throws ConfigurationError */
  constructor(@Inject(ModulesContainer) private readonly modules: ModulesContainer) {
    this.checkIsOnly();
    checkHasCore(modules, MODULE);
    this.checkIsInTime();
  }

  /** Two queues would overwrite each other's shared stores. */
  private checkIsOnly(): void {
    const queues = [...this.modules.values()].filter(({ providers }) => providers.has(QueueRegistrationCheck));
    if (queues.length < 2) return;
    if (queues.some(({ providers }) => providers.get(QUEUE_OPTIONS)?.metatype === rejectBareImport)) rejectBareImport();
    const message = `${MODULE} is registered more than once. Register it once in an application`;
    throw new ConfigurationError([{ path: '', rule: 'registeredOnce', message }]);
  }

  /** Nest does not call the bootstrap hooks of a module that is loaded lazily, so its worker would never start. */
  private checkIsInTime(): void {
    const explorers = [...this.modules.values()].map(
      ({ providers }): unknown => providers.get(EventHandlerExplorer)?.instance,
    );
    if (!explorers.some((explorer) => explorer instanceof EventHandlerExplorer && explorer.isLoaded)) return;
    const message =
      `${MODULE} is loaded lazily, so its worker would never start. ` +
      'Import it in a module that is loaded when the application starts';
    throw new ConfigurationError([{ path: '', rule: 'registeredInTime', message }]);
  }
}
