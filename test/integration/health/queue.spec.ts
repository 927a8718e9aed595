import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ButtonMessagingHealthModule, ButtonMessagingQueueHealthIndicator } from '../../../lib/health/index.js';
import {
  ButtonMessagingQueue,
  ButtonMessagingQueueModule,
  type ButtonMessagingQueueOptions,
} from '../../../lib/queue/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { itOnServers } from '../../support/queue/on-servers.js';
import { message } from '../../support/queue/queue-app.js';
import { ServerProxy } from '../../support/queue/server-proxy.js';
import { hangUp } from '../../support/responses.js';
import { timed, until } from '../../support/time.js';
import { HealthApp } from './health-app.js';

jest.setTimeout(60_000);

// The queue's tests cover the counts of every engine; one engine is enough here.
const [ENGINE = 'embedded'] = ENGINES;

describe('ButtonMessagingQueueHealthIndicator', () => {
  let server: FakeProvider;
  let app: HealthApp | undefined;
  let place: Place | undefined;
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  afterEach(async () => {
    await app?.close();
    await place?.remove();
    [app, place] = [undefined, undefined];
  });
  afterAll(() => server.close());

  const start = async (options: ButtonMessagingQueueOptions | undefined) => {
    app = await HealthApp.start({
      messaging: { accounts: [zApiAccount(server.url)] },
      imports: options ? [ButtonMessagingQueueModule.forRoot(options)] : [],
      health: ButtonMessagingHealthModule.forRoot({ cacheMs: 0, timeoutMs: 1_000 }),
    });
    return app;
  };

  it('reports the counts, and down above maxWaiting', async () => {
    place = await placeOn(ENGINE);
    const started = await start({ engine: place.engine, name: place.name, worker: false });
    const queue = started.get(ButtonMessagingQueue);
    for (const text of ['one', 'two', 'three']) await queue.enqueue(message(text));
    const { status, details } = await started.check('/queue?maxWaiting=3&maxHeld=0');
    expect(status).toBe(200);
    expect(details.queue).toEqual({
      status: 'up',
      counts: { waiting: 3, delayed: 0, active: 0, sent: 0, failed: 0, held: 0 },
    });
    const tooMany = await started.check('/queue?maxWaiting=2');
    expect(tooMany.status).toBe(503);
    expect(tooMany.details.queue).toMatchObject({
      reason: '3 messages are waiting, more than 2',
      counts: { waiting: 3 },
    });
  });

  it('reports down above maxHeld', async () => {
    place = await placeOn(ENGINE);
    server.always(hangUp);
    const started = await start({ engine: place.engine, name: place.name });
    const queue = started.get(ButtonMessagingQueue);
    await queue.enqueue(message());
    await until(async () => (await queue.counts()).held === 1);
    expect((await started.check('/queue')).status).toBe(200);
    const { status, details } = await started.check('/queue?maxWaiting=5&maxHeld=0');
    expect(status).toBe(503);
    expect(details.queue).toMatchObject({ status: 'down', reason: '1 messages are held, more than 0' });
  });

  itOnServers('reports down while %s hangs or is unreachable', async (engine) => {
    place = await placeOn(engine);
    const proxy = await ServerProxy.before(place.engine);
    const started = await start({ engine: proxy.engine, name: place.name });
    expect((await started.check('/queue')).status).toBe(200);
    proxy.hang();
    const { value, ms } = await timed(() => started.check('/queue'));
    expect(value.status).toBe(503);
    expect(ms).toBeLessThan(2_500);
    await proxy.cut();
    const { details, text } = await started.check('/queue');
    expect(details.queue).toMatchObject({ status: 'down', code: 'queue-unavailable' });
    expect(text).not.toContain('127.0.0.1');
    await proxy.restore();
    await until(async () => (await started.check('/queue')).status === 200, 30_000);
    await started.close();
    app = undefined;
    await proxy.close();
  });

  it('reports down if no queue is registered', async () => {
    const started = await start(undefined);
    const result = await started.get(ButtonMessagingQueueHealthIndicator).check('queue');
    expect(result.queue).toMatchObject({
      status: 'down',
      reason: expect.stringContaining('ButtonMessagingQueueModule'),
    });
  });
});
