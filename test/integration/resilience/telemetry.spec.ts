import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { context, metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  type Histogram,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { ButtonMessage, ButtonMessagingModuleOptions, ZApiAccountOptions } from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { reset } from '../../support/responses.js';
import { OpenApps } from '../../support/test-app.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
const spans = new InMemorySpanExporter();
let exporter: InMemoryMetricExporter;
let meters: MeterProvider;
let server: FakeProvider;

beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());

/** Registers a new SDK for each test, as an application does before it starts. */
beforeEach(() => {
  server.reset();
  spans.reset();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  meters = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  });
  metrics.setGlobalMeterProvider(meters);
});
afterEach(async () => {
  await apps.close();
  await meters.shutdown();
  trace.disable();
  context.disable();
  metrics.disable();
});

const PHONE = phoneOf(77_123);
const message: ButtonMessage = {
  to: PHONE,
  text: 'TEXT-CANARY in plain words',
  footer: 'FOOTER-CANARY',
  buttons: [{ type: 'reply', id: 'ID-CANARY', title: 'TITLE-CANARY' }],
};
const later: FakeResponse = { status: 503, headers: { 'Retry-After': '0' }, body: { error: `${PHONE} TEXT-CANARY` } };
const canaryAccount = (more: Partial<ZApiAccountOptions> = {}) =>
  zApiAccount(server.url, {
    instanceId: 'INSTANCE-CANARY',
    token: 'TOKEN-CANARY',
    clientToken: 'CLIENT-CANARY',
    ...more,
  });
const open = async (given: ButtonMessagingModuleOptions = {}) => {
  const accounts = [canaryAccount()];
  return apps.open({ accounts, retry: { baseDelayMs: 1 }, breaker: false, ...given });
};

/** Returns the spans: one root for each send, and its children. */
function tree() {
  const found = spans.getFinishedSpans();
  const roots = found.filter(({ parentSpanContext }) => parentSpanContext === undefined);
  const below = (root: ReadableSpan) =>
    found.filter(({ parentSpanContext }) => parentSpanContext?.spanId === root.spanContext().spanId);
  return { found, roots, below };
}

async function measured(): Promise<MetricData[]> {
  await meters.forceFlush();
  return (exporter.getMetrics().at(-1)?.scopeMetrics ?? []).flatMap((scope) => scope.metrics);
}
const named = (found: MetricData[], name: RegExp | string) =>
  found.find(({ descriptor }) => (typeof name === 'string' ? descriptor.name === name : name.test(descriptor.name)));
const total = (metric: MetricData | undefined, withError?: boolean) =>
  (metric?.dataPoints ?? [])
    .filter(({ attributes }) => withError === undefined || withError === 'error.type' in attributes)
    .reduce((sum, { value }) => sum + (typeof value === 'number' ? value : Number((value as Histogram).count)), 0);

describe('OpenTelemetry spans', () => {
  it('include one for the send and one for its attempt as a child', async () => {
    const { messaging } = await open();
    await messaging.send(message);
    const { found, roots, below } = tree();
    expect(roots).toHaveLength(1);
    expect(found).toHaveLength(2);
    const [root] = roots as [ReadableSpan];
    expect(below(root)).toHaveLength(1);
    for (const span of found) {
      expect(span.ended).toBe(true);
      expect(span.status.code).not.toBe(SpanStatusCode.ERROR);
      expect(span.attributes).not.toHaveProperty('error.type');
    }
  });

  it('include one child for each attempt', async () => {
    server.next(later, later);
    const { messaging } = await open();
    await messaging.send(message);
    const { found, roots, below } = tree();
    expect(roots).toHaveLength(1);
    const attempts = below(roots[0] as ReadableSpan);
    expect(attempts).toHaveLength(3);
    expect(found).toHaveLength(4);
    expect(attempts.map(({ attributes }) => attributes['error.type'])).toEqual([
      'provider-unavailable',
      'provider-unavailable',
      undefined,
    ]);
    expect(roots[0]?.attributes).not.toHaveProperty('error.type');
  });

  it.each<[string, FakeResponse]>([
    ['provider-rejected', { status: 400, body: { error: 'bad' } }],
    ['unknown-outcome', reset],
    ['authentication', { status: 400, body: { error: 'Instance not found' } }],
  ])('carry the error type %s', async (code, reply) => {
    server.next(reply);
    const { messaging } = await open();
    await errorOf(messaging.send(message));
    const { found } = tree();
    expect(found).toHaveLength(2);
    for (const span of found) {
      expect(span.attributes).toMatchObject({ 'error.type': code });
      expect(span.status.code).toBe(SpanStatusCode.ERROR);
    }
  });

  it('are children of the application’s active span', async () => {
    const { messaging } = await open();
    await trace.getTracer('user').startActiveSpan('user', async (user) => {
      await messaging.send(message);
      user.end();
    });
    const { found, roots, below } = tree();
    expect(roots.map(({ name }) => name)).toEqual(['user']);
    const [send] = below(roots[0] as ReadableSpan) as [ReadableSpan];
    expect(below(send)).toHaveLength(1);
    expect(found).toHaveLength(3);
  });

  it('are kept apart for concurrent sends', async () => {
    const { messaging } = await open();
    await Promise.all(Array.from({ length: 10 }, (_, index) => messaging.send({ ...message, to: phoneOf(index) })));
    const { roots, below } = tree();
    expect(roots).toHaveLength(10);
    for (const root of roots) expect(below(root)).toHaveLength(1);
  });

  it('are recorded for the provider services', async () => {
    const { zApi } = await open();
    await zApi.sendText({ phone: PHONE, message: 'TEXT-CANARY' });
    const { roots, below } = tree();
    expect(roots).toHaveLength(1);
    expect(below(roots[0] as ReadableSpan)).toHaveLength(1);
  });
});

describe('OpenTelemetry metrics', () => {
  it('include the duration of operations in seconds', async () => {
    const { messaging } = await open();
    await messaging.send(message);
    server.next({ status: 400, body: { error: 'bad' } });
    await errorOf(messaging.send(message));
    const duration = named(await measured(), 'messaging.client.operation.duration');
    expect(duration?.descriptor.unit).toBe('s');
    expect(total(duration, false)).toBeGreaterThanOrEqual(1);
    const failed = duration?.dataPoints.filter(({ attributes }) => attributes['error.type'] === 'provider-rejected');
    expect(failed?.length).toBe(1);
    for (const { value } of duration?.dataPoints ?? []) expect((value as Histogram).max).toBeLessThan(30);
  });

  it('include the number of sent messages', async () => {
    const { messaging } = await open();
    for (let index = 0; index < 4; index += 1) await messaging.send(message);
    expect(total(named(await measured(), 'messaging.client.sent.messages'), false)).toBe(4);
  });

  it('include a message once when it was retried', async () => {
    server.next(later, later);
    const { messaging } = await open();
    await messaging.send(message);
    expect(total(named(await measured(), 'messaging.client.sent.messages'), false)).toBe(1);
  });

  it('include the number of retries', async () => {
    server.next(later, later);
    const { messaging } = await open();
    await messaging.send(message);
    expect(total(named(await measured(), /retr(y|ies)/))).toBe(2);
  });

  it('include the number of unknown outcomes', async () => {
    server.next(reset, reset);
    const { messaging } = await open();
    for (let index = 0; index < 3; index += 1) await messaging.send(message).catch(() => {});
    expect(total(named(await measured(), /unknown/))).toBe(2);
  });

  it('include the number of sends delayed by pacing', async () => {
    const { messaging } = await open({ accounts: [canaryAccount({ pacing: { perSecond: 20, burst: 1 } })] });
    await Promise.all([messaging.send(message), messaging.send(message), messaging.send(message)]);
    expect(total(named(await measured(), /pac(e|ing)/))).toBe(2);
  });
});

const CANARY = /CANARY|5511977\d|90077123|%2B55/;
/** The log may contain the provider's text, but none of these. */
const CANARY_OF_LOG = /in plain words|(FOOTER|ID|TITLE|TOKEN|CLIENT|INSTANCE|KEY)-CANARY|5511977\d|90077123|%2B55/;

it('telemetry and logs contain no phone number, text or secret', async () => {
  const lines: unknown[] = [];
  const log = (...given: unknown[]) => void lines.push(given);
  const logger = { log, error: log, warn: log, debug: log, verbose: log, fatal: log };
  const { messaging, zApi } = await open({ logger });
  const echo = { error: `No ${PHONE} with TEXT-CANARY at TOKEN-CANARY` };
  server.next({ body: { messageId: 'M' } }, later, reset, { status: 400, body: echo }, { status: 500, body: echo });
  for (let index = 0; index < 6; index += 1) {
    await messaging.send(message, { idempotencyKey: `KEY-CANARY-${index}` }).catch(() => {});
  }
  await zApi.phoneExists(PHONE).catch(() => {});
  await messaging.send({ ...message, to: `${PHONE}CANARY` }).catch(() => {});
  const found = spans.getFinishedSpans().map(({ name, attributes, events, links, status }) => {
    return { name, attributes, events, links, status };
  });
  expect(found.length).toBeGreaterThan(8);
  expect(JSON.stringify(found)).not.toMatch(CANARY);
  expect(JSON.stringify(await measured())).not.toMatch(CANARY);
  expect(lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(lines)).not.toMatch(CANARY_OF_LOG);
});

it('logs contain retries and unknown outcomes', async () => {
  const lines: string[] = [];
  const log = (...given: unknown[]) => void lines.push(JSON.stringify(given));
  const logger = { log, error: log, warn: log, debug: log, verbose: log, fatal: log };
  const { messaging } = await open({ logger });
  lines.length = 0;
  server.next(later, reset);
  await errorOf(messaging.send(message));
  expect(lines.some((line) => line.includes('unknown'))).toBe(true);
  expect(lines.length).toBeGreaterThanOrEqual(2);
});

it('send() works without an OpenTelemetry SDK', async () => {
  trace.disable();
  metrics.disable();
  context.disable();
  const { messaging } = await open();
  expect(await messaging.send(message)).toMatchObject({ attempts: 1 });
  expect(spans.getFinishedSpans()).toHaveLength(0);
});
