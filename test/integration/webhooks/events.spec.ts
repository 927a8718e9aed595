import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessagingEvent } from '../../../lib/index.js';
import { WebhookApp } from '../../support/webhook-app.js';
import { type Expected, META_CASES, VOLT_CASES, Z_CASES } from './event-cases.js';
import { metaBatch, metaChange, metaMessage, metaPress, metaStatus, metaText, voltWords, zPress } from './fixtures.js';

const withoutRaw = ({ raw, ...event }: MessagingEvent): Expected => {
  expect(raw).toBeDefined();
  return event as unknown as Expected;
};

describe.each([
  ['z-api', 'z', Z_CASES],
  ['chatvolt', 'c', VOLT_CASES],
  ['whatsapp-cloud', 'w', META_CASES],
] as const)('Webhook events of %s', (provider, account, cases) => {
  let app: WebhookApp;
  beforeAll(async () => {
    app = await WebhookApp.start();
  });
  afterAll(() => app.close());

  it.each(cases.map(([name, body, events], index) => ({ name, body, events, index })))(
    'maps $name to $events.length event(s)',
    async ({ body, events, index }) => {
      // Each case has its own message ids, so that no callback repeats another.
      const text = JSON.stringify(body).replaceAll(
        /3EB0C767D26A1B4C1D12|msg-789|wamid\.ANSWER1|D241XXXX732339502B68|wamid\.SENT1/g,
        `$&.${index}`,
      );
      await expect(app.hear(account, text)).resolves.toMatchObject({ status: 200 });
      const heard = (await app.taken(account)).map(withoutRaw);
      const plain = JSON.parse(JSON.stringify(heard).replaceAll(`.${index}"`, '"')) as Expected[];
      const dated = plain.map((event) => ({ ...event, at: new Date(String(event.at)) }));
      expect(dated).toEqual(events.map((event) => ({ provider, account, ...event })));
      for (const event of heard) expect(event.at).toBeInstanceOf(Date);
    },
  );
});

describe('MessagingEvent', () => {
  let app: WebhookApp;
  beforeAll(async () => {
    app = await WebhookApp.start();
  });
  afterAll(() => app.close());

  it.each([
    ['z', zPress()],
    ['c', voltWords('Sales')],
  ])('has the body that the provider sent as raw at account %s', async (account, body) => {
    await app.hear(account, body);
    expect(await app.taken()).toEqual([expect.objectContaining({ raw: body })]);
  });

  it('is emitted for each message and status of a batch with many entries', async () => {
    const ids = Array.from({ length: 8 }, (_, index) => `wamid.${index}`);
    const press = (index: number) => metaPress(`b${index}`, 'B', { id: ids[index], from: `55119999900${index}0` });
    const text = (index: number) => metaText(`t${index}`, { id: ids[index] });
    const statuses = (...of: string[]) => of.map((id) => metaStatus('delivered', { id }));
    const body = metaBatch(
      [metaChange([press(0), text(1)], statuses('S0', 'S1')), metaChange([press(2)])],
      [metaChange([text(3), metaMessage({ id: 'I', type: 'image' }), press(4)]), { field: 'security', value: {} }],
      [metaChange([], statuses('S2')), metaChange([press(5), press(6), text(7)], statuses('S3'))],
    );
    await app.hear('w', body);
    const heard = await app.taken();
    const idOf = (event: MessagingEvent) =>
      event.kind === 'message-status' ? event.messageIds : 'messageId' in event ? [event.messageId] : [];
    expect(heard.flatMap(idOf).sort()).toEqual([...ids, 'S0', 'S1', 'S2', 'S3'].sort());
    expect(heard.filter(({ kind }) => kind === 'button-reply')).toHaveLength(5);
  });

  it('has the name of its sender, not of another person in the batch', async () => {
    const contacts = [
      { profile: { name: 'Bea' }, wa_id: '5521988887777' },
      { profile: { name: 'Ana' }, wa_id: '5511999999999' },
    ];
    const messages = [
      metaText('from Ana', { id: 'wamid.A' }),
      metaText('from Bea', { id: 'wamid.B', from: '5521988887777' }),
    ];
    await app.hear('w', metaBatch([{ field: 'messages', value: { contacts, messages } }]));
    const names = (await app.taken()).map((event) => event.kind === 'text-message' && [event.text, event.from.name]);
    expect(names.sort()).toEqual([
      ['from Ana', 'Ana'],
      ['from Bea', 'Bea'],
    ]);
  });
});
