import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ButtonMessagingMedia } from '../../../lib/index.js';
import { cloudAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { fileResponse, imageEvent, PHOTO } from '../../support/media.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { OpenApps } from '../../support/test-app.js';

describe('Download in logs, spans and interceptors', () => {
  const apps = new OpenApps();
  const spans = new InMemorySpanExporter();
  let server: FakeProvider;
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  beforeEach(() => {
    server.reset();
    spans.reset();
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  });
  afterEach(async () => {
    await apps.close();
    trace.disable();
  });
  afterAll(() => server.close());

  const media = { id: 'MEDIA-CANARY', filename: 'FILENAME-CANARY' };
  async function open() {
    const logger = new RecordingLogger();
    const accounts = [cloudAccount(server.url, { accessToken: 'TOKEN-CANARY' })];
    const app = await apps.open({ accounts, logger, retry: { baseDelayMs: 1 } });
    return { ...app, media: app.app.get(ButtonMessagingMedia), logger };
  }
  const located = () => ({ body: { url: `${server.url}/file?signature=URL-CANARY` } });

  it('has a span for each of its two requests', async () => {
    const app = await open();
    server.next(located(), fileResponse(PHOTO));
    await buffer((await app.media.download(imageEvent('meta', media))).stream);
    expect(spans.getFinishedSpans().map(({ name }) => name)).toEqual([
      'attempt media-url',
      'send media-url',
      'attempt media',
      'send media',
    ]);
  });

  it('logs retries, and never a URL, a name or a token', async () => {
    const app = await open();
    server.next(located(), { status: 503, body: 'BODY-CANARY' }, { status: 500 }, { status: 410 });
    const error = await errorOf(app.media.download(imageEvent('meta', media)));
    expect(app.logger.lines).toHaveLength(2);
    expect(app.logger.lines[0]).toContain('media of account meta: attempt 1 failed');
    const attributes = spans.getFinishedSpans().map((span) => [span.name, span.attributes, span.events, span.status]);
    const said = JSON.stringify([app.logger.lines, attributes, { ...error, message: error.message }]);
    expect(said).not.toMatch(/CANARY|127\.0\.0\.1/);
  });

  it('goes through interceptors and common headers only for the URL', async () => {
    const app = await open();
    const seen: unknown[] = [];
    app.http.axiosRef.defaults.headers.common['X-Tenant'] = 'a';
    app.http.axiosRef.interceptors.request.use((config) => {
      seen.push(config.url);
      return config;
    });
    server.next(located(), fileResponse(PHOTO));
    await buffer((await app.media.download(imageEvent('meta', media))).stream);
    expect(seen).toEqual([`${server.url}/v26.0/MEDIA-CANARY`]);
    expect(server.requests.map(({ headers }) => headers['x-tenant'])).toEqual(['a', undefined]);
  });
});
