import type { Provider } from '@nestjs/common';
import { ApplicationConfig, MetadataScanner, ModuleRef, ModulesContainer } from '@nestjs/core';
import { MODULE_OPTIONS_TOKEN, WEBHOOK_OPTIONS } from './button-messaging.module-definition.js';
import { OPTIONS_WAY, RegistrationCheck, refuseBareImport } from './button-messaging.registration.js';
import { ButtonMessagingService } from './button-messaging.service.js';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import type { ButtonMessagingOptions, WebhookOptions } from './config/button-messaging-options.interface.js';
import { type GivenOptions, revealOptions } from './config/given-options.js';
import { Breakers } from './delivery/breakers.js';
import { Delivery } from './delivery/delivery.js';
import { IdempotencyGuard } from './delivery/idempotency/idempotency.guard.js';
import { IdempotencyStore } from './delivery/idempotency/idempotency-store.js';
import { MemoryIdempotencyStore } from './delivery/idempotency/memory-idempotency.store.js';
import { MemoryPacingStore } from './delivery/pacing/memory-pacing.store.js';
import { Pacer } from './delivery/pacing/pacer.js';
import { PacingStore } from './delivery/pacing/pacing-store.js';
import { KnownPeople } from './events/known-people.js';
import { MemoryPersonStore } from './events/memory-person.store.js';
import { MemoryRepeatStore } from './events/memory-repeat.store.js';
import { MemoryReplyExchange } from './events/memory-reply.exchange.js';
import { MemorySentMessageStore } from './events/memory-sent-message.store.js';
import { OpenQuestions } from './events/open-questions.js';
import { PersonStore } from './events/person.store.js';
import { RepeatStore } from './events/repeat-store.js';
import { ReplyExchange } from './events/reply-exchange.js';
import { SentMessageStore } from './events/sent-message.store.js';
import { ButtonMessagingExceptionFilter } from './http/button-messaging-exception.filter.js';
import { ButtonMessagingValidationPipe } from './http/button-messaging-validation.pipe.js';
import { ValidationPipeIssues } from './http/validation-pipe-issues.js';
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
import { SendsInFlight } from './providers/sends-in-flight.js';
import { SentMessages } from './providers/sent-messages.js';
import { WhatsAppCloudProvider } from './providers/whatsapp-cloud/whatsapp-cloud.provider.js';
import { WhatsAppCloudService } from './providers/whatsapp-cloud/whatsapp-cloud.service.js';
import { ZApiProvider } from './providers/z-api/z-api.provider.js';
import { ZApiService } from './providers/z-api/z-api.service.js';
import { MessagingLogger } from './telemetry/messaging.logger.js';
import { MessagingTelemetry } from './telemetry/messaging.telemetry.js';
import { ButtonMessagingHttp } from './transport/button-messaging.http.js';
import { createDispatcher } from './transport/dispatcher.js';
import { HostConnections } from './transport/host-connections.js';
import { HttpTransport, UndiciTransport } from './transport/http-transport.js';
import { provide, provideStore } from './typed-providers.js';
import { DtoValidator } from './validation/index.js';
import { BodyReader, bodyLimitsOf } from './webhooks/body-reader.js';
import { ButtonMessagingEvents } from './webhooks/button-messaging.events.js';
import { ButtonMessagingWebhooks } from './webhooks/button-messaging.webhooks.js';
import { EarlyCallbacks } from './webhooks/early-callbacks.js';
import { EventDispatcher } from './webhooks/event-dispatcher.js';
import { HandlerEnhancers } from './webhooks/handler-enhancers.js';
import { HandlerInstances } from './webhooks/handler-host.js';
import { HandlerRegistry } from './webhooks/handler-registry.js';
import { HandlerReports } from './webhooks/handler-reports.js';
import { HandlerRunner } from './webhooks/handler-runner.js';
import { HandlerWait } from './webhooks/handler-wait.js';
import { LateFallback } from './webhooks/late-fallback.js';
import { OutcomeSettler } from './webhooks/outcome-settler.js';
import { RawBodies } from './webhooks/raw-bodies.js';
import { RefusedWebhooks } from './webhooks/refused-webhooks.js';
import { RepeatFilter } from './webhooks/repeat-filter.js';
import { ReplyMatcher } from './webhooks/reply-matcher.js';

/** Everything the module is made of, floor by floor. */
export const PROVIDERS: readonly Provider[] = [
  // A registration puts its own in the place of these three.
  { provide: MODULE_OPTIONS_TOKEN, useFactory: refuseBareImport },
  { provide: WEBHOOK_OPTIONS, useValue: undefined },
  { provide: OPTIONS_WAY, useValue: undefined },
  RegistrationCheck,
  provide(DtoValidator, [], () => new DtoValidator()),
  {
    provide: ButtonMessagingConfig,
    // The check comes first: what it says explains the faults of the options.
    inject: [MODULE_OPTIONS_TOKEN, DtoValidator, WEBHOOK_OPTIONS, RegistrationCheck],
    useFactory: (
      given: GivenOptions<ButtonMessagingOptions | undefined> | ButtonMessagingOptions | undefined,
      validator: DtoValidator,
      webhooks: unknown,
    ) => new ButtonMessagingConfig(revealOptions(given) ?? {}, validator, webhooks),
  },
  provide(
    MessagingLogger,
    [ButtonMessagingConfig],
    ({ logger, structuredLogs }) => new MessagingLogger(logger, structuredLogs),
  ),
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
  provide(
    Breakers,
    [ButtonMessagingConfig, MessagingLogger],
    ({ breaker, retry }, logger) => new Breakers(breaker, retry.longestRestMs, logger),
  ),
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
    [HttpTransport, Delivery, MessagingLogger, ButtonMessagingConfig],
    (transport, delivery, logger, { http }) =>
      new ProviderClient(transport, delivery, logger, new HostConnections(http.maxSockets)),
  ),
  provideStore(
    PersonStore,
    ({ people }) => people,
    () => new MemoryPersonStore(),
  ),
  provide(KnownPeople, [PersonStore, MessagingLogger], (store, logger) => new KnownPeople(store, logger)),
  provide(
    SentMessages,
    [SentMessageStore, KnownPeople, MessagingLogger],
    (store, people, logger) => new SentMessages(store, people, logger),
  ),
  provide(SendsInFlight, [], () => new SendsInFlight()),
  provide(
    ProviderSender,
    [ButtonMessagingConfig, DtoValidator, ProviderClient, IdempotencyGuard, SentMessages, SendsInFlight],
    (config, validator, client, guard, sentMessages, flights) =>
      new ProviderSender(config, validator, client, guard, sentMessages, flights),
  ),
  provide(
    ZApiProvider,
    [ButtonMessagingConfig, DtoValidator, ProviderClient],
    (config, validator, client) => new ZApiProvider(config, validator, client),
  ),
  provide(
    ZApiService,
    [ProviderSender, ZApiProvider, KnownPeople, ButtonMessagingConfig],
    (sender, provider, people, config) => new ZApiService(sender, provider, people, config.limits),
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
    [MessagingProviders, SentMessages, SendsInFlight, MessagingLogger],
    (providers, sentMessages, flights, logger) => new MessageSender(providers, sentMessages, flights, logger),
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
  provide(
    ButtonMessagingEvents,
    [ButtonMessagingConfig, MessagingLogger],
    ({ remember }, logger) => new ButtonMessagingEvents(remember, logger),
  ),
  provide(
    ReplyMatcher,
    [SentMessageStore, KnownPeople, MessagingLogger],
    (store, people, logger) => new ReplyMatcher(store, people, logger),
  ),
  provide(
    EarlyCallbacks,
    [SendsInFlight, SentMessageStore],
    (flights, store) => new EarlyCallbacks(flights, !(store instanceof MemorySentMessageStore)),
  ),
  provide(OutcomeSettler, [SentMessageStore, MessagingLogger], (store, logger) => new OutcomeSettler(store, logger)),
  provide(
    LateFallback,
    [
      SentMessageStore,
      ButtonMessagingConfig,
      MessagingProviders,
      IdempotencyGuard,
      SentMessages,
      SendsInFlight,
      MessagingLogger,
    ],
    (store, config, providers, guard, sentMessages, flights, logger) =>
      new LateFallback(store, config, providers, guard, sentMessages, flights, logger),
  ),
  provide(
    RepeatFilter,
    [RepeatStore, RefusedWebhooks, MessagingLogger],
    (store, refused, logger) => new RepeatFilter(store, refused, logger),
  ),
  provide(
    EventDispatcher,
    [
      RepeatFilter,
      KnownPeople,
      EarlyCallbacks,
      ReplyMatcher,
      OutcomeSettler,
      ButtonMessagingEvents,
      ReplyExchange,
      LateFallback,
      Breakers,
      MessagingTelemetry,
      MessagingLogger,
    ],
    (...parts) => new EventDispatcher(...parts),
  ),
  provide(HandlerInstances, [ModuleRef], (modules) => new HandlerInstances(modules)),
  provide(
    HandlerEnhancers,
    [ApplicationConfig, HandlerInstances],
    (application, instances) => new HandlerEnhancers(application, instances),
  ),
  provide(
    HandlerRegistry,
    [ModulesContainer, MetadataScanner, HandlerInstances, HandlerEnhancers, MessagingLogger],
    (modules, scanner, instances, enhancers, logger) =>
      new HandlerRegistry(
        modules,
        scanner,
        instances,
        enhancers,
        new HandlerRunner(enhancers, instances),
        new HandlerReports(logger),
        logger,
      ),
  ),
  provide(RefusedWebhooks, [MessagingLogger], (logger) => new RefusedWebhooks(logger)),
  {
    provide: ButtonMessagingWebhooks,
    inject: [ButtonMessagingConfig, EventDispatcher, RefusedWebhooks, MessagingLogger, WEBHOOK_OPTIONS],
    useFactory: (
      config: ButtonMessagingConfig,
      dispatcher: EventDispatcher,
      refused: RefusedWebhooks,
      logger: MessagingLogger,
      webhooks: WebhookOptions | false | undefined,
    ) => {
      const wait = webhooks && webhooks.answerAfterHandlers === true ? new HandlerWait(logger) : undefined;
      return new ButtonMessagingWebhooks(config, dispatcher, refused, wait);
    },
  },
  {
    provide: RawBodies,
    inject: [ButtonMessagingWebhooks, WEBHOOK_OPTIONS],
    useFactory: (webhooks: ButtonMessagingWebhooks, options: WebhookOptions | false | undefined) =>
      new RawBodies(webhooks, new BodyReader(bodyLimitsOf(options))),
  },

  provide(
    ButtonMessageSender,
    [ButtonMessagingConfig, DtoValidator, IdempotencyGuard, MessageSender],
    (config, validator, guard, sender) => new ButtonMessageSender(config, validator, guard, sender),
  ),
  provide(OpenQuestions, [ReplyExchange], (replies) => new OpenQuestions(replies)),
  provide(
    ButtonMessagingService,
    [ButtonMessagingConfig, MessagingProviders, ButtonMessageSender, OpenQuestions, MessagingLogger, Delivery],
    (config, providers, sender, questions, logger, delivery) =>
      new ButtonMessagingService(config, providers, sender, questions, logger, delivery),
  ),

  ButtonMessagingValidationPipe,
  ButtonMessagingExceptionFilter,
  provide(ValidationPipeIssues, [ApplicationConfig], (application) => {
    const pipe = new ValidationPipeIssues(application);
    application.addGlobalPipe(pipe);
    return pipe;
  }),
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
  PersonStore,
  RepeatStore,
  ReplyExchange,
  DtoValidator,
  ButtonMessagingValidationPipe,
  ButtonMessagingExceptionFilter,
];
