import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  RECENT_MESSAGES,
  type RememberedMessage,
  type SentMessageStore,
} from '../../../../lib/stores/sent-message.store.js';
import { type Backend, backends } from './backends.js';
import { RECIPIENT, rememberedMessage, sentMessage } from './values.js';

describe.each(await backends())('SentMessageStore on $name', ({ open }) => {
  let backend: Backend;
  let one: SentMessageStore;
  let other: SentMessageStore;

  beforeAll(async () => {
    backend = await open();
    [one, other] = backend.sentMessages();
  });
  afterAll(() => backend.close());

  const messageTo = (recipient: string, messageId: string, change: Partial<RememberedMessage> = {}) =>
    rememberedMessage({ sent: sentMessage(messageId), messageIds: [messageId], recipients: [recipient], ...change });

  test('finds a message of another process by id and by recipient', async () => {
    const message = rememberedMessage();
    await one.remember(message);
    expect(await other.byMessageId('sales', 'M1')).toStrictEqual(message);
    expect(await other.recentTo('sales', RECIPIENT)).toStrictEqual([message]);
  });

  test('finds nothing for other accounts, ids and recipients', async () => {
    await one.remember(rememberedMessage());
    expect(await other.byMessageId('support', 'M1')).toBeUndefined();
    expect(await other.byMessageId('sales', 'M2')).toBeUndefined();
    expect(await other.byMessageId('sales', RECIPIENT)).toBeUndefined();
    expect(await other.recentTo('support', RECIPIENT)).toEqual([]);
    expect(await other.recentTo('sales', 'M1')).toEqual([]);
  });

  test('finds the button messages of a recipient, newest first, and each by id', async () => {
    const recipient = '551199990001';
    const first = messageTo(recipient, 'first');
    const second = messageTo(recipient, 'second');
    const plain = messageTo(recipient, 'plain', { buttons: [] });
    for (const message of [first, second, plain]) await one.remember(message);
    expect(await other.recentTo('sales', recipient)).toStrictEqual([second, first]);
    expect(await other.byMessageId('sales', 'first')).toStrictEqual(first);
    expect(await other.byMessageId('sales', 'plain')).toStrictEqual(plain);
  });

  test('keeps the last five messages per recipient, and each message by id', async () => {
    const recipient = '551199990002';
    const messages = Array.from({ length: 7 }, (_, index) => messageTo(recipient, `of seven ${index}`));
    for (const [index, message] of messages.entries()) await (index % 2 ? one : other).remember(message);
    expect(RECENT_MESSAGES).toBe(5);
    expect(await other.recentTo('sales', recipient)).toStrictEqual(messages.toReversed().slice(0, 5));
    expect(await one.byMessageId('sales', 'of seven 0')).toStrictEqual(messages[0]);
  });

  test('finds a message by each of its ids and recipients', async () => {
    const recipients = ['551199990003', '90000000000003@lid', 'conversation:c-3'];
    const message = rememberedMessage({ messageIds: ['zaap-3', 'wa-3'], recipients });
    await one.remember(message);
    for (const id of ['zaap-3', 'wa-3']) expect(await other.byMessageId('sales', id)).toStrictEqual(message);
    for (const recipient of recipients) expect(await other.recentTo('sales', recipient)).toStrictEqual([message]);
    const later = messageTo('conversation:c-3', 'later');
    await other.remember(later);
    expect(await one.recentTo('sales', 'conversation:c-3')).toStrictEqual([later, message]);
    expect(await one.recentTo('sales', '551199990003')).toStrictEqual([message]);
  });

  test('remembers a message of unknown outcome without an id by recipient', async () => {
    const message = rememberedMessage({ messageIds: [], recipients: ['conversation:c-1'], isUnknown: true });
    await one.remember(message);
    expect(await other.recentTo('sales', 'conversation:c-1')).toStrictEqual([message]);
  });

  test('remembers no message without ids and buttons', async () => {
    await one.remember(rememberedMessage({ messageIds: [], recipients: ['no-buttons'], buttons: [] }));
    expect(await other.recentTo('sales', 'no-buttons')).toEqual([]);
  });

  test.each([
    ['line feeds', 'one\ntwo\r\nthree\n'],
    ['separators that JSON leaves as they are', 'one\u2028two\u2029three\u0085four'],
    ['quotes and what looks like one of its lines', '"}\n{"sent":{"id":"x"}}\n\\n'],
    ['a pattern of a script', "%d %1 [^\\n]+ $1 E'\\n' \";--"],
  ])('stores texts with %s unchanged', async (name, text) => {
    const recipient = `text with ${name}`;
    const buttons = [{ id: text, title: text }];
    const lateFallback = { to: '+55 11 99999-0000', text, buttons: [{ type: 'reply', id: 'a', title: text }] } as const;
    const change = { buttons, lateFallback: { ...lateFallback, buttons: [...lateFallback.buttons] } };
    const messages = ['a', 'b'].map((id) => messageTo(recipient, `${name} ${id}`, change));
    for (const message of messages) await one.remember(message);
    expect(await other.recentTo('sales', recipient)).toStrictEqual(messages.toReversed());
    expect(await other.byMessageId('sales', `${name} a`)).toStrictEqual(messages[0]);
  });

  test('remembers 40 concurrent messages to one recipient', async () => {
    const messages = Array.from({ length: 40 }, (_, index) => messageTo('many', `many-${index}`));
    await Promise.all(messages.map((message, index) => (index % 2 ? one : other).remember(message)));
    for (const [index, message] of messages.entries()) {
      expect(await one.byMessageId('sales', `many-${index}`)).toStrictEqual(message);
    }
    const recent = await other.recentTo('sales', 'many');
    expect(new Set(recent.flatMap(({ messageIds }) => messageIds)).size).toBe(5);
    // The messages of each process keep their order, so the last one of each process is kept.
    for (const process of [0, 1]) {
      const own = recent
        .map((message) => Number(/\d+$/.exec(message.messageIds.join())?.[0]))
        .filter((index) => index % 2 === process);
      expect(own).toEqual(own.toSorted((a, b) => b - a));
    }
    expect(messages).toEqual(expect.arrayContaining(recent));
  });

  test('loses no message that two processes write to the same recipients', async () => {
    const recipients = ['shared-a', 'shared-b'];
    const stores = [one, other, one, other, one];
    const messages = stores.map((_, index) =>
      // Uses both orders: writers of several rows must not deadlock.
      rememberedMessage({
        messageIds: [`shared-${index}`],
        recipients: index % 2 ? recipients.toReversed() : recipients,
      }),
    );
    await Promise.all(stores.map((store, index) => store.remember(messages[index] ?? rememberedMessage())));
    for (const recipient of recipients) {
      const recent = await one.recentTo('sales', recipient);
      expect(recent).toHaveLength(5);
      expect(recent).toEqual(expect.arrayContaining(messages));
    }
  });

  test('keeps the order of messages that one process remembers concurrently', async () => {
    const messages = ['z', 'a', 'm'].map((messageId) => messageTo('same-moment', messageId));
    await Promise.all(messages.map((message) => one.remember(message)));
    expect(await other.recentTo('sales', 'same-moment')).toStrictEqual(messages.toReversed());
    expect(await other.byMessageId('sales', 'z')).toStrictEqual(messages[0]);
  });
});
