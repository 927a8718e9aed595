import {
  type INestApplication,
  Injectable,
  type NestApplicationOptions,
  type Provider,
  type Type,
} from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  ButtonMessagingEvents,
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  ButtonMessagingService,
  ButtonMessagingWebhooks,
  type ButtonReplyEvent,
  type ConnectionEvent,
  type MessageStatusEvent,
  type MessagingEvent,
  OnButtonReply,
  OnConnectionChange,
  OnMessageStatus,
  OnTextMessage,
  type ProviderName,
  type TextMessageEvent,
} from '../../lib/index.js';
import type { Registration } from './registrations.js';
import { until } from './time.js';
import { type Callback, callback, PROVIDERS, webhookAccounts } from './webhook-requests.js';

/** The HTTP servers that Nest runs on. */
export const PLATFORMS: [name: string, adapter: () => AbstractHttpAdapter][] = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
];

/** Hears everything by handlers. */
@Injectable()
export class Heard {
  readonly events: MessagingEvent[] = [];

  @OnButtonReply()
  reply(event: ButtonReplyEvent) {
    this.events.push(event);
  }

  @OnMessageStatus()
  status(event: MessageStatusEvent) {
    this.events.push(event);
  }

  @OnConnectionChange()
  connection(event: ConnectionEvent) {
    this.events.push(event);
  }

  @OnTextMessage()
  text(event: TextMessageEvent) {
    this.events.push(event);
  }
}

export interface WebhookAppSetup {
  options?: ButtonMessagingModuleOptions;
  register?: Registration[1];
  providers?: Provider[];
  controllers?: Type[];
  /** Without it no server listens. */
  platform?: () => AbstractHttpAdapter;
  nest?: NestApplicationOptions;
  /** What `main.ts` would do before it listens. */
  prepare?: (app: INestApplication) => void;
}

/** A started application with the module, handlers that hear everything, and the ways in. */
export class WebhookApp {
  private sentinels = 0;

  private constructor(
    readonly app: INestApplication,
    readonly url: string,
    readonly heard: MessagingEvent[],
  ) {}

  static async start(setup: WebhookAppSetup = {}): Promise<WebhookApp> {
    const { register = (given) => ButtonMessagingModule.forRoot(given), providers = [], controllers = [] } = setup;
    const options = { accounts: webhookAccounts(), logger: false, ...setup.options };
    const registration = register({ retry: { attempts: 1 }, ...options });
    const module = await Test.createTestingModule({
      imports: [registration],
      providers: [Heard, ...providers],
      controllers,
    }).compile();
    const app = module.createNestApplication((setup.platform ?? (() => new ExpressAdapter()))(), {
      logger: false,
      ...setup.nest,
    });
    setup.prepare?.(app);
    if (setup.platform) await app.listen(0, '127.0.0.1');
    else await app.init();
    const url = setup.platform ? await app.getUrl() : '';
    return new WebhookApp(app, url, app.get(Heard).events);
  }

  get messaging(): ButtonMessagingService {
    return this.app.get(ButtonMessagingService, { strict: false });
  }

  get events(): ButtonMessagingEvents {
    return this.app.get(ButtonMessagingEvents, { strict: false });
  }

  /** Gives a callback to the module without HTTP. */
  handle(provider: ProviderName, account: string, request: Callback) {
    return this.app.get(ButtonMessagingWebhooks, { strict: false }).handle(provider, account, request);
  }

  /** Gives a body to an account of the harness, with its good credentials. */
  hear(account: string, body: unknown) {
    return this.handle(providerOf(account), account, callback(account, body));
  }

  /** Returns and forgets the handled events, after all earlier webhooks were handled. */
  async taken(account = 'z'): Promise<MessagingEvent[]> {
    await this.settled(account);
    return this.heard.splice(0).filter(({ raw }) => !isSentinel(raw));
  }

  /** Sends a text and waits until a handler received it. */
  async settled(account = 'z'): Promise<void> {
    this.sentinels += 1;
    const text = `sentinel ${this.sentinels}`;
    const { status } = await this.hear(account, sentinelOf(account, text));
    if (status !== 200) throw new Error(`The sentinel was answered ${status}`);
    await until(() => this.heard.some((event) => event.kind === 'text-message' && event.text === text));
    await new Promise((done) => setImmediate(done));
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

/** Applications that are closed after the test. */
export class WebhookApps {
  private readonly apps: WebhookApp[] = [];

  start = async (setup: WebhookAppSetup = {}): Promise<WebhookApp> => {
    const app = await WebhookApp.start(setup);
    this.apps.push(app);
    return app;
  };

  close = async (): Promise<void> => {
    await Promise.all(this.apps.splice(0).map((app) => app.close()));
  };
}

function providerOf(account: string): ProviderName {
  const provider = PROVIDERS.find((name) => name.startsWith(account.slice(0, 1)));
  if (!provider) throw new Error(`No provider of the account ${account}`);
  return provider;
}

function sentinelOf(account: string, text: string): unknown {
  if (account.startsWith('z')) {
    return {
      type: 'ReceivedCallback',
      messageId: text,
      phone: '5500',
      fromMe: false,
      momment: 1,
      text: { message: text },
    };
  }
  if (account.startsWith('c')) {
    return { eventType: 'USER_MESSAGE_RECEIVED', conversationId: text, messageId: text, userMessage: text };
  }
  const message = { from: '5500', id: text, timestamp: '1', type: 'text', text: { body: text } };
  return {
    object: 'whatsapp_business_account',
    entry: [{ changes: [{ field: 'messages', value: { messages: [message] } }] }],
  };
}

function isSentinel(raw: unknown): boolean {
  return (JSON.stringify(raw) ?? '').includes('"sentinel ');
}
