import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ButtonMessage,
  type ButtonMessagingModuleOptions,
  type RememberedMessage,
  SentMessageStore,
} from '../../../lib/index.js';
import { CountingProvider } from '../../support/counting-provider.js';
import { WebhookApps } from '../../support/webhook-app.js';
import { webhookAccounts } from '../../support/webhook-requests.js';
import { ANA, DIALECTS, mixedQuestion, question } from './ask.js';
import { meta, metaPress, metaStatus, metaText, voltWords, zPress, zStatus, zText } from './fixtures.js';

const apps = new WebhookApps();
let gateway: CountingProvider;
beforeEach(async () => {
  gateway = await CountingProvider.start();
});
afterEach(async () => {
  await apps.close();
  await gateway.close();
});

const start = (options: ButtonMessagingModuleOptions = {}) =>
  apps.start({ options: { accounts: webhookAccounts(gateway.url), ...options } });

const SALES = { kind: 'button-reply', button: { id: 'sales', title: 'Sales' } };
const HELP = { kind: 'button-reply', button: { id: 'help', title: 'Support' } };

describe.each(Object.entries(DIALECTS))('Reply matching at %s', (provider, { account, to, typed, bare }) => {
  it('matches a press without an id by its title', async () => {
    const app = await start();
    const sent = await app.messaging.send(question(to), { account });
    await app.hear(account, bare('Support'));
    expect(await app.taken(account)).toMatchObject([{ ...HELP, provider, account, sent: { id: sent.id } }]);
  });

  it.each(['Sales', 'sales', 'SALES', '  Sales ', 'Sales.', ' sALES. '])(
    'matches the typed title "%s" to its button',
    async (text) => {
      const app = await start();
      const sent = await app.messaging.send(question(to), { account });
      await app.hear(account, typed(text));
      const [reply, ...more] = await app.taken(account);
      expect(more).toEqual([]);
      expect(reply).toMatchObject({ ...SALES, messageId: 'A1', sent: { id: sent.id } });
      // If presses arrive as text, an exactly typed title looks like a press.
      if (provider !== 'chatvolt' || text !== 'Sales') expect(reply).toMatchObject({ typed: true });
    },
  );

  it.each(['Sales please', 'Sale', 'no', '', '1', '2', '2.', 'sales support'])(
    'does not match "%s" to a button',
    async (text) => {
      const app = await start();
      await app.messaging.send(question(to), { account });
      await app.hear(account, typed(text));
      const heard = await app.taken(account);
      if (text !== '') expect(heard).toMatchObject([{ kind: 'text-message', text }]);
      expect(heard.filter(({ kind }) => kind === 'button-reply')).toEqual([]);
    },
  );

  it.each([
    ['1', SALES],
    ['2', HELP],
    ['2.', HELP],
    [' 2 ', HELP],
    ['support', HELP],
  ])('matches "%s" to a button of a numbered text', async (text, expected) => {
    const app = await start();
    const sent = await app.messaging.send(mixedQuestion(to), { account, fallback: 'text' });
    expect(sent.degraded).toBe('text');
    expect(gateway.texts).toEqual([expect.arrayContaining(['1. Sales', '2. Support'])]);
    await app.hear(account, typed(text));
    expect(await app.taken(account)).toMatchObject([{ ...expected, typed: true, sent: { id: sent.id } }]);
  });

  it.each(['0', '5', '12', '-1', '1.5', '2 2', 'two'])(
    'does not match "%s" to a button of a numbered text',
    async (text) => {
      const app = await start();
      await app.messaging.send(mixedQuestion(to), { account, fallback: 'text' });
      await app.hear(account, typed(text));
      expect(await app.taken(account)).toMatchObject([{ kind: 'text-message', text }]);
    },
  );

  it('matches only the buttons sent last', async () => {
    const app = await start();
    await app.messaging.send(question(to), { account });
    const other: ButtonMessage = { ...question(to), buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }] };
    await app.messaging.send(other, { account });
    await app.hear(account, typed('Sales', 'A1'));
    await app.hear(account, typed('Yes', 'A2'));
    expect(await app.taken(account)).toMatchObject([
      { kind: 'text-message', text: 'Sales' },
      { kind: 'button-reply', button: { id: 'yes' } },
    ]);
  });

  it('does not guess between titles that differ only in case', async () => {
    const app = await start();
    const buttons = ['Sales', 'sales'].map((title) => ({ type: 'reply' as const, id: `${title}-id`, title }));
    await app.messaging.send({ ...question(to), buttons }, { account });
    await app.hear(account, typed('SALES'));
    expect(await app.taken(account)).toMatchObject([{ kind: 'text-message', text: 'SALES' }]);
  });

  it('does not guess between a number and a title', async () => {
    const app = await start();
    const titles = ['2', 'Two'].map((title) => ({ type: 'reply' as const, id: `${title}-id`, title }));
    const { buttons, ...message } = mixedQuestion(to);
    await app.messaging.send({ ...message, buttons: [...titles, ...buttons.slice(2)] }, { account, fallback: 'text' });
    await app.hear(account, typed('2'));
    expect(await app.taken(account)).toMatchObject([{ kind: 'text-message', text: '2' }]);
  });

  it('uses a custom SentMessageStore', async () => {
    const store = new OwnStore();
    const app = await start({ extraProviders: [{ provide: SentMessageStore, useValue: store }] });
    const sent = await app.messaging.send(question(to), { account });
    expect(store.messages).toMatchObject([
      { sent: { id: sent.id }, messageIds: expect.arrayContaining(['M1']), numbered: false, asked: false },
    ]);
    expect(store.messages[0]?.buttons).toEqual(
      question().buttons.map(({ title }, i) => ({ id: ['sales', 'help'][i], title })),
    );
    await app.hear(account, bare('Support'));
    expect(await app.taken(account)).toMatchObject([{ ...HELP, sent: { id: sent.id } }]);
    expect(store.asked.length).toBeGreaterThan(0);
  });

  it('remembers nothing with remember: 0', async () => {
    const app = await start({ remember: 0 });
    await app.messaging.send(question(to), { account });
    await app.hear(account, typed('sales'));
    const [event] = await app.taken(account);
    expect(event).toMatchObject({ kind: 'text-message', text: 'sales' });
    expect(event).not.toHaveProperty('sent.id');
  });

  it('does not match a reply at another account', async () => {
    const app = await start();
    await app.messaging.send(question(to), { account });
    await app.hear(`${account}2`, typed('Sales'));
    expect(await app.taken(`${account}2`)).toMatchObject([{ kind: 'text-message', account: `${account}2` }]);
  });
});

/** Keeps everything, asynchronously. */
class OwnStore extends SentMessageStore {
  readonly messages: RememberedMessage[] = [];
  readonly asked: string[][] = [];

  override async remember(message: RememberedMessage): Promise<void> {
    await null;
    this.messages.push(message);
  }

  override async byMessageId(account: string, messageId: string) {
    this.asked.push([account, messageId]);
    return this.messages.find((message) => message.sent.account === account && message.messageIds.includes(messageId));
  }

  override async recentTo(account: string, recipient: string) {
    this.asked.push([account, recipient]);
    return this.messages
      .filter((message) => message.sent.account === account && message.recipients.includes(recipient))
      .toReversed();
  }
}

describe('Event that names a sent message', () => {
  const cases: [name: string, account: string, body: Record<string, unknown>, kind: string][] = [
    [
      'a press',
      'z',
      zPress({ referenceMessageId: 'M1', buttonsResponseMessage: { buttonId: 'sales', message: 'Sales' } }),
      'button-reply',
    ],
    ['a text', 'z', zText('what?', { referenceMessageId: 'M1' }), 'text-message'],
    ['a status', 'z', zStatus('READ', { ids: ['M1'] }), 'message-status'],
    ['a press', 'w', meta([metaPress('sales', 'Sales', { context: { id: 'M1' } })]), 'button-reply'],
    ['a text', 'w', meta([metaText('what?', { context: { id: 'M1' } })]), 'text-message'],
    ['a status', 'w', meta([], [metaStatus('read', { id: 'M1' })]), 'message-status'],
  ];

  it.each(cases)('has the sent message on %s at account %s', async (_name, account, body, kind) => {
    const app = await start();
    const person = account === 'z' ? '5544999999999' : '5511999999999';
    const sent = await app.messaging.send(question(person), { account });
    await app.messaging.send(question('5521911112222'), { account });
    await app.hear(account, body);
    expect(await app.taken(account)).toEqual([expect.objectContaining({ kind, sent })]);
  });

  it('is matched to the older message that a press without an id names', async () => {
    const app = await start();
    const sent = await app.messaging.send(question(), { account: 'z' });
    const buttons: ButtonMessage['buttons'] = [{ type: 'reply', id: 'other', title: 'Sales' }];
    await app.messaging.send({ ...question(), buttons }, { account: 'z' });
    const pressed = { buttonId: '', message: 'Sales' };
    await app.hear('z', zPress({ phone: ANA, referenceMessageId: 'M1', buttonsResponseMessage: pressed }));
    expect(await app.taken()).toMatchObject([{ ...SALES, inReplyTo: 'M1', sent: { id: sent.id } }]);
  });

  it('has no sent message once more were sent than remember allows', async () => {
    const app = await start({ remember: 2 });
    for (const to of ['5511911110001', '5511911110002', '5511911110003']) {
      await app.messaging.send(question(to), { account: 'z' });
    }
    for (const id of ['M1', 'M3']) await app.hear('z', zStatus('READ', { ids: [id] }));
    const [first, third] = await app.taken();
    expect(first).not.toHaveProperty('sent.id');
    expect(third).toHaveProperty('sent.messageId', 'M3');
  });
});

describe('Reply matching by sender', () => {
  const press = (more: Record<string, unknown>) =>
    zPress({ referenceMessageId: undefined, buttonsResponseMessage: { buttonId: '', message: 'Sales' }, ...more });

  it.each([
    ['5511987654321', '551187654321'],
    ['551187654321', '5511987654321'],
    ['+55 (11) 98765-4321', '551187654321'],
  ])('ignores the ninth digit of a message to %s and a reply from %s', async (to, from) => {
    const app = await start();
    await app.messaging.send(question(to), { account: 'z' });
    await app.messaging.send(question(to), { account: 'w' });
    await app.hear('z', press({ phone: from, messageId: 'A1' }));
    await app.hear('z', zText('support', { phone: from, messageId: 'A2' }));
    await app.hear('w', meta([metaText('sales.', { from, id: 'A3' })]));
    expect(await app.taken()).toMatchObject([SALES, { ...HELP, typed: true }, { ...SALES, typed: true }]);
  });

  it.each([
    ['another person', ANA, '5511912345678'],
    ['another area code', ANA, '5521987654321'],
    ['a foreign phone number that differs by a nine', '4915123456789', '491512345678'],
  ])('does not match %s', async (_name, to, from) => {
    const app = await start();
    await app.messaging.send(question(to), { account: 'z' });
    await app.hear('z', zText('Sales', { phone: from }));
    expect(await app.taken()).toMatchObject([{ kind: 'text-message' }]);
  });

  it('matches a person in a group to a message sent to the group', async () => {
    const app = await start();
    const group = '120363019502650977-group';
    await app.messaging.send(question({ group }), { account: 'z' });
    await app.hear('z', press({ phone: group, isGroup: true, participantPhone: ANA, senderLid: null }));
    expect(await app.taken()).toMatchObject([{ ...SALES, from: { group, phone: ANA } }]);
  });

  it('matches a person known only by the lid to a message sent to the lid', async () => {
    const app = await start();
    const lid = '81896604192873@lid';
    await app.messaging.send(question({ phone: lid }), { account: 'z' });
    await app.hear('z', press({ phone: lid }));
    expect(await app.taken()).toMatchObject([{ ...SALES, from: { lid } }]);
  });

  it('does not match another conversation', async () => {
    const app = await start();
    await app.messaging.send(question({ conversation: 'conv-ana' }), { account: 'c' });
    await app.hear('c', voltWords('Sales', { conversationId: 'conv-bea' }));
    expect(await app.taken('c')).toMatchObject([{ kind: 'text-message', text: 'Sales' }]);
  });
});
