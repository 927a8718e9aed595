import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { RepeatStore } from '../../../lib/index.js';
import { deferred, until } from '../../support/time.js';
import { PLATFORMS, WebhookApps } from '../../support/webhook-app.js';
import { post } from '../../support/webhook-client.js';
import { ACCOUNT_OF, callback, PROVIDERS } from '../../support/webhook-requests.js';
import {
  meta,
  metaPress,
  metaStatus,
  metaText,
  PRESS_OF,
  volt,
  voltWords,
  zDelivery,
  zPress,
  zStatus,
  zText,
} from './fixtures.js';

const DAY = 24 * 60 * 60_000;
const apps = new WebhookApps();
afterEach(async () => {
  jest.restoreAllMocks();
  await apps.close();
});

type Fields = Record<string, unknown>;

describe('Webhook deduplication', () => {
  it.each([
    ['z', 'a press', zPress()],
    ['z', 'a text', zText('hello')],
    ['z', 'a status', zStatus('READ')],
    ['z', 'a failure', zDelivery({ error: 'Timeout on send message' })],
    ['c', 'a text', voltWords('Sales')],
    ['c', 'a rejected send', volt('AGENT_MESSAGE_BLOCKED')],
    ['w', 'a press', meta([metaPress('1', 'Great')])],
    ['w', 'a text', meta([metaText('hello')])],
    ['w', 'a status', meta([], [metaStatus('read')])],
  ])('emits one event at account %s if %s arrives four times', async (account, _name, body: Fields) => {
    const app = await apps.start();
    const answers = await Promise.all([1, 2, 3].map(() => app.hear(account, body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await app.taken()).toHaveLength(1);
    await app.hear(account, body);
    expect(await app.taken()).toEqual([]);
  });

  it.each(PLATFORMS)('emits one event for a repeated HTTP callback on %s', async (_name, platform) => {
    const app = await apps.start({ platform, options: { webhooks: {} } });
    for (const provider of PROVIDERS) {
      const account = ACCOUNT_OF[provider];
      const request = callback(account, PRESS_OF[provider]());
      const address = `${app.url}/webhooks/${provider}/${account}`;
      const answers = await Promise.all([1, 2, 3].map(() => post(address, request)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(await app.taken()).toHaveLength(1);
    }
  });

  it('skips repeated events among new ones in another batch', async () => {
    const app = await apps.start();
    const text = (id: string) => metaText(id, { id });
    await app.hear('w', meta([text('A'), text('B')], [metaStatus('sent')]));
    expect(await app.taken()).toHaveLength(3);
    await app.hear('w', meta([text('B'), text('C')], [metaStatus('sent'), metaStatus('read')]));
    expect(await app.taken()).toMatchObject([{ text: 'C' }, { status: 'read' }]);
  });

  it('emits a repeated event within one batch once', async () => {
    const app = await apps.start();
    await app.hear('w', meta([metaText('A'), metaText('A')]));
    expect(await app.taken()).toHaveLength(1);
  });

  it.each([
    ['statuses of one message at Z-API', 'z', ['SENT', 'RECEIVED', 'READ', 'PLAYED'].map((status) => zStatus(status))],
    [
      'statuses of one message at the Cloud API',
      'w',
      ['sent', 'delivered', 'read', 'failed'].map((status) => meta([], [metaStatus(status)])),
    ],
    ['statuses of different messages', 'z', ['A', 'B'].map((id) => zStatus('READ', { ids: [id] }))],
    ['messages with the same text at Z-API', 'z', ['A', 'B'].map((messageId) => zText('hello', { messageId }))],
    ['messages with the same text at Chatvolt', 'c', ['A', 'B'].map((messageId) => voltWords('Sales', { messageId }))],
    ['messages with the same text at the Cloud API', 'w', ['A', 'B'].map((id) => meta([metaText('hello', { id })]))],
  ])('emits all %s', async (_name, account, bodies: Fields[]) => {
    const app = await apps.start();
    for (const body of bodies) await app.hear(account, body);
    expect(await app.taken()).toHaveLength(bodies.length);
  });

  it('emits the same message id once for each account', async () => {
    const app = await apps.start();
    for (const account of ['z', 'z2']) await app.hear(account, zPress());
    expect(await app.taken()).toMatchObject([{ account: 'z' }, { account: 'z2' }]);
  });

  it('recognizes a repeated callback for seven days', async () => {
    const app = await apps.start();
    let later = 0;
    const [date, clock] = [Date.now.bind(Date), performance.now.bind(performance)];
    jest.spyOn(Date, 'now').mockImplementation(() => date() + later);
    jest.spyOn(performance, 'now').mockImplementation(() => clock() + later);
    await app.hear('z', zPress());
    expect(await app.taken()).toHaveLength(1);
    later = 7 * DAY - 60_000;
    await app.hear('z', zPress());
    expect(await app.taken()).toEqual([]);
  });
});

class OwnStore extends RepeatStore {
  readonly asked: [key: string, withinMs: number][] = [];
  readonly gate = deferred();
  private readonly seen = new Set<string>();

  override async isFirst(key: string, withinMs: number): Promise<boolean> {
    this.asked.push([key, withinMs]);
    const first = !this.seen.has(key);
    this.seen.add(key);
    await this.gate.promise;
    return first;
  }
}

describe('Custom RepeatStore', () => {
  it('decides on repeats of seven days without delaying the response', async () => {
    const store = new OwnStore();
    const app = await apps.start({ options: { extraProviders: [{ provide: RepeatStore, useValue: store }] } });
    const answers = await Promise.all([1, 2, 3].map(() => app.hear('z', zPress())));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await until(() => store.asked.length === 3);
    expect(app.heard).toEqual([]);
    store.gate.resolve();
    expect(await app.taken()).toHaveLength(1);
    const keys = store.asked.slice(0, 3).map(([key]) => key);
    expect(new Set(keys).size).toBe(1);
    for (const [, withinMs] of store.asked) expect(withinMs).toBe(7 * DAY);
  });

  it('lets only one of several applications handle a callback', async () => {
    const store = new OwnStore();
    store.gate.resolve();
    const extraProviders = [{ provide: RepeatStore, useValue: store }];
    const [one, two] = await Promise.all([1, 2].map(() => apps.start({ options: { extraProviders } })));
    await Promise.all([one?.hear('z', zPress()), two?.hear('z', zPress())]);
    await until(() => store.asked.length === 2);
    await one?.hear('z', zText('last', { messageId: 'LAST-1' }));
    await two?.hear('z', zText('last', { messageId: 'LAST-2' }));
    await until(() => [one, two].every((app) => app?.heard.some(({ kind }) => kind === 'text-message')));
    const presses = [one, two].flatMap((app) => app?.heard.filter(({ kind }) => kind === 'button-reply'));
    expect(presses).toHaveLength(1);
  });
});
