import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ButtonMessage, InvalidMessageError } from '../../../../lib/index.js';
import type { EnqueueOptions } from '../../../../lib/queue/index.js';
import { untyped } from '../../../support/button-messages.js';
import { ENGINES, type Place, placeOn } from '../../../support/queue/engines.js';
import { message } from '../../../support/queue/queue-app.js';
import { settled, until } from '../../../support/time.js';
import { ProductionApp, textsOf } from './production-app.js';
import { ZApiInstances } from './z-api-instances.js';

jest.setTimeout(60_000);

const BAD_TEXTS = {
  'an emoji cut in two': 'Olá 🎉'.slice(0, 5),
  'the second half of an emoji': '🎉 Olá'.slice(1),
  NUL: 'Olá\0Ana',
};
const BUTTON = { type: 'reply', id: 'a', title: 'A' } as const;

/** Builds a message with the text at each path. */
const PLACES: Record<string, (text: string) => [change: Partial<ButtonMessage>, options?: EnqueueOptions]> = {
  text: (text) => [{ text }],
  'header.text': (text) => [{ header: { text } }],
  footer: (footer) => [{ footer }],
  'buttons[0].title': (title) => [{ buttons: [{ ...BUTTON, title }] }],
  'buttons[0].id': (id) => [{ buttons: [{ ...BUTTON, id }] }],
  'buttons[1].title': (title) => [{ buttons: [BUTTON, { ...BUTTON, id: 'b', title }] }],
  'buttons[0].code': (code) => [{ buttons: [{ type: 'copy', title: 'Copy', code }] }],
  'buttons[0].url': (text) => [{ buttons: [{ type: 'url', title: 'Open', url: `https://example.com/${text}` }] }],
  'options.idempotencyKey': (idempotencyKey) => [{}, { idempotencyKey }],
};
const BAD = Object.entries(PLACES).flatMap(([path, make]) =>
  Object.entries(BAD_TEXTS).map(([what, text]) => ({ what: `${what} in ${path}`, path, made: make(text) })),
);

describe.each(ENGINES)('Invalid messages among valid ones on %s', (engine) => {
  let provider: ZApiInstances;
  let place: Place;
  let app: ProductionApp;
  beforeAll(async () => {
    provider = await ZApiInstances.start();
    place = await placeOn(engine);
    const messaging = { accounts: [provider.account('a'), provider.account('good')], defaultAccount: 'a' };
    app = await ProductionApp.start({ engine: place.engine, name: place.name }, messaging);
  });
  afterAll(async () => {
    await app?.close();
    await provider.close();
    await place.remove();
  });

  const pathsOf = (error: unknown) =>
    error instanceof InvalidMessageError ? [...new Set(error.issues.map(({ path }) => path))] : error;
  const refusalOf = (enqueued: Promise<unknown>) => enqueued.then(() => 'enqueued', pathsOf);
  const enqueueBad = (change: object, options?: EnqueueOptions) =>
    refusalOf(app.queue.enqueue({ ...message(), ...change }, options));

  it.each(BAD)('rejects $what, with its path', async ({ path, made: [change, options] }) => {
    expect(await enqueueBad(change, options)).toEqual([path]);
  });

  it.each([2_097_152, 2_097_153, 1.5, -1])('rejects the priority %d, with its path', async (priority) => {
    expect(await enqueueBad({}, { priority })).toEqual(['options.priority']);
  });

  it('accepts the lowest priority, 2097151', async () => {
    const { id } = await app.queue.enqueue(message('last of all'), { priority: 2_097_151 });
    await app.are([id], 'sent');
  });

  it('sends the valid messages that are enqueued together with invalid ones', async () => {
    const texts = textsOf('beside bad ones', 99);
    const good = texts.map((text) => app.queue.enqueue(message(text), { account: 'good' }));
    const bad = BAD.map(({ made: [change, options] }) => enqueueBad(change, options));
    const faulty = enqueueBad({}, { priority: 2_097_152 });
    const results = await Promise.allSettled(good);
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await Promise.all(bad)).toEqual(BAD.map(({ path }) => [path]));
    expect(await faulty).toEqual(['options.priority']);
    await until(() => provider.accepted('good').length >= texts.length, 20_000);
    await settled(() => provider.accepted('good').length);
    expect(provider.accepted('good').sort()).toEqual([...texts].sort());
  });

  it('reports which messages of a list are invalid and accepts the others', async () => {
    const before = provider.accepted('good').length;
    const messages = textsOf('of a list', 20).map((text) => message(text));
    messages[7] = message(BAD_TEXTS['an emoji cut in two']);
    messages[13] = message(BAD_TEXTS.NUL);
    const refused: unknown[] = [];
    for await (const { index, error } of app.queue.enqueueMany(messages, { account: 'good' })) {
      if (error) refused.push([index, pathsOf(error)]);
    }
    expect(refused.sort()).toEqual(
      [
        [7, ['text']],
        [13, ['text']],
      ].sort(),
    );
    await until(() => provider.accepted('good').length >= before + 18, 20_000);
  });

  it('accepts and sends any other Unicode text unchanged', async () => {
    const text = 'Olá 🎉👩‍👩‍👧 \u200b\ufffd\u0001 "\\" \u2028 ação';
    const { id } = await app.queue.enqueue(untyped(message(text)));
    await app.are([id], 'sent');
    expect((await app.queue.find(id))?.message.text).toBe(text);
    expect(provider.accepted('a')).toContain(text);
  });
});
