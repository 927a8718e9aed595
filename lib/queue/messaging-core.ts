import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { MessageSender } from '../sending/message.sender.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { ButtonMessagingEvents } from '../webhooks/button-messaging.events.js';

interface CoreServices {
  sender: MessageSender;
  config: ButtonMessagingConfig;
  events: ButtonMessagingEvents;
  logger: MessagingLogger;
}

/**
 * Looks up the services of `ButtonMessagingModule` on first use. They cannot be injected: they need the queue's stores,
 * so they are created after them.
 */
@Injectable()
export class MessagingCore {
  // Private by syntax, so that no printed service shows the whole container.
  readonly #modules: ModuleRef;
  private services: CoreServices | undefined;

  constructor(modules: ModuleRef) {
    this.#modules = modules;
  }

  get sender(): MessageSender {
    return this.resolved().sender;
  }

  get config(): ButtonMessagingConfig {
    return this.resolved().config;
  }

  get events(): ButtonMessagingEvents {
    return this.resolved().events;
  }

  get logger(): MessagingLogger {
    return this.resolved().logger;
  }

  private resolved(): CoreServices {
    this.services ??= {
      sender: this.find(MessageSender),
      config: this.find(ButtonMessagingConfig),
      events: this.find(ButtonMessagingEvents),
      logger: this.find(MessagingLogger),
    };
    return this.services;
  }

  private find<T>(service: new (...args: never[]) => T): T {
    return this.#modules.get<T>(service, { strict: false });
  }
}
