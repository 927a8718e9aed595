import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SentMessageStore } from '../../../lib/events/sent-message.store.js';
import { type Backend, backends } from './backends.js';
import { rememberedMessage, sentMessage } from './values.js';

describe.each(await backends())('a store of sent messages: $name', ({ open }) => {
  let backend: Backend;
  let one: SentMessageStore;
  let other: SentMessageStore;

  beforeAll(async () => {
    backend = await open();
    [one, other] = backend.sentMessages();
  });
  afterAll(() => backend.close());

  test('finds what another process sent, by its id and by its recipient', async () => {
    const message = rememberedMessage();
    await one.remember(message);
    expect(await other.byMessageId('sales', 'M1')).toStrictEqual(message);
    expect(await other.lastTo('sales', '5511999990000')).toStrictEqual(message);
  });

  test('finds nothing of other accounts, ids and recipients', async () => {
    await one.remember(rememberedMessage());
    expect(await other.byMessageId('support', 'M1')).toBeUndefined();
    expect(await other.byMessageId('sales', 'M2')).toBeUndefined();
    expect(await other.byMessageId('sales', '5511999990000')).toBeUndefined();
    expect(await other.lastTo('support', '5511999990000')).toBeUndefined();
    expect(await other.lastTo('sales', 'M1')).toBeUndefined();
  });

  test('finds the last message with buttons that went to a recipient, and each by its id', async () => {
    const recipient = '5511999990001';
    const [first, second, plain] = ['first', 'second', 'plain'].map((messageId) =>
      rememberedMessage({
        sent: sentMessage(messageId),
        messageId,
        recipient,
        ...(messageId === 'plain' && { buttons: [] }),
      }),
    );
    for (const message of [first, second, plain]) if (message) await one.remember(message);
    expect(await other.lastTo('sales', recipient)).toStrictEqual(second);
    expect(await other.byMessageId('sales', 'first')).toStrictEqual(first);
    expect(await other.byMessageId('sales', 'plain')).toStrictEqual(plain);
  });

  test('remembers a message without an id by its recipient', async () => {
    const { messageId, ...message } = rememberedMessage({ recipient: 'conversation-1' });
    await one.remember(message);
    expect(await other.lastTo('sales', 'conversation-1')).toStrictEqual(message);
  });

  test('has nothing to remember of a message with neither', async () => {
    const { messageId, ...message } = rememberedMessage({ recipient: 'nobody', buttons: [] });
    await one.remember(message);
    expect(await other.lastTo('sales', 'nobody')).toBeUndefined();
  });

  test('takes many messages to one recipient at once', async () => {
    const messages = Array.from({ length: 40 }, (_, index) =>
      rememberedMessage({ messageId: `many-${index}`, recipient: 'many' }),
    );
    await Promise.all(messages.map((message, index) => (index % 2 ? one : other).remember(message)));
    for (const message of messages) {
      expect(await one.byMessageId('sales', message.messageId ?? '')).toStrictEqual(message);
    }
    expect(messages).toContainEqual(await other.lastTo('sales', 'many'));
  });
  test('keeps the last of those that one process remembers at the same moment', async () => {
    const recipient = 'same-moment';
    const messages = ['z', 'a', 'm'].map((messageId) => rememberedMessage({ messageId, recipient }));
    await Promise.all(messages.map((message) => one.remember(message)));
    expect(await other.lastTo('sales', recipient)).toStrictEqual(messages[2]);
    expect(await other.byMessageId('sales', 'z')).toStrictEqual(messages[0]);
  });
});
