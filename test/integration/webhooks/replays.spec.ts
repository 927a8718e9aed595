import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { MemoryRepeatStore, RepeatStore } from '../../../lib/index.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { PLATFORMS, WebhookApps } from '../../support/webhook-app.js';
import { post } from '../../support/webhook-client.js';
import { callback } from '../../support/webhook-requests.js';
import { meta, metaPress, metaStatus, metaText, voltWords, zPress, zStatus, zText } from './fixtures.js';

const DAY = 24 * 60 * 60_000;
const apps = new WebhookApps();
afterEach(async () => {
  jest.restoreAllMocks();
  await apps.close();
});

/** Callbacks of each provider, dated `at`. */
const dated: [name: string, account: string, body: (at: number) => Record<string, unknown>][] = [
  ['a press', 'z', (at) => zPress({ momment: at })],
  ['a press in seconds', 'z', (at) => zPress({ momment: Math.floor(at / 1_000) })],
  ['a text', 'z', (at) => zText('yes', { momment: at })],
  ['a status', 'z', (at) => zStatus('READ', { momment: at })],
  ['a text', 'c', (at) => voltWords('Sales', { createdAt: new Date(at).toISOString() })],
  ['a press', 'w', (at) => meta([metaPress('1', 'Great', { timestamp: String(Math.floor(at / 1_000)) })])],
  ['a text', 'w', (at) => meta([metaText('yes', { timestamp: String(Math.floor(at / 1_000)) })])],
  ['a status', 'w', (at) => meta([], [metaStatus('read', { timestamp: String(Math.floor(at / 1_000)) })])],
];

describe('Webhook replay protection', () => {
  it.each(dated)('drops %s at account %s if it is older than seven days', async (_name, account, body) => {
    const logger = new RecordingLogger();
    const app = await apps.start({ options: { logger } });
    for (const at of [Date.UTC(2020, 5, 1), Date.now() - 400 * DAY, Date.now() - 7 * DAY - 60_000]) {
      expect(await app.hear(account, body(at))).toMatchObject({ status: 200 });
    }
    expect(await app.taken(account)).toEqual([]);
    const lines = logger.lines.filter((line) => line.includes('seven days'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\d{4} days old/);
  });

  it.each(dated)('accepts %s at account %s if it is almost seven days old', async (_name, account, body) => {
    const app = await apps.start();
    await app.hear(account, body(Date.now() - 7 * DAY + 3_600_000));
    expect(await app.taken(account)).toHaveLength(1);
  });

  it.each([
    ['missing', undefined],
    ['not a number', 'yesterday'],
    ['before WhatsApp existed', 1],
    ['negative', -5],
    ['in the future', Date.now() + 400 * DAY],
    ['beyond all dates', 1e300],
  ])('accepts a callback whose time is %s', async (_name, momment) => {
    const app = await apps.start();
    await app.hear('z', zPress({ momment }));
    expect(await app.taken()).toHaveLength(1);
  });

  it('drops only the old events of a batch', async () => {
    const app = await apps.start();
    const old = metaText('old', { id: 'OLD', timestamp: '1577836800' });
    await app.hear('w', meta([old, metaText('new', { id: 'NEW' })]));
    expect(await app.taken()).toMatchObject([{ text: 'new' }]);
  });

  it.each(PLATFORMS)('responds 200 to an old callback over HTTP and drops it on %s', async (_name, platform) => {
    for (const [, register] of REGISTRATIONS) {
      const app = await apps.start({ platform, register, options: { webhooks: {} } });
      const request = callback('z', zPress({ momment: Date.UTC(2021, 0, 1) }));
      expect(await post(`${app.url}/webhooks/z-api/z`, request)).toMatchObject({ status: 200 });
      expect(await app.taken()).toEqual([]);
    }
  });

  it('drops a callback that the store may have forgotten', async () => {
    const logger = new RecordingLogger();
    const store = new MemoryRepeatStore({ max: 50 });
    const app = await apps.start({ options: { logger, extraProviders: [{ provide: RepeatStore, useValue: store }] } });
    const captured = zPress();
    await app.hear('z', captured);
    expect(await app.taken()).toHaveLength(1);
    // Their time is the time of their arrival.
    for (let index = 0; index < 60; index += 1) {
      await app.hear('z', zText('hi', { messageId: `T${index}`, momment: Date.now() + 1_000 }));
    }
    expect(await app.taken()).toHaveLength(60);
    await app.hear('z', captured);
    expect(await app.taken()).toEqual([]);
    expect(logger.lines.filter((line) => line.includes('has evicted its time'))).toHaveLength(1);
  });

  it('recognizes a callback after 300,000 others', () => {
    const store = new MemoryRepeatStore();
    for (let index = 0; index < 300_000; index += 1) store.isFirst(`key ${index}`, 7 * DAY);
    expect([0, 1, 299_999].map((index) => store.isFirst(`key ${index}`, 7 * DAY))).toEqual([false, false, false]);
    expect(store.knownSince()).toBeUndefined();
  });
});

describe('MemoryRepeatStore', () => {
  it('uses no more memory for long keys', () => {
    const store = new MemoryRepeatStore({ max: 1_000 });
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 1_000; index += 1) store.isFirst('x'.repeat(100_000) + index, DAY);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
    expect(store.isFirst(`${'x'.repeat(100_000)}7`, DAY)).toBe(false);
  });

  it('distinguishes keys that differ in half a character', () => {
    const store = new MemoryRepeatStore();
    expect(['\ud800', '\ud801', '\ufffd', '?'].map((key) => store.isFirst(key, DAY))).toEqual([true, true, true, true]);
  });

  it('reports since when it knows every key', () => {
    let now = 1_700_000_000_000;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    const store = new MemoryRepeatStore({ max: 2 });
    store.isFirst('a', DAY);
    now += 1_000;
    store.isFirst('b', DAY);
    expect(store.knownSince()).toBeUndefined();
    store.isFirst('c', DAY);
    expect(store.knownSince()).toBe(1_700_000_000_001);
  });
});
