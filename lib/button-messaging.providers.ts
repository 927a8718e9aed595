import type { Provider } from '@nestjs/common';
import { ADAPTER_PROVIDERS, ADAPTER_SERVICES } from './adapters/adapters.providers.js';
import { MODULE_OPTIONS_TOKEN } from './button-messaging.module-definition.js';
import { RegistrationCheck, rejectBareImport } from './button-messaging.registration.js';
import { ButtonMessagingService } from './button-messaging.service.js';
import { AccountWarnings } from './config/account-warnings.js';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import type { ButtonMessagingOptions } from './config/button-messaging-options.interface.js';
import { OPTIONS_WAY } from './config/checked-factory.js';
import { type GivenOptions, revealOptions } from './config/given-options.js';
import { ButtonMessagingExceptionFilter } from './filters/button-messaging-exception.filter.js';
import { ButtonMessagingMedia } from './media/button-messaging.media.js';
import { MEDIA_PROVIDERS } from './media/media.providers.js';
import { ButtonMessagingValidationPipe } from './pipes/button-messaging-validation.pipe.js';
import { HTTP_PROVIDERS } from './pipes/pipes.providers.js';
import { RESILIENCE_PROVIDERS } from './resilience/resilience.providers.js';
import { SENDING_PROVIDERS } from './sending/sending.providers.js';
import { ShutdownService } from './shutdown.service.js';
import { IdempotencyStore } from './stores/idempotency.store.js';
import { PacingStore } from './stores/pacing.store.js';
import { PersonStore } from './stores/person.store.js';
import { RepeatStore } from './stores/repeat.store.js';
import { ReplyExchange } from './stores/reply.exchange.js';
import { SentMessageStore } from './stores/sent-message.store.js';
import { STORE_PROVIDERS } from './stores/stores.providers.js';
import { MessagingLogger } from './telemetry/messaging.logger.js';
import { MessagingTelemetry } from './telemetry/messaging.telemetry.js';
import { ButtonMessagingHttp } from './transport/button-messaging.http.js';
import { TRANSPORT_PROVIDERS } from './transport/transport.providers.js';
import { DtoValidator } from './validation/index.js';
import { ButtonMessagingEvents } from './webhooks/button-messaging.events.js';
import { ButtonMessagingWebhooks } from './webhooks/button-messaging.webhooks.js';
import { WEBHOOK_OPTIONS } from './webhooks/webhooks.constants.js';
import { WEBHOOK_PROVIDERS } from './webhooks/webhooks.providers.js';

/** The providers of the module, layer by layer. */
export const PROVIDERS: readonly Provider[] = [
  // A registration replaces these three.
  { provide: MODULE_OPTIONS_TOKEN, useFactory: rejectBareImport },
  { provide: WEBHOOK_OPTIONS, useValue: undefined },
  { provide: OPTIONS_WAY, useValue: undefined },
  RegistrationCheck,
  DtoValidator,
  {
    provide: ButtonMessagingConfig,
    // The registration is checked first, because its issue explains those of the options.
    inject: [MODULE_OPTIONS_TOKEN, DtoValidator, WEBHOOK_OPTIONS, RegistrationCheck],
    useFactory: (
      given: GivenOptions<ButtonMessagingOptions | undefined> | ButtonMessagingOptions | undefined,
      validator: DtoValidator,
      webhooks: unknown,
    ) => new ButtonMessagingConfig(revealOptions(given) ?? {}, validator, webhooks),
  },
  {
    provide: MessagingLogger,
    inject: [ButtonMessagingConfig],
    useFactory: ({ logger, structuredLogs }: ButtonMessagingConfig) => new MessagingLogger(logger, structuredLogs),
  },
  MessagingTelemetry,
  AccountWarnings,
  ...STORE_PROVIDERS,
  ...TRANSPORT_PROVIDERS,
  ...RESILIENCE_PROVIDERS,
  ...ADAPTER_PROVIDERS,
  ...SENDING_PROVIDERS,
  ...MEDIA_PROVIDERS,
  ...WEBHOOK_PROVIDERS,
  ButtonMessagingService,
  ...HTTP_PROVIDERS,
  ShutdownService,
];

/** The providers that applications inject. */
export const EXPORTS = [
  ButtonMessagingConfig,
  ButtonMessagingHttp,
  ButtonMessagingService,
  ButtonMessagingMedia,
  ...ADAPTER_SERVICES,
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
