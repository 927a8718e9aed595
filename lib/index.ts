export type { ChatvoltAgent, ChatvoltSendResult, ChatvoltTemplate } from './adapters/chatvolt/chatvolt.responses.js';
export { ChatvoltService } from './adapters/chatvolt/chatvolt.service.js';
export * from './adapters/chatvolt/dto/index.js';
export type { MarkReadOptions } from './adapters/provider-adapter.interface.js';
export type { ReadOptions } from './adapters/send-context.js';
export type { WebhookRequest } from './adapters/webhook-adapter.js';
export * from './adapters/whatsapp-cloud/dto/index.js';
export type {
  CloudTemplateFilter,
  ListTemplatesOptions,
} from './adapters/whatsapp-cloud/whatsapp-cloud.business-account.js';
export type { CloudPhoneNumber, CloudSendResult } from './adapters/whatsapp-cloud/whatsapp-cloud.responses.js';
export { WhatsAppCloudService } from './adapters/whatsapp-cloud/whatsapp-cloud.service.js';
export type { CloudTemplate } from './adapters/whatsapp-cloud/whatsapp-cloud.templates.js';
export type { CloudMediaUpload, CloudUploadedMedia } from './adapters/whatsapp-cloud/whatsapp-cloud.uploads.js';
export * from './adapters/z-api/dto/index.js';
export type { ZApiPhoneExists, ZApiSendResult, ZApiStatus } from './adapters/z-api/z-api.responses.js';
export { ZApiService } from './adapters/z-api/z-api.service.js';
export type { Source } from './async/map-concurrent.js';
export { ButtonMessagingModule } from './button-messaging.module.js';
export { ButtonMessagingService } from './button-messaging.service.js';
export type { Account, AccountOf } from './config/accounts/account.js';
export type { AccountPacing, Pacing } from './config/accounts/account-base.js';
export type { AccountOptions, KnownAccountOptions, ProviderName } from './config/accounts/account-options.interface.js';
export type { ChatvoltAccount, ChatvoltAccountOptions } from './config/accounts/chatvolt.account.js';
export type { CustomAccount, CustomAccountOptions } from './config/accounts/custom.account.js';
export * from './config/accounts/custom-provider.interface.js';
export { Secret } from './config/accounts/secret.js';
export type { WhatsAppCloudAccount, WhatsAppCloudAccountOptions } from './config/accounts/whatsapp-cloud.account.js';
export type { ZApiAccount, ZApiAccountOptions } from './config/accounts/z-api.account.js';
export { ButtonMessagingConfig } from './config/button-messaging.config.js';
export * from './config/button-messaging-options.interface.js';
export * from './errors/index.js';
export type {
  AccountEvent,
  AccountEventType,
  ButtonReplyEvent,
  ConnectionEvent,
  EventSender,
  IdentityEvent,
  InboundMedia,
  InboundMessageEvent,
  InboundMessageType,
  MessageStatus,
  MessageStatusEvent,
  MessagingEvent,
  OtherEvent,
  OutcomeEvidence,
  OutcomeSettledEvent,
  TextMessageEvent,
} from './events/messaging-event.interface.js';
export { ButtonMessagingExceptionFilter } from './filters/button-messaging-exception.filter.js';
export type { MessagingProblem, RemoteProblem } from './filters/messaging-problem.js';
export { ButtonMessagingMedia } from './media/button-messaging.media.js';
export type { MediaDownload, MediaDownloadOptions } from './media/media-download.interface.js';
export * from './message/button-message.interface.js';
export type {
  AskOptions,
  ButtonMessageOptions,
  Carrier,
  FormOptions,
  ReplyOptions,
  SendManyOptions,
  SendManyProgress,
  SendManyResult,
} from './message/button-message-options.interface.js';
export * from './message/dto/index.js';
export type { MessageLimits } from './message/limits.js';
export type {
  ListMessage,
  ListRow,
  ListSection,
  Message,
  MessageContent,
  Template,
  TemplateButton,
  TemplateHeader,
  TemplateMessage,
  TemplateParameters,
  TextMessage,
} from './message/message.interface.js';
export type { MessagePreview, RequestPreview } from './message/message-preview.interface.js';
export type { Plain } from './message/plain.js';
export { recipientKey } from './message/recipient.js';
export type { RepliableEvent } from './message/reply-to-event.js';
export type { SendOptions } from './message/send-options.interface.js';
export type { SentMessage } from './message/sent-message.interface.js';
export { ButtonMessagingValidationPipe } from './pipes/button-messaging-validation.pipe.js';
export { IdempotencyStore, type Reservation } from './stores/idempotency.store.js';
export { MemoryIdempotencyStore } from './stores/memory/memory-idempotency.store.js';
export { MemoryPacingStore } from './stores/memory/memory-pacing.store.js';
export { MemoryPersonStore } from './stores/memory/memory-person.store.js';
export { MemoryRepeatStore } from './stores/memory/memory-repeat.store.js';
export { MemoryReplyExchange } from './stores/memory/memory-reply.exchange.js';
export { MemorySentMessageStore } from './stores/memory/memory-sent-message.store.js';
export { type Pace, PacingStore } from './stores/pacing.store.js';
export { type KnownPerson, PersonStore } from './stores/person.store.js';
export { RepeatStore } from './stores/repeat.store.js';
export { ReplyExchange } from './stores/reply.exchange.js';
export * from './stores/sent-message.store.js';
export { SharedStores } from './stores/shared-stores.js';
export * from './telemetry/redaction.js';
export { ButtonMessagingHttp } from './transport/button-messaging.http.js';
export { ButtonMessagingEvents } from './webhooks/button-messaging.events.js';
export { ButtonMessagingWebhooks, type WebhookResponse } from './webhooks/button-messaging.webhooks.js';
export * from './webhooks/handlers/event-handler.decorators.js';
