import { type DynamicModule, type INestApplication, Module, type Provider, type Type } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import {
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  ButtonMessagingWebhooks,
} from '../../../lib/index.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import type { Registration } from '../../support/registrations.js';
import { post } from '../../support/webhook-client.js';
import { callback, webhookAccounts } from '../../support/webhook-requests.js';
import { zPress, zText } from '../webhooks/fixtures.js';

export interface HandlerAppSetup {
  imports?: (Type | DynamicModule | Promise<DynamicModule>)[];
  providers?: Provider[];
  controllers?: Type[];
  options?: ButtonMessagingModuleOptions;
  register?: Registration[1];
  adapter?: () => AbstractHttpAdapter;
  /** What `main.ts` would do before it listens. */
  prepare?: (app: INestApplication) => void;
}

/** A user's running application, created by NestFactory, with the lines that the module logs. */
export class HandlerApp {
  private count = 0;

  private constructor(
    readonly app: INestApplication,
    readonly url: string,
    private readonly logger: RecordingLogger,
  ) {}

  static async start(setup: HandlerAppSetup): Promise<HandlerApp> {
    const { register = (given) => ButtonMessagingModule.forRoot(given), imports = [], providers, controllers } = setup;
    const logger = new RecordingLogger();
    const options = { accounts: webhookAccounts(), webhooks: {}, logger, ...setup.options };

    @Module({
      imports: [register(options), ...imports],
      ...(providers && { providers }),
      ...(controllers && { controllers }),
    })
    class UsersModule {}

    const adapter = (setup.adapter ?? (() => new ExpressAdapter()))();
    const app = await NestFactory.create(UsersModule, adapter, { logger: false, abortOnError: false });
    try {
      setup.prepare?.(app);
      await app.listen(0, '127.0.0.1');
    } catch (error) {
      await app.close().catch(() => {});
      throw error;
    }
    return new HandlerApp(app, await app.getUrl(), logger);
  }

  /** The lines that the module has logged. */
  get lines(): readonly string[] {
    return this.logger.lines;
  }

  get webhooks(): ButtonMessagingWebhooks {
    return this.app.get(ButtonMessagingWebhooks, { strict: false });
  }

  /** Presses a button, and resolves when all handlers have ended. */
  press(id = 'yes'): Promise<void> {
    this.count += 1;
    return this.hear(zPress({ messageId: `P${this.count}`, buttonsResponseMessage: { buttonId: id, message: 'B' } }));
  }

  /** Presses a button as a customer whose phone number is hidden. */
  pressHidden(id = 'yes'): Promise<void> {
    this.count += 1;
    const hidden = { phone: '90000000000001@lid', senderLid: '90000000000001@lid' };
    const answer = { buttonsResponseMessage: { buttonId: id, message: 'B' } };
    return this.hear(zPress({ messageId: `P${this.count}`, ...hidden, ...answer }));
  }

  /** Sends a text as the customer. */
  write(text: string): Promise<void> {
    this.count += 1;
    return this.hear(zText(text, { messageId: `P${this.count}` }));
  }

  private async hear(body: unknown): Promise<void> {
    const { status } = await post(`${this.url}/webhooks/z-api/z`, callback('z', body));
    if (status !== 200) throw new Error(`The webhook was answered ${status}`);
    await this.webhooks.idle();
  }
}

/** Applications that are closed after the test. */
export class HandlerApps {
  private readonly apps: HandlerApp[] = [];

  start = async (setup: HandlerAppSetup): Promise<HandlerApp> => {
    const app = await HandlerApp.start(setup);
    this.apps.push(app);
    return app;
  };

  close = async (): Promise<void> => {
    await Promise.all(this.apps.splice(0).map(({ app }) => app.close()));
  };
}
