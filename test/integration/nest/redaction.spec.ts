import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { context, trace } from '@opentelemetry/api';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { type Options, pinoHttp } from 'pino-http';
import { pinoRedaction, redactedUrlAttributes, redactUrl } from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { phoneOf } from '../../support/button-messages.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { OpenApps } from '../../support/test-app.js';
import { until } from '../../support/time.js';
import { PLATFORMS, WebhookApps } from '../../support/webhook-app.js';

/** A stream that records what a logger writes. */
class Lines extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }

  get count(): number {
    return this.text.split('\n').length - 1;
  }
}

const SECRETS = ['token-of-z-5d2c', 'z-secret-new', 'c-secret-new', 'w-verify', 'sha256=5f2c'];

/** Requests with every secret that a webhook may bring, in headers and in the query. */
const REQUESTS: [path: string, init: RequestInit][] = [
  ['webhooks/z-api/z', { method: 'POST', headers: { 'z-api-token': 'token-of-z-5d2c' } }],
  ['webhooks/z-api/z?webhook-secret=z-secret-new&a=1', { method: 'POST' }],
  ['webhooks/z-api/z?webhook%2Dsecret=z-secret-new', { method: 'POST' }],
  ['webhooks/z-api/z?Webhook-Secret=z-secret-new&B=2', { method: 'POST' }],
  ['webhooks/z-api/z?WEBHOOK-SECRET=z-secret-new&WEBHOOK-SECRET=c-secret-new', { method: 'POST' }],
  ['webhooks/z-api/z', { method: 'POST', headers: { 'webhook-secret': 'z-secret-new' } }],
  ['webhooks/chatvolt/c', { method: 'POST', headers: { authorization: 'Bearer c-secret-new' } }],
  ['webhooks/whatsapp-cloud/w', { method: 'POST', headers: { 'x-hub-signature-256': 'sha256=5f2c' } }],
  ['webhooks/whatsapp-cloud/w?hub.mode=subscribe&hub.verify_token=w-verify&hub.challenge=7', { method: 'GET' }],
];

async function ask(url: string): Promise<void> {
  for (const [path, init] of REQUESTS) {
    const body = init.method === 'POST' ? '{}' : null;
    await fetch(`${url}/${path}`, { ...init, body });
  }
}

const secretsIn = (text: string) => SECRETS.filter((secret) => text.includes(secret));

describe('pinoRedaction', () => {
  const apps = new WebhookApps();
  afterEach(apps.close);

  async function loggedBy(platform: () => AbstractHttpAdapter, options: Options): Promise<string> {
    const lines = new Lines();
    const { url } = await apps.start({ platform, prepare: (app) => app.use(pinoHttp(options, lines)) });
    await ask(url);
    await until(() => lines.count >= REQUESTS.length);
    return lines.text;
  }

  for (const [name, platform] of PLATFORMS) {
    it(`hides all secrets from pino-http on ${name}`, async () => {
      const text = await loggedBy(platform, { redact: pinoRedaction() });
      expect(secretsIn(text)).toEqual([]);
      expect(text).toContain('/webhooks/z-api/z?webhook-secret=[redacted]&a=1');
      expect(text).toContain('hub.mode=subscribe&hub.verify_token=[redacted]&hub.challenge=7');
      expect(text).toContain('"query":{"Webhook-Secret":"[redacted]","B":"2"}');
    });

    it(`keeps the redaction of the application itself on ${name}`, async () => {
      const { paths, censor } = pinoRedaction();
      const text = await loggedBy(platform, { redact: { paths: [...paths, 'req.query.B'], censor } });
      expect(secretsIn(text)).toEqual([]);
      expect(text).toContain('"query":{"Webhook-Secret":"[redacted]","B":"[redacted]"}');
    });

    it(`hides all secrets under another request key on ${name}`, async () => {
      const customAttributeKeys = { req: 'request' };
      expect(secretsIn(await loggedBy(platform, { redact: pinoRedaction('request'), customAttributeKeys }))).toEqual(
        [],
      );
    });

    it(`is needed to hide the secrets from pino-http on ${name}`, async () => {
      expect(secretsIn(await loggedBy(platform, {}))).toEqual(SECRETS);
    });
  }

  it('hides all secrets from the logger of Fastify itself', async () => {
    const lines = new Lines();
    const platform = () => new FastifyAdapter({ logger: { stream: lines, redact: pinoRedaction() } });
    const { url } = await apps.start({ platform });
    await ask(url);
    await until(() => lines.count >= 2 * REQUESTS.length);
    expect(secretsIn(lines.text)).toEqual([]);
    expect(lines.text).toContain('webhook-secret=[redacted]');
  });
});

describe('redactedUrlAttributes', () => {
  const apps = new OpenApps();
  const spans = new InMemorySpanExporter();
  let server: FakeProvider;

  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  afterAll(() => server.close());
  afterEach(async () => {
    await apps.close();
    spans.reset();
    trace.disable();
    context.disable();
  });

  async function tracedAttributes(config: ConstructorParameters<typeof UndiciInstrumentation>[0]): Promise<string> {
    const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
    const instrumentation = new UndiciInstrumentation(config);
    instrumentation.setTracerProvider(tracerProvider);
    instrumentation.enable();
    try {
      const { messaging } = await apps.open({ accounts: [zApiAccount(server.url, { token })] });
      await messaging.send({ to: phoneOf(1), text: 'Text', buttons: [{ type: 'reply', id: 'a', title: 'A' }] });
      await until(() => spans.getFinishedSpans().length > 0);
    } finally {
      instrumentation.disable();
    }
    return JSON.stringify(
      spans.getFinishedSpans().map(({ name, attributes, events }) => ({ name, attributes, events })),
    );
  }

  const token = 'INSTANCE-TOKEN';

  it('hides the token from the undici instrumentation', async () => {
    const told = await tracedAttributes({ startSpanHook: redactedUrlAttributes });
    expect(told).not.toContain(token);
    expect(told).toContain('/token/[redacted]/send-button-actions');
  });

  it('is needed to hide the token from the undici instrumentation', async () => {
    expect(await tracedAttributes({})).toContain(token);
  });

  it('returns the attributes of an incoming request as the HTTP instrumentation does', () => {
    expect(redactedUrlAttributes({ url: '/webhooks/z-api/z?webhook-secret=x&a=1' })).toEqual({
      'url.path': '/webhooks/z-api/z',
      'url.query': 'webhook-secret=[redacted]&a=1',
    });
    expect(redactedUrlAttributes({ url: '/health' })).toEqual({ 'url.path': '/health' });
  });
});

describe('redactUrl', () => {
  it.each([
    [
      'https://api.z-api.io/instances/A/token/B/send-text',
      'https://api.z-api.io/instances/A/token/[redacted]/send-text',
    ],
    ['/proxy/instances/A/token/B', '/proxy/instances/A/token/[redacted]'],
    ['/Instances/A/Token/B?x=1#y', '/Instances/A/Token/[redacted]?x=1#y'],
    ['/instances/A/token/a%2Fb/status', '/instances/A/token/[redacted]/status'],
    ['/hooks?webhook-secret=a&webhook-secret=b', '/hooks?webhook-secret=[redacted]&webhook-secret=[redacted]'],
    ['/hooks?Webhook-Secret=a', '/hooks?Webhook-Secret=[redacted]'],
    ['/hooks?hub%2Everify_token=a', '/hooks?hub%2Everify_token=[redacted]'],
    ['https://graph.facebook.com/v1/1?access_token=a=b', 'https://graph.facebook.com/v1/1?access_token=[redacted]'],
    ['http://user:password@proxy:3128/', 'http://[redacted]@proxy:3128/'],
    ['/hooks?a=%E0%A4%A&webhook-secret', '/hooks?a=%E0%A4%A&webhook-secret'],
    ['/hooks?to=a@b.example', '/hooks?to=a@b.example'],
    ['//instances/I1//token/T', '//instances/I1//token/[redacted]'],
    ['/instances//token/T', '/instances//token/[redacted]'],
    ['/instances/token/token/T/x', '/instances/token/token/[redacted]/x'],
    ['/instances/I/%74oken/T', '/instances/I/%74oken/[redacted]'],
    ['/%69nst%61nces/I/%2574OKEN/T/send-text', '/%69nst%61nces/I/%2574OKEN/[redacted]/send-text'],
    ['/instances%2FI%2ftoken%2FT/send-text', '/instances%2FI%2ftoken%2F[redacted]/send-text'],
    ['/instances/./I/token/T', '/instances/./I/token/[redacted]'],
    ['/instances/I/tokens/T', '/instances/I/tokens/T'],
    ['/hooks?webhook-secret[]=T&b=1', '/hooks?webhook-secret[]=[redacted]&b=1'],
    ['/hooks?webhook-secret%5B0%5D=T', '/hooks?webhook-secret%5B0%5D=[redacted]'],
    ['/hooks?a[access_token]=T', '/hooks?a[access_token]=[redacted]'],
    ['/hooks?a=b;webhook-secret=T', '/hooks?a=b;webhook-secret=[redacted]'],
    ['/hooks?webhook-secret=T;T&a=b', '/hooks?webhook-secret=[redacted]&a=b'],
    ['/hooks?webhook%252Dsecret=T', '/hooks?webhook%252Dsecret=[redacted]'],
    ['/hooks?%E0webhook-secret[%]=T', '/hooks?%E0webhook-secret[%]=T'],
    ['/hooks?webhook%2Dsecret[%]=T', '/hooks?webhook%2Dsecret[%]=[redacted]'],
    ['/a#webhook-secret=T&b=1', '/a#webhook-secret=[redacted]&b=1'],
    ['/a#/b?access_token=T', '/a#/b?access_token=[redacted]'],
    ['/a#/instances/I/token/T', '/a#/instances/I/token/[redacted]'],
    ['http://user:p@ss@proxy:3128/', 'http://[redacted]@proxy:3128/'],
    ['', ''],
  ])('maps "%s" to "%s"', (url, redacted) => {
    expect(redactUrl(url)).toBe(redacted);
  });
});
