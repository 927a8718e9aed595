import type { Provider } from '@nestjs/common';
import { BodyReader } from './body-reader.js';
import { ButtonMessagingEvents } from './button-messaging.events.js';
import { ButtonMessagingWebhooks } from './button-messaging.webhooks.js';
import { EarlyCallbacks } from './early-callbacks.js';
import { EventDispatcher } from './event-dispatcher.js';
import { HandlerEnhancers } from './handler-enhancers.js';
import { HandlerInstances } from './handler-host.js';
import { HandlerRegistry } from './handler-registry.js';
import { HandlerReports } from './handler-reports.js';
import { HandlerRunner } from './handler-runner.js';
import { HandlerWait } from './handler-wait.js';
import { LateFallback } from './late-fallback.js';
import { OutcomeSettler } from './outcome-settler.js';
import { RawBodies } from './raw-bodies.js';
import { RefusedWebhooks } from './refused-webhooks.js';
import { RepeatFilter } from './repeat-filter.js';
import { ReplyMatcher } from './reply-matcher.js';

export const WEBHOOK_PROVIDERS: readonly Provider[] = [
  RefusedWebhooks,
  RepeatFilter,
  EarlyCallbacks,
  ReplyMatcher,
  OutcomeSettler,
  LateFallback,
  ButtonMessagingEvents,
  EventDispatcher,
  HandlerInstances,
  HandlerEnhancers,
  HandlerRunner,
  HandlerReports,
  HandlerRegistry,
  HandlerWait,
  ButtonMessagingWebhooks,
  BodyReader,
  RawBodies,
];
