import type { Provider } from '@nestjs/common';
import { BodyReader } from './body-reader.js';
import { ButtonMessagingEvents } from './button-messaging.events.js';
import { ButtonMessagingWebhooks } from './button-messaging.webhooks.js';
import { EventDispatcher } from './event.dispatcher.js';
import { EventHandlerExplorer } from './handlers/event-handler.explorer.js';
import { HandlerEnhancers } from './handlers/handler-enhancers.js';
import { HandlerInstances } from './handlers/handler-host.js';
import { HandlerReports } from './handlers/handler-reports.js';
import { HandlerRunner } from './handlers/handler-runner.js';
import { HandlerWait } from './handlers/handler-wait.js';
import { RawBodyReader } from './raw-body.reader.js';
import { RejectedWebhookLogger } from './rejected-webhook.logger.js';
import { EarlyCallbacks } from './replies/early-callbacks.js';
import { OutcomeSettler } from './replies/outcome-settler.js';
import { PendingReplies } from './replies/pending-replies.js';
import { ReplyMatcher } from './replies/reply.matcher.js';
import { WebhookDeduplicator } from './webhook-deduplicator.js';

export const WEBHOOK_PROVIDERS: readonly Provider[] = [
  RejectedWebhookLogger,
  WebhookDeduplicator,
  EarlyCallbacks,
  ReplyMatcher,
  PendingReplies,
  OutcomeSettler,
  ButtonMessagingEvents,
  EventDispatcher,
  HandlerInstances,
  HandlerEnhancers,
  HandlerRunner,
  HandlerReports,
  EventHandlerExplorer,
  HandlerWait,
  ButtonMessagingWebhooks,
  BodyReader,
  RawBodyReader,
];
