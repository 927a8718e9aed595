import type { FactoryProvider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ProviderClient } from '../adapters/provider.client.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { MediaOpener } from '../media/media.opener.js';
import { RequestExecutor } from '../resilience/request.executor.js';
import { ReplyExchange } from '../stores/reply.exchange.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { HostConnections } from '../transport/host-connections.js';
import { HttpTransport } from '../transport/http-transport.js';
import { EventDispatcher } from '../webhooks/event.dispatcher.js';
import { HandlerFailures } from './handler-failures.js';
import { ObservedReplyExchange } from './observed-reply.exchange.js';
import { RecordingClient } from './recording-client.js';
import { RecordingMediaOpener } from './recording-media.opener.js';
import type { AnswerListener, RecordingTransport } from './recording-transport.js';

/** Returns the providers that replace the module's own, so that requests end in the transport. */
export function recordingProviders(recording: RecordingTransport): FactoryProvider[] {
  return [
    {
      provide: ProviderClient,
      inject: [ModuleRef, HttpTransport, RequestExecutor, MessagingLogger, HostConnections],
      useFactory: (modules: ModuleRef, ...dependencies: ConstructorParameters<typeof ProviderClient>) => {
        recording.use(listenerIn(modules));
        return new RecordingClient(recording, ...dependencies);
      },
    },
    {
      provide: MediaOpener,
      inject: [ButtonMessagingConfig, HttpTransport, RequestExecutor],
      useFactory: (...dependencies: ConstructorParameters<typeof MediaOpener>) =>
        new RecordingMediaOpener(recording, ...dependencies),
    },
    { provide: ReplyExchange, inject: [], useFactory: () => new ObservedReplyExchange() },
  ];
}

/** Dispatches simulated replies like webhooks. */
function listenerIn(modules: ModuleRef): AnswerListener {
  const failures = new HandlerFailures();
  return {
    async dispatch(event) {
      const dispatcher = modules.get(EventDispatcher, { strict: false });
      dispatcher.onFailure((error, { raw }) => failures.note(error, raw));
      const replies = modules.get(ReplyExchange, { strict: false });
      const waiting = new AbortController();
      const nextWait = replies instanceof ObservedReplyExchange ? [replies.nextWait(waiting.signal)] : [];
      const end = failures.listen(event.raw);
      dispatcher.dispatch([event]);
      await Promise.race([dispatcher.whenIdle(), ...nextWait]);
      waiting.abort();
      end();
    },
  };
}
