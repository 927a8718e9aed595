import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import { CountingProvider } from '../../support/counting-provider.js';
import { settled, until } from '../../support/time.js';
import { type WebhookApp, WebhookApps } from '../../support/webhook-app.js';
import { webhookAccounts } from '../../support/webhook-requests.js';
import { ANA, question } from './ask.js';
import { MOMENT, meta, metaStatus, metaText, zDelivery, zStatus, zText } from './fixtures.js';

const apps = new WebhookApps();
let gateway: CountingProvider;
let app: WebhookApp;
beforeEach(async () => {
  gateway = await CountingProvider.start();
  app = await apps.start({ options: { accounts: webhookAccounts(gateway.url) } });
});
afterEach(async () => {
  await apps.close();
  await gateway.close();
});

type Fields = Record<string, unknown>;

const failed = (error: string, more: Fields = {}) => zDelivery({ messageId: 'M1', zaapId: 'ZM1', error, ...more });
const TERMS = 'You must accept buttons message terms in panel to send this message.';
const refusedByCloud = (code: number, more: Fields = {}) =>
  meta([], [metaStatus('failed', { id: 'M1', errors: [{ code, title: 'Refused', message: 'Refused' }], ...more })]);

/** Delivers failures of the sent buttons: the first three at once, the others one by one. */
async function failRepeatedly(account: string, bodies: Fields[]): Promise<void> {
  await Promise.all(bodies.slice(0, 3).map((body) => app.hear(account, body)));
  await app.settled(account);
  for (const body of bodies.slice(3)) await app.hear(account, body);
  await app.settled(account);
  await settled(() => gateway.texts.length);
}

describe('lateFallback: text', () => {
  it('sends nothing from a phone number that WhatsApp restricts', async () => {
    await app.messaging.send(question(), { account: 'z', lateFallback: 'text' });
    await failRepeatedly(
      'z',
      [1, 2, 3, 4].map((second) => failed('Whatsapp rejected sending this message', { momment: MOMENT + second })),
    );
    expect(gateway.texts).toEqual([['Where to?']]);
  });

  it.each([TERMS, 'Buttons are not available to channels.'])(
    'sends one numbered text at Z-API after the error %s',
    async (error) => {
      await app.messaging.send({ ...question(), footer: 'Bye' }, { account: 'z', lateFallback: 'text' });
      await failRepeatedly(
        'z',
        [1, 1, 1, 1, 2, 3].map((second) => failed(error, { momment: MOMENT + second })),
      );
      expect(gateway.texts).toEqual([['Where to?'], ['Where to?', '1. Sales', '2. Support', 'Bye']]);
      expect(gateway.endpoints[1]).toBe('send-text');
      expect(gateway.server.bodies[1]).toMatchObject({ phone: ANA });
    },
  );

  it('sends one numbered text at the Cloud API', async () => {
    await app.messaging.send(question(), { account: 'w', lateFallback: 'text' });
    await failRepeatedly(
      'w',
      ['1', '1', '1', '1', '2'].map((timestamp) => refusedByCloud(131051, { timestamp })),
    );
    expect(gateway.texts.slice(1)).toEqual([['Where to?', '1. Sales', '2. Support']]);
    expect(gateway.server.bodies[1]).toMatchObject({ to: ANA, type: 'text' });
  });

  it('sends one numbered text in place of a list', async () => {
    const sections = [{ rows: [{ id: 'nine', title: '9:00' }] }];
    const list = { to: ANA, text: 'When?', list: { button: 'Choose', sections } };
    await app.messaging.send(list, { account: 'z', lateFallback: 'text' });
    await app.hear('z', failed(TERMS));
    await until(() => gateway.texts.length === 2);
    expect(gateway.texts[1]).toEqual(['When?', '1. 9:00']);
  });

  it('sends the text although the first message had an idempotency key', async () => {
    await app.messaging.send(question(), { account: 'z', lateFallback: 'text', idempotencyKey: 'order-1' });
    await app.hear('z', failed(TERMS));
    await until(() => gateway.texts.length === 2);
    expect(gateway.texts[1]).toEqual(['Where to?', '1. Sales', '2. Support']);
  });

  it('sends one text for each message', async () => {
    for (const to of [ANA, '5511911112222'])
      await app.messaging.send(question(to), { account: 'z', lateFallback: 'text' });
    await Promise.all(['M1', 'M2', 'M1', 'M2'].map((messageId) => app.hear('z', failed(TERMS, { messageId }))));
    await app.settled();
    await settled(() => gateway.texts.length);
    const recipients = gateway.server.bodies.slice(2).map((body) => (body as { phone: string }).phone);
    expect(recipients.sort()).toEqual(['5511911112222', ANA].sort());
  });

  it('still emits the status event', async () => {
    const sent = await app.messaging.send(question(), { account: 'z', lateFallback: 'text' });
    await app.hear('z', failed(TERMS));
    expect(await app.taken()).toMatchObject([{ status: 'failed', reason: TERMS, sent: { id: sent.id } }]);
  });

  it.each([
    ['z', failed(TERMS), (text: string) => zText(text, { phone: ANA })],
    ['w', refusedByCloud(131051), (text: string) => meta([metaText(text, { from: ANA })])],
  ] as [string, Fields, (text: string) => Fields][])(
    'matches a typed number to a button at account %s',
    async (account, status, typed) => {
      await app.messaging.send(question(), { account, lateFallback: 'text' });
      await app.hear(account, status);
      await until(() => gateway.texts.length === 2);
      // The text may still wait for its response: then the reply waits for it.
      const reply = firstValueFrom(app.events.buttonReplies$);
      await app.hear(account, typed('2'));
      expect(await reply).toMatchObject({ typed: true, button: { id: 'help', title: 'Support' } });
    },
  );

  it('resolves ask() by a typed number', async () => {
    const answer = app.messaging.ask(question(), { account: 'z', lateFallback: 'text' });
    await until(() => gateway.texts.length === 1);
    await app.settled();
    await app.hear('z', failed(TERMS));
    await until(() => gateway.texts.length === 2);
    await app.settled();
    await app.hear('z', zText('2', { phone: ANA }));
    await expect(answer).resolves.toMatchObject({ button: { id: 'help' }, typed: true });
  });
});

describe('lateFallback when no text is due', () => {
  const OTHERS: [name: string, account: string, body: Fields][] = [
    ['an unknown phone number', 'z', failed('Phone number does not exist')],
    ['a timeout', 'z', failed('Timeout on send message')],
    ['invalid parameters', 'z', failed('Message has not been sent because it got invalid request params.')],
    ['a delivery', 'z', zDelivery({ messageId: 'M1' })],
    ['a status', 'z', zStatus('READ', { ids: ['M1'] })],
    ['a failure of another message', 'z', failed(TERMS, { messageId: 'M9', zaapId: 'ZM9' })],
    ['an unreachable recipient', 'w', refusedByCloud(131026)],
    ['a closed window', 'w', refusedByCloud(131047)],
    ['a rate limit', 'w', refusedByCloud(131049)],
    ['a service error', 'w', refusedByCloud(131000)],
    ['a status', 'w', meta([], [metaStatus('read', { id: 'M1' })])],
  ];

  it.each(OTHERS)('sends no text after %s at account %s', async (_name, account, body) => {
    await app.messaging.send(question(), { account, lateFallback: 'text' });
    await app.hear(account, body);
    await app.settled(account);
    expect(await settled(() => gateway.texts.length)).toBe(1);
  });

  it.each([
    ['if lateFallback is not set', {}],
    ['with lateFallback: none', { lateFallback: 'none' as const }],
    ['with fallback: text only', { fallback: 'text' as const }],
  ])('sends no text %s', async (_name, options) => {
    await app.messaging.send(question(), { account: 'z', ...options });
    await app.hear('z', failed(TERMS));
    await app.settled();
    expect(await settled(() => gateway.texts.length)).toBe(1);
  });

  it('sends no text after a failure at another account', async () => {
    await app.messaging.send(question(), { account: 'z', lateFallback: 'text' });
    await app.hear('z2', failed(TERMS));
    await app.settled('z2');
    expect(await settled(() => gateway.texts.length)).toBe(1);
  });
});
