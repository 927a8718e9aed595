import type { Provider } from '@nestjs/common';
import { DiscoveryService, ExternalContextCreator, MetadataScanner, ModuleRef } from '@nestjs/core';
import { MODULE_OPTIONS_TOKEN, WEBHOOK_OPTIONS } from './button-messaging.module-definition.js';
import { ButtonMessagingService } from './button-messaging.service.js';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import type { ButtonMessagingOptions } from './config/button-messaging-options.interface.js';
import { Breakers } from './delivery/breakers.js';
import { Delivery } from './delivery/delivery.js';
import { IdempotencyGuard } from './delivery/idempotency/idempotency.guard.js';
import { IdempotencyStore } from './delivery/idempotency/idempotency-store.js';
import { MemoryIdempotencyStore } from './delivery/idempotency/memory-idempotency.store.js';
import { MemoryPacingStore } from './delivery/pacing/memory-pacing.store.js';
import { Pacer } from './delivery/pacing/pacer.js';
import { PacingStore } from './delivery/pacing/pacing-store.js';
import { ConfigurationError } from './errors/setup.errors.js';
import { MemoryRepeatStore } from './events/memory-repeat.store.js';
import { MemoryReplyExchange } from './events/memory-reply.exchange.js';
import { MemorySentMessageStore } from './events/memory-sent-message.store.js';
import { OpenQuestions } from './events/open-questions.js';
import { RepeatStore } from './events/repeat-store.js';
import { ReplyExchange } from './events/reply-exchange.js';
import { SentMessageStore } from './events/sent-message.store.js';
import { ButtonMessageSender } from './providers/button-message-sender.js';
import { ChatvoltProvider } from './providers/chatvolt/chatvolt.provider.js';
import { ChatvoltService } from './providers/chatvolt/chatvolt.service.js';
import { ConversationFinder } from './providers/chatvolt/conversation-finder.js';
import { CustomMessagingProvider } from './providers/custom/custom.provider.js';
import { CustomTransport } from './providers/custom/custom.transport.js';
import { MessageSender } from './providers/message-sender.js';
import { ProviderClient } from './providers/provider-client.js';
import { ProviderSender } from './providers/provider-sender.js';
import { MessagingProviders } from './providers/providers.js';
import { SentMessages } from './providers/sent-messages.js';
import { WhatsAppCloudProvider } from './providers/whatsapp-cloud/whatsapp-cloud.provider.js';
import { WhatsAppCloudService } from './providers/whatsapp-cloud/whatsapp-cloud.service.js';
import { ZApiProvider } from './providers/z-api/z-api.provider.js';
import { ZApiService } from './providers/z-api/z-api.service.js';
import { MessagingLogger } from './telemetry/messaging.logger.js';
import { MessagingTelemetry } from './telemetry/messaging.telemetry.js';
import { ButtonMessagingHttp } from './transport/button-messaging.http.js';
import { createDispatcher } from './transport/dispatcher.js';
import { HttpTransport, UndiciTransport } from './transport/http-transport.js';
import { provide, provideStore } from './typed-providers.js';
import { DtoValidator } from './validation/index.js';
import { ButtonMessagingEvents } from './webhooks/button-messaging.events.js';
import { ButtonMessagingWebhooks } from './webhooks/button-messaging.webhooks.js';
import { EventDispatcher } from './webhooks/event-dispatcher.js';
import { HandlerRegistry } from './webhooks/handler-registry.js';
import { LateFallback } from './webhooks/late-fallback.js';
import { RawBodies } from './webhooks/raw-bodies.js';
import { RefusedWebhooks } from './webhooks/refused-webhooks.js';
import { ReplyMatcher } from './webhooks/reply-matcher.js';

/** @throws ConfigurationError: whoever imports the class alone gives no options. */
function refuseBareImport(): never {
  const message =
    'ButtonMessagingModule is imported bare: register it once, by forRoot() or forRootAsync(), ' +
    'with isGlobal: true where several modules need it';
  throw new ConfigurationError([{ path: '', rule: 'registered', message }]);
}

/** Everything the module is made of, floor by floor. */
export const PROVIDERS: readonly Provider[] = [
  // A registration puts its own in the place of these two.
  { provide: MODULE_OPTIONS_TOKEN, useFactory: refuseBareImport },
  { provide: WEBHOOK_OPTIONS, useValue: undefined },
  provide(DtoValidator, [], () => new DtoValidator()),
  {
    provide: ButtonMessagingConfig,
    inject: [MODULE_OPTIONS_TOKEN, DtoValidator, WEBHOOK_OPTIONS],
    useFactory: (options: ButtonMessagingOptions | undefined, validator: DtoValidator, webhooks: unknown) =>
      new ButtonMessagingConfig(options ?? {}, validator, webhooks),
  },
  provide(MessagingLogger, [ButtonMessagingConfig], (config) => new MessagingLogger(config.logger)),
  provide(MessagingTelemetry, [], () => new MessagingTelemetry()),

  provide(ButtonMessagingHttp, [], () => new ButtonMessagingHttp()),
  provide(
    HttpTransport,
    [ButtonMessagingHttp, ButtonMessagingConfig],
    (http, { http: options }) => new UndiciTransport(http, createDispatcher(options), options.timeoutMs),
  ),

  provideStore(
    IdempotencyStore,
    ({ idempotency }) => idempotency,
    () => new MemoryIdempotencyStore(),
  ),
  provide(
    IdempotencyGuard,
    [IdempotencyStore, MessagingLogger],
    (store, logger) => new IdempotencyGuard(store, logger),
  ),
  provideStore(
    PacingStore,
    ({ pacing }) => pacing,
    () => new MemoryPacingStore(),
  ),
  provide(Pacer, [PacingStore, ButtonMessagingConfig], (store, config) => new Pacer(store, config.retry.maxDelayMs)),
  provide(Breakers, [ButtonMessagingConfig], (config) => new Breakers(config.breaker)),
  provide(
    Delivery,
    [ButtonMessagingConfig, Pacer, Breakers, MessagingTelemetry, MessagingLogger],
    ({ http, retry }, pacer, breakers, telemetry, logger) =>
      new Delivery({ timeoutMs: http.timeoutMs, retry }, pacer, breakers, telemetry, logger),
  ),

  provideStore(
    SentMessageStore,
    ({ sentMessages }) => sentMessages,
    ({ remember }) => new MemorySentMessageStore(remember),
  ),
  provide(
    ProviderClient,
    [HttpTransport, Delivery, MessagingLogger],
    (transport, delivery, logger) => new ProviderClient(transport, delivery, logger),
  ),
  provide(SentMessages, [SentMessageStore, MessagingLogger], (store, logger) => new SentMessages(store, logger)),
  provide(
    ProviderSender,
    [ButtonMessagingConfig, DtoValidator, ProviderClient, IdempotencyGuard, SentMessages],
    (config, validator, client, guard, sentMessages) =>
      new ProviderSender(config, validator, client, guard, sentMessages),
  ),
  provide(
    ZApiProvider,
    [ButtonMessagingConfig, DtoValidator, ProviderClient],
    (config, validator, client) => new ZApiProvider(config, validator, client),
  ),
  provide(
    ZApiService,
    [ProviderSender, ZApiProvider, ButtonMessagingConfig],
    (sender, provider, config) => new ZApiService(sender, provider, config.limits),
  ),
  provide(ConversationFinder, [ProviderClient], (client) => new ConversationFinder(client)),
  provide(
    ChatvoltProvider,
    [DtoValidator, ProviderClient, ConversationFinder],
    (validator, client, finder) => new ChatvoltProvider(validator, client, finder),
  ),
  provide(
    ChatvoltService,
    [ProviderSender, ChatvoltProvider, ConversationFinder],
    (sender, provider, finder) => new ChatvoltService(sender, provider, finder),
  ),
  provide(
    WhatsAppCloudProvider,
    [DtoValidator, ProviderClient],
    (validator, client) => new WhatsAppCloudProvider(validator, client),
  ),
  provide(
    WhatsAppCloudService,
    [ProviderSender, WhatsAppCloudProvider],
    (sender, provider) => new WhatsAppCloudService(sender, provider),
  ),
  provide(CustomTransport, [], () => new CustomTransport()),
  provide(
    CustomMessagingProvider,
    [ProviderClient, CustomTransport],
    (client, transport) => new CustomMessagingProvider(client, transport),
  ),
  provide(
    MessagingProviders,
    [ZApiProvider, ChatvoltProvider, WhatsAppCloudProvider, CustomMessagingProvider],
    (zApi, chatvolt, whatsAppCloud, custom) => new MessagingProviders(zApi, chatvolt, whatsAppCloud, custom),
  ),
  provide(
    MessageSender,
    [MessagingProviders, SentMessages],
    (providers, sentMessages) => new MessageSender(providers, sentMessages),
  ),

  provideStore(
    RepeatStore,
    ({ repeats }) => repeats,
    () => new MemoryRepeatStore(),
  ),
  provideStore(
    ReplyExchange,
    ({ replies }) => replies,
    () => new MemoryReplyExchange(),
  ),
  provide(ButtonMessagingEvents, [ButtonMessagingConfig], (config) => new ButtonMessagingEvents(config.remember)),
  provide(ReplyMatcher, [SentMessageStore, MessagingLogger], (store, logger) => new ReplyMatcher(store, logger)),
  provide(
    LateFallback,
    [SentMessageStore, ButtonMessagingConfig, MessagingProviders, IdempotencyGuard, SentMessages, MessagingLogger],
    (store, config, providers, guard, sentMessages, logger) =>
      new LateFallback(store, config, providers, guard, sentMessages, logger),
  ),
  provide(
    EventDispatcher,
    [RepeatStore, ReplyMatcher, ButtonMessagingEvents, ReplyExchange, LateFallback, MessagingLogger],
    (repeats, matcher, events, replies, lateFallback, logger) =>
      new EventDispatcher(repeats, matcher, events, replies, lateFallback, logger),
  ),
  provide(
    HandlerRegistry,
    [DiscoveryService, MetadataScanner, ExternalContextCreator, ModuleRef],
    (discovery, scanner, contexts, modules) => new HandlerRegistry(discovery, scanner, contexts, modules),
  ),
  provide(RawBodies, [], () => new RawBodies()),
  provide(RefusedWebhooks, [MessagingLogger], (logger) => new RefusedWebhooks(logger)),
  provide(
    ButtonMessagingWebhooks,
    [ButtonMessagingConfig, EventDispatcher, RefusedWebhooks],
    (config, dispatcher, refused) => new ButtonMessagingWebhooks(config, dispatcher, refused),
  ),

  provide(
    ButtonMessageSender,
    [ButtonMessagingConfig, DtoValidator, IdempotencyGuard, MessageSender],
    (config, validator, guard, sender) => new ButtonMessageSender(config, validator, guard, sender),
  ),
  provide(OpenQuestions, [ReplyExchange], (replies) => new OpenQuestions(replies)),
  provide(
    ButtonMessagingService,
    [ButtonMessagingConfig, MessagingProviders, ButtonMessageSender, OpenQuestions, MessagingLogger],
    (config, providers, sender, questions, logger) =>
      new ButtonMessagingService(config, providers, sender, questions, logger),
  ),
];

/** What users inject. */
export const EXPORTS = [
  ButtonMessagingConfig,
  ButtonMessagingHttp,
  ButtonMessagingService,
  ZApiService,
  ChatvoltService,
  WhatsAppCloudService,
  IdempotencyStore,
  PacingStore,
  ButtonMessagingEvents,
  ButtonMessagingWebhooks,
  SentMessageStore,
  RepeatStore,
  ReplyExchange,
  DtoValidator,
];
