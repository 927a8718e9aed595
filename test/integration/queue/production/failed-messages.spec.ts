import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { QueuedMessage } from '../../../../lib/queue/index.js';
import { ENGINES, type Place, placeOn } from '../../../support/queue/engines.js';
import { message } from '../../../support/queue/queue-app.js';
import { settled, until } from '../../../support/time.js';
import { ProductionApp, textsOf } from './production-app.js';
import { ZApiInstances } from './z-api-instances.js';

jest.setTimeout(90_000);

describe.each(ENGINES)('ButtonMessagingQueue with failed messages on %s', (engine) => {
  let provider: ZApiInstances;
  let place: Place;
  let app: ProductionApp;
  beforeAll(async () => {
    provider = await ZApiInstances.start();
    place = await placeOn(engine);
    const messaging = { accounts: [provider.account('a')], defaultAccount: 'a' };
    app = await ProductionApp.start({ engine: place.engine, name: place.name }, messaging);
  });
  afterEach(() => provider.let('a', { kind: 'accepts' }));
  afterAll(async () => {
    await app?.close();
    await provider.close();
    await place.remove();
  });

  /** Creates messages that the provider has rejected and would accept now. */
  async function failed(name: string, count: number, group?: string): Promise<{ ids: string[]; texts: string[] }> {
    provider.let('a', { kind: 'answers', status: 400 });
    const texts = textsOf(name, count);
    const ids = await app.enqueueAll('a', texts, group);
    await app.are(ids, 'failed');
    provider.let('a', { kind: 'accepts' });
    return { ids, texts };
  }

  const acceptedOf = (texts: readonly string[]) => provider.accepted('a').filter((text) => texts.includes(text));

  async function areSentOnce(ids: readonly string[], texts: readonly string[]): Promise<void> {
    await app.are(ids, 'sent');
    await settled(() => provider.accepted('a').length);
    expect(acceptedOf(texts).sort()).toEqual([...texts].sort());
  }

  it('keeps a rejected message failed, with its error', async () => {
    const { ids, texts } = await failed('refused', 3);
    for (const id of ids) {
      expect(await app.queue.find(id)).toMatchObject({ state: 'failed', error: { code: 'provider-rejected' } });
    }
    expect(acceptedOf(texts)).toEqual([]);
  });

  it('lists a page of failed messages when list() is awaited', async () => {
    const { ids } = await failed('on pages', 5);
    const page = await app.campaigns.list({ state: 'failed', limit: 100 });
    expect(Array.isArray(page)).toBe(true);
    expect(page.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(page.every(({ state, error }) => state === 'failed' && error !== undefined)).toBe(true);
    const seen: string[] = [];
    for (let after: string | undefined; ; after = seen.at(-1)) {
      const next = await app.campaigns.list({ state: 'failed', limit: 2, ...(after !== undefined && { after }) });
      if (next.length === 0) break;
      expect(next.length).toBeLessThanOrEqual(2);
      seen.push(...next.map(({ id }) => id));
    }
    expect(seen.length).toBe(new Set(seen).size);
    expect([...seen].sort()).toEqual(page.map(({ id }) => id).sort());
  });

  it('lists every failed message when list() is iterated', async () => {
    const { ids } = await failed('in a loop', 120, 'looped');
    const listed: QueuedMessage[] = [];
    for await (const one of app.campaigns.list({ state: 'failed', group: 'looped' })) listed.push(one);
    expect(listed.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(listed.every(({ message: { text } }) => text?.startsWith('in a loop'))).toBe(true);
  });

  it('retries failed messages one by one', async () => {
    const { ids, texts } = await failed('one by one', 3);
    const [first = '', ...others] = ids;
    await app.campaigns.retry(first);
    await areSentOnce([first], texts.slice(0, 1));
    expect(await app.states(others)).toEqual({ failed: 2 });
  });

  it('retries a message once when retry() is called twice concurrently', async () => {
    const { ids, texts } = await failed('asked twice', 10);
    await Promise.all([...ids, ...ids].map((id) => app.campaigns.retry(id).catch(() => undefined)));
    await areSentOnce(ids, texts);
  });

  it('retries only the failed messages of a group', async () => {
    const group = await failed('of the group', 20, 'spring');
    const others = await failed('of another', 5, 'autumn');
    await app.campaigns.retry({ group: 'spring' });
    await areSentOnce(group.ids, group.texts);
    expect(await app.states(others.ids)).toEqual({ failed: 5 });
  });

  it('retries all failed messages, and none that was sent, with retry({})', async () => {
    const { id: sent } = await app.queue.enqueue(message('sent before'));
    await app.are([sent], 'sent');
    const { ids, texts } = await failed('all of them', 20);
    await app.campaigns.retry({});
    await areSentOnce([sent, ...ids], ['sent before', ...texts]);
    await until(async () => (await app.queue.counts()).failed === 0);
  });
});
