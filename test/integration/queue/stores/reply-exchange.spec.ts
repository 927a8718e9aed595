import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ButtonReplyEvent } from '../../../../lib/events/messaging-event.interface.js';
import type { ReplyExchange } from '../../../../lib/stores/reply.exchange.js';
import { until } from '../../../support/time.js';
import { type Backend, backends } from './backends.js';
import { buttonReply } from './values.js';

describe.each(await backends())('ReplyExchange on $name', ({ open }) => {
  let backend: Backend;
  let one: ReplyExchange;
  let other: ReplyExchange;

  beforeAll(async () => {
    backend = await open();
    [one, other] = await backend.exchange();
  });
  afterAll(() => backend.close());

  function listen(exchange: ReplyExchange, sentId: string) {
    const heard: ButtonReplyEvent[] = [];
    return { heard, end: exchange.subscribe(sentId, (reply) => heard.push(reply)) };
  }

  test('delivers a reply to the process that asked, dates included', async () => {
    const { heard, end } = listen(one, 'asked');
    await other.publish('asked', buttonReply());
    await until(() => heard.length > 0);
    expect(heard).toStrictEqual([buttonReply()]);
    end();
  });

  test('delivers a reply to the publishing process once', async () => {
    const { heard, end } = listen(one, 'own');
    const last = listen(one, 'own last');
    await one.publish('own', buttonReply());
    await other.publish('own last', buttonReply());
    await until(() => last.heard.length > 0);
    expect(heard).toStrictEqual([buttonReply()]);
    end();
    last.end();
  });

  test('delivers a large reply in any alphabet', async () => {
    const large = buttonReply({ raw: { text: 'ã👋\u0000"'.repeat(20_000) } });
    const { heard, end } = listen(one, 'large');
    await other.publish('large', large);
    await until(() => heard.length > 0);
    expect(heard).toStrictEqual([large]);
    end();
  });

  test.each([7_500, 7_700, 7_800, 7_900, 8_000, 8_100])('delivers a reply of about %d bytes', async (bytes) => {
    const sized = buttonReply({ raw: 'x'.repeat(bytes - 650) });
    const { heard, end } = listen(one, `sized ${bytes}`);
    await other.publish(`sized ${bytes}`, sized);
    await until(() => heard.length > 0);
    expect(heard).toStrictEqual([sized]);
    end();
  });

  test('delivers every reply to every listener of that message, and to no other', async () => {
    const listeners = [listen(one, 'many'), listen(one, 'many'), listen(other, 'many')];
    const stranger = listen(one, 'other');
    for (const messageId of ['A1', 'A2', 'A3']) await other.publish('many', buttonReply({ messageId }));
    await until(() => listeners.every(({ heard }) => heard.length >= 3));
    for (const { heard, end } of listeners) {
      expect(heard.map(({ messageId }) => messageId)).toEqual(['A1', 'A2', 'A3']);
      end();
    }
    expect(stranger.heard).toEqual([]);
    stranger.end();
  });

  test('delivers nothing to a listener that has ended', async () => {
    const ended = listen(one, 'ended');
    const staying = listen(one, 'ended');
    ended.end();
    ended.end();
    await other.publish('ended', buttonReply());
    await until(() => staying.heard.length > 0);
    expect(ended.heard).toEqual([]);
    staying.end();
  });
});
