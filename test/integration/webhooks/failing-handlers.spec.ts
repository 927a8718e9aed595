import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable, type LoggerService, type Provider } from '@nestjs/common';
import { type MessagingEvent, OnButtonReply } from '../../../lib/index.js';
import { timed, until } from '../../support/time.js';
import { type WebhookAppSetup, WebhookApps } from '../../support/webhook-app.js';
import { Holding } from './deferred-handlers.js';
import { MOMENT, meta, metaPress, voltWords, zPress, zStatus, zText } from './fixtures.js';

/** The calls of the handlers below, in order. */
let calls: string[] = [];
let presses = 0;
beforeEach(() => {
  calls = [];
});

const apps = new WebhookApps();
afterEach(() => apps.close());

const start = (providers: Provider[], more: WebhookAppSetup = {}) => apps.start({ providers, ...more });
const press = (id: string) => {
  presses += 1;
  return zPress({ messageId: `P${presses}`, buttonsResponseMessage: { buttonId: id, message: 'B' } });
};
const CONNECTED = {
  type: 'ConnectedCallback',
  connected: true,
  momment: MOMENT,
  instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
};

@Injectable()
class Failing {
  @OnButtonReply()
  throwsAtOnce() {
    calls.push('thrown');
    throw new Error('at once');
  }

  @OnButtonReply()
  async throwsLater() {
    await null;
    calls.push('rejected');
    throw new Error('later');
  }

  @OnButtonReply()
  throwsNothing() {
    calls.push('nothing');
    throw undefined;
  }
}

@Injectable()
class Fine {
  @OnButtonReply()
  works() {
    calls.push('fine');
  }
}

describe('Webhook handler that throws', () => {
  it('is logged by name without affecting other handlers or the response', async () => {
    const lines: string[] = [];
    const line = (...parts: unknown[]) => void lines.push(parts.map(String).join(' '));
    const logger: LoggerService = { log: line, error: line, warn: line };
    const app = await start([Failing, Fine], { options: { logger } });
    await expect(app.hear('z', press('yes'))).resolves.toMatchObject({ status: 200 });
    await until(() => calls.length === 4);
    await app.settled();
    expect(calls.sort()).toEqual(['fine', 'nothing', 'rejected', 'thrown']);
    for (const name of ['throwsAtOnce', 'throwsLater', 'throwsNothing']) {
      expect(lines.filter((text) => text.includes(name))).toHaveLength(1);
    }
    expect(lines.join('\n')).not.toContain('token-of-z');
  });

  it('is called again for the next event', async () => {
    const app = await start([Failing]);
    await app.hear('z', press('yes'));
    await app.hear('z', press('yes'));
    await until(() => calls.length === 6);
  });
});

describe('Slow webhook handler', () => {
  it.each([
    ['z', () => press('yes')],
    ['c', () => voltWords('Sales')],
    ['w', () => meta([metaPress('yes', 'Yes')])],
  ])('does not delay the response at account %s', async (account, body) => {
    const holding = new Holding();
    const app = await start([{ provide: Holding, useValue: holding }]);
    await expect(app.hear(account, body())).resolves.toMatchObject({ status: 200 });
    await until(() => holding.waiting === 1);
    expect(await app.taken()).toHaveLength(1);
    holding.release();
  });

  it('delays the shutdown until it ends', async () => {
    const holding = new Holding();
    const app = await start([{ provide: Holding, useValue: holding }]);
    await app.hear('z', press('yes'));
    await until(() => holding.waiting === 1);
    const order: string[] = [];
    holding.onEnd = () => order.push('handler');
    const closed = app.close().then(() => order.push('closed'));
    await new Promise((done) => setImmediate(done));
    expect(order).toEqual([]);
    holding.release();
    await closed;
    expect(order).toEqual(['handler', 'closed']);
  });

  it('delays the shutdown by at most http.closeTimeoutMs', async () => {
    const holding = new Holding();
    const app = await start([{ provide: Holding, useValue: holding }], { options: { http: { closeTimeoutMs: 200 } } });
    await app.hear('z', press('yes'));
    await until(() => holding.waiting === 1);
    const { ms } = await timed(() => app.close());
    expect(ms).toBeGreaterThanOrEqual(190);
    expect(ms).toBeLessThan(3000);
    holding.release();
  });
});

describe('ButtonMessagingEvents', () => {
  it('emits all events, the button replies and the statuses as streams', async () => {
    const app = await start([]);
    const streams = { events$: [], buttonReplies$: [], statuses$: [] } as Record<string, MessagingEvent[]>;
    for (const name of ['events$', 'buttonReplies$', 'statuses$'] as const) {
      app.events[name].subscribe((event: MessagingEvent) => streams[name]?.push(event));
    }
    for (const body of [press('yes'), zStatus('READ'), CONNECTED, zText('hello')]) await app.hear('z', body);
    await app.settled();
    const kinds = (name: string) => streams[name]?.map((event) => event.kind).sort();
    expect(kinds('events$')).toEqual(['button-reply', 'connection', 'message-status', 'text-message', 'text-message']);
    expect(kinds('buttonReplies$')).toEqual(['button-reply']);
    expect(kinds('statuses$')).toEqual(['message-status']);
  });
});
