import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { MessageSender } from '../sending/message.sender.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { ButtonMessagingEvents } from '../webhooks/button-messaging.events.js';

/**
 * Looks up the services of `ButtonMessagingModule` when they are used. They cannot be injected: they need the queue's stores,
 * so they are created after them.
 */
@Injectable()
export class MessagingCore {
  // Private by syntax, so that no printed service shows the whole container.
  readonly #modules: ModuleRef;

  constructor(modules: ModuleRef) {
    this.#modules = modules;
  }

  get sender(): MessageSender {
    return this.find(MessageSender);
  }

  get config(): ButtonMessagingConfig {
    return this.find(ButtonMessagingConfig);
  }

  get events(): ButtonMessagingEvents {
    return this.find(ButtonMessagingEvents);
  }

  get logger(): MessagingLogger {
    return this.find(MessagingLogger);
  }

  private find<T>(service: new (...args: never[]) => T): T {
    return this.#modules.get<T>(service, { strict: false });
  }
}
