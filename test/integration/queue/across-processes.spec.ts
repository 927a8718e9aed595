import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { QueueEvent } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { type Place, placeOn } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);

// Each application represents a process: they share only the engine.
describeOnServers('ButtonMessagingQueue in two processes on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let worker: QueueApp;
  let producer: QueueApp;
  const exporter = new InMemorySpanExporter();

  beforeAll(async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    const { engine: where, name } = place;
    worker = await QueueApp.start(simulator, { engine: where, name });
    producer = await QueueApp.start(simulator, { engine: where, name, worker: false, events: 'queue' });
  });
  afterEach(() => simulator.heal());
  afterAll(async () => {
    await producer?.close();
    await worker?.close();
    await simulator.close();
    await place.remove();
    for (const api of [context, propagation, trace]) api.disable();
  });

  const heard = (id: string) => producer.events.filter((event) => event.id === id);
  const kinds = (events: QueueEvent[]) => events.map(({ kind }) => kind);

  it('emits the events of a message that another process sends', async () => {
    const { id } = await producer.queue.enqueue(message());
    await until(() => heard(id).length === 2);
    expect(heard(id)).toEqual([
      { kind: 'enqueued', id },
      { kind: 'sent', id, sent: expect.objectContaining({ id, account: 'z-api', acceptedAt: expect.any(Date) }) },
    ]);
    const heardByItself = () => worker.events.filter((event) => event.id === id);
    // Queue listeners may receive the event before the process that caused it.
    await until(() => heardByItself().length > 0);
    expect(kinds(heardByItself())).toEqual(['sent']);
  });

  it('emits the enqueued and failed events of another process, with the error', async () => {
    simulator.fail('z-api', 'refused-with-200');
    const { id } = await worker.queue.enqueue(message());
    await until(() => heard(id).length === 2);
    expect(heard(id)).toEqual([
      { kind: 'enqueued', id },
      {
        kind: 'failed',
        id,
        error: { code: expect.any(String), message: expect.any(String), category: expect.any(String) },
      },
    ]);
  });

  it('emits the held and released events of another process', async () => {
    simulator.fail('z-api', 'drop-after-accepting', 2);
    const { id } = await producer.queue.enqueue(message());
    await until(() => heard(id).length === 2);
    await worker.queue.release(id, 'resend');
    await until(() => heard(id).length === 4);
    await worker.is(id, 'held');
    await producer.queue.release(id, 'discard');
    await until(() => heard(id).length === 5);
    expect(kinds(heard(id))).toEqual(['enqueued', 'held', 'released', 'held', 'released']);
    expect(heard(id).slice(-1)).toEqual([{ kind: 'released', id, how: 'discard' }]);
  });

  it('continues the trace of the enqueueing process in the worker', async () => {
    exporter.reset();
    const request = trace.getTracer('test').startSpan('request');
    const { id } = await context.with(trace.setSpan(context.active(), request), () =>
      producer.queue.enqueue(message(), { account: 'whatsapp-cloud' }),
    );
    request.end();
    await worker.is(id, 'sent');
    const named = (name: string) => exporter.getFinishedSpans().find((span) => span.name.startsWith(name));
    await until(() => named('process ') !== undefined);
    const [create, process, send] = ['create ', 'process ', 'send '].map(named);
    expect(create?.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
    expect(process?.parentSpanContext?.spanId).toBe(create?.spanContext().spanId);
    expect(send?.parentSpanContext?.spanId).toBe(process?.spanContext().spanId);
    expect(process?.attributes['messaging.message.id']).toBe(id);
  });
});
