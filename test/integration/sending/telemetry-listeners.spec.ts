import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsoleLogger, Logger } from '@nestjs/common';
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  ParentBasedSampler,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { MessagingLogger } from '../../../lib/telemetry/messaging.logger.js';
import { zApiAccount } from '../../support/accounts.js';
import { phoneOf } from '../../support/button-messages.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { outputOf, RecordingLogger } from '../../support/recording-logger.js';
import { OpenApps } from '../../support/test-app.js';

const apps = new OpenApps();
const spans = new InMemorySpanExporter();
let server: FakeProvider;

beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => spans.reset());
afterEach(async () => {
  await apps.close();
  trace.disable();
  context.disable();
  metrics.disable();
});

function startTracing(sampler?: ParentBasedSampler): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const spanProcessors = [new SimpleSpanProcessor(spans)];
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors, ...(sampler && { sampler }) }));
}

async function sendOne() {
  const { messaging } = await apps.open({ accounts: [zApiAccount(server.url)] });
  const message = { to: phoneOf(1), text: 'Text', buttons: [{ type: 'reply' as const, id: 'a', title: 'A' }] };
  return { send: () => messaging.send(message) };
}

describe('MessagingTelemetry', () => {
  it('records metrics without a tracer', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const meters = new MeterProvider({ readers: [reader] });
    metrics.setGlobalMeterProvider(meters);
    await (await sendOne()).send();
    await meters.forceFlush();
    const found = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    expect(found.map(({ descriptor }) => descriptor.name).toSorted()).toEqual([
      'messaging.client.operation.duration',
      'messaging.client.sent.messages',
    ]);
    await meters.shutdown();
  });

  it('records spans without a meter', async () => {
    startTracing();
    await (await sendOne()).send();
    expect(spans.getFinishedSpans()).toHaveLength(2);
  });

  it('records spans as soon as an SDK is registered after startup', async () => {
    const { send } = await sendOne();
    await send();
    startTracing();
    await send();
    expect(spans.getFinishedSpans()).toHaveLength(2);
  });

  it('records no attempt span when the send is not sampled', async () => {
    startTracing(new ParentBasedSampler({ root: new AlwaysOffSampler() }));
    await (await sendOne()).send();
    expect(spans.getFinishedSpans()).toEqual([]);
  });
});

describe('MessagingLogger', () => {
  let made = 0;
  const line = () => {
    made += 1;
    return 'a line to +55 11 98765-4321';
  };
  beforeEach(() => {
    made = 0;
  });
  afterEach(() => Logger.overrideLogger(['log', 'error', 'warn', 'debug', 'verbose', 'fatal']));

  it('does not build a debug line when logging is disabled', () => {
    new MessagingLogger(false).debug(line);
    expect(made).toBe(0);
  });

  it('does not build a debug line when Nest’s debug level is off', () => {
    Logger.overrideLogger(['error', 'warn']);
    new MessagingLogger(true).debug(line);
    expect(made).toBe(0);
  });

  it('writes a debug line with a masked phone number when Nest’s debug level is on', async () => {
    Logger.overrideLogger(new ConsoleLogger());
    Logger.overrideLogger(['debug']);
    const output = await outputOf(async () => new MessagingLogger(true).debug(line));
    expect(output).toContain('a line to …4321');
  });

  it('masks phone numbers and leaves IDs unchanged', () => {
    const logger = new RecordingLogger();
    new MessagingLogger(logger).warn('Message 4b92e6f5-8115-8336-9282-298371000000 to 5511987654321 is held');
    expect(logger.lines).toEqual(['Message 4b92e6f5-8115-8336-9282-298371000000 to …4321 is held']);
  });

  it('passes debug lines to a custom logger whatever Nest’s levels are', () => {
    Logger.overrideLogger(['error']);
    const logger = new RecordingLogger();
    new MessagingLogger(logger).debug(line);
    expect(logger.lines).toEqual(['a line to …4321']);
  });
});
