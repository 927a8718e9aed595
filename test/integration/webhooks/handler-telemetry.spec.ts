import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Injectable, Post } from '@nestjs/common';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import {
  type ButtonMessagingModuleOptions,
  ButtonMessagingService,
  ButtonMessagingWebhooks,
  type ButtonReplyEvent,
  OnButtonReply,
  OnTextMessage,
  type RememberedMessage,
  SentMessageStore,
} from '../../../lib/index.js';
import { readMessages, writeMessage } from '../../../lib/queue/stores/sent-message.codec.js';
import { SimulatedApp } from '../../support/simulated-app.js';

const spans = new InMemorySpanExporter();
const traced = (more: object = {}) =>
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)], ...more }));

beforeEach(() => {
  spans.reset();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
let app: SimulatedApp;
afterEach(async () => {
  await app.close();
  trace.disable();
  context.disable();
});

let heard: ButtonReplyEvent[] = [];

class NotToday extends Error {}

@Injectable()
class Desk {
  constructor(private readonly messaging: ButtonMessagingService) {}

  @OnButtonReply('yes')
  async confirmed(event: ButtonReplyEvent) {
    heard.push(event);
    await this.messaging.send({ ...MESSAGE, text: 'Thank you' });
  }

  @OnButtonReply('no')
  declined(event: ButtonReplyEvent) {
    heard.push(event);
    throw new NotToday('in words of a customer');
  }

  @OnTextMessage()
  wrote() {}
}

@Controller('own')
class Own {
  @Post()
  nothing() {}
}

const TO = '5511987654321';
const MESSAGE = {
  to: TO,
  text: 'TEXT-CANARY',
  buttons: [
    { type: 'reply' as const, id: 'yes', title: 'TITLE-CANARY' },
    { type: 'reply' as const, id: 'no', title: 'No' },
  ],
};

/** Serializes messages as the stores that processes share do. */
class WrittenStore extends SentMessageStore {
  readonly written = new Map<string, string>();

  override remember(message: RememberedMessage): void {
    for (const id of message.messageIds) this.written.set(id, writeMessage(message));
  }

  override byMessageId(_account: string, id: string): RememberedMessage | undefined {
    return readMessages(this.written.get(id) ?? '')[0];
  }

  override recentTo(): RememberedMessage[] {
    return [];
  }
}

const start = async (options: ButtonMessagingModuleOptions = {}) => {
  heard = [];
  app = await SimulatedApp.start({ providers: [Desk], controllers: [Own], options });
  return app;
};
const idle = () => app.app.app.get(ButtonMessagingWebhooks, { strict: false }).idle();
const named = (name: string) => spans.getFinishedSpans().filter((span) => span.name === name);

/** Sends a message and presses one of its buttons. */
async function pressed(account: string, button: string) {
  const sent = await app.messaging.send(MESSAGE, { account });
  const [send] = spans.getFinishedSpans().filter(({ name }) => name.startsWith('send '));
  await app.simulator.press(await app.accepted(1), button);
  await idle();
  return { sent, send };
}

describe.each(['z-api', 'whatsapp-cloud'])('Handler tracing at %s', (account) => {
  beforeEach(() => void traced());

  it('creates a span for each handler, linked to the send it replies to', async () => {
    await start();
    const { sent, send } = await pressed(account, 'yes');
    expect(heard).toMatchObject([{ sent: { id: sent.id } }]);
    const [span, ...others] = named('process Desk.confirmed');
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      kind: SpanKind.CONSUMER,
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        'messaging.system': account,
        'messaging.operation.type': 'process',
        'messaging.operation.name': 'process',
        'messaging.destination.name': account,
        'button_messaging.event.kind': 'button-reply',
        'code.function.name': 'Desk.confirmed',
      },
    });
    const { traceId, spanId } = send?.spanContext() ?? {};
    expect(span?.links).toMatchObject([{ context: { traceId, spanId, traceFlags: 1 } }]);
    const written = JSON.stringify([span?.attributes, span?.events, span?.name]);
    for (const secret of [TO, TO.slice(-8), 'CANARY']) expect(written).not.toContain(secret);
  });

  it('creates the spans of the sends of a handler below its span', async () => {
    await start();
    await pressed(account, 'yes');
    const [span] = named('process Desk.confirmed');
    const sends = spans.getFinishedSpans().filter(({ name }) => name.startsWith('send '));
    expect(sends.at(-1)?.parentSpanContext?.spanId).toBe(span?.spanContext().spanId);
  });

  it('records the failure of a handler by its error class only', async () => {
    await start();
    await pressed(account, 'no');
    const [span] = named('process Desk.declined');
    expect(span).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'NotToday' },
    });
    expect(JSON.stringify([span?.attributes, span?.events, span?.status])).not.toContain('customer');
  });

  it('links the span if processes share the store of sent messages', async () => {
    const store = new WrittenStore();
    await start({ extraProviders: [{ provide: SentMessageStore, useValue: store }] });
    const { send } = await pressed(account, 'yes');
    const { traceId, spanId } = send?.spanContext() ?? {};
    expect(named('process Desk.confirmed')[0]?.links).toMatchObject([{ context: { traceId, spanId } }]);
    expect([...store.written.values()][0]).toContain(`"traceparent":"00-${traceId}-${spanId}-01"`);
  });

  it('creates no link if the event replies to no message', async () => {
    await start();
    await app.simulator.write(account, { type: 'text', from: { phone: TO }, text: 'Good morning' });
    await idle();
    expect(named('process Desk.wrote')[0]?.links).toEqual([]);
  });
});

describe('Handler tracing without a trace context', () => {
  it.each([
    ['no SDK', () => {}],
    ['an SDK that samples nothing', () => traced({ sampler: new AlwaysOffSampler() })],
  ])('runs the handlers and stores no trace context with %s', async (_name, prepare) => {
    prepare();
    const store = new WrittenStore();
    await start({ extraProviders: [{ provide: SentMessageStore, useValue: store }] });
    await pressed('z-api', 'yes');
    expect(heard).toHaveLength(1);
    expect(spans.getFinishedSpans()).toEqual([]);
    expect([...store.written.values()].join()).not.toContain('traceparent');
  });

  it.each(['', 'nonsense', '00-00000000000000000000000000000000-0000000000000000-01'])(
    'ignores the invalid stored trace context "%s"',
    async (traceparent) => {
      traced();
      const store = new WrittenStore();
      const { remember } = store;
      store.remember = (message) => remember.call(store, { ...message, traceparent });
      await start({ extraProviders: [{ provide: SentMessageStore, useValue: store }] });
      await pressed('z-api', 'yes');
      expect(named('process Desk.confirmed')[0]?.links).toEqual([]);
    },
  );
});
