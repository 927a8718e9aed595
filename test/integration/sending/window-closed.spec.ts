import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import { InvalidMessageError, type Template, WindowClosedError } from '../../../lib/index.js';
import { CountingProvider } from '../../support/counting-provider.js';
import { errorOf } from '../../support/errors.js';
import { SimulatedApp } from '../../support/simulated-app.js';
import { settled, until } from '../../support/time.js';
import { type WebhookApp, WebhookApps } from '../../support/webhook-app.js';
import { webhookAccounts } from '../../support/webhook-requests.js';
import { ANA, question } from '../webhooks/ask.js';
import { meta, metaStatus, volt } from '../webhooks/fixtures.js';

const CLOSED = {
  status: 400,
  body: { error: { message: '(#131047) Re-engagement message', type: 'OAuthException', code: 131047 } },
};
const REMINDER: Template = {
  name: 'reminder',
  language: 'pt_BR',
  body: ['Ana'],
  buttons: [{ type: 'reply', index: 0, payload: 'sales', title: 'Vendas' }],
};
const NAMED: Template = { name: 'reminder', language: 'pt_BR', body: { patient: 'Ana' } };
const REMINDER_BODY = {
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: ANA,
  type: 'template',
  template: {
    name: 'reminder',
    language: { code: 'pt_BR' },
    components: [
      { type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
      { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'sales' }] },
    ],
  },
};
const closedLater = (more: object = {}) =>
  meta([], [metaStatus('failed', { id: 'M1', errors: [{ code: 131047, title: 'Re-engagement message' }], ...more })]);

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

describe('windowClosed when the provider rejects the message', () => {
  it('sends the template to the same person, through the same account', async () => {
    gateway.server.next(CLOSED);
    const sent = await app.messaging.send(question(), { account: 'w', windowClosed: REMINDER });
    expect(gateway.server.bodies[1]).toEqual(REMINDER_BODY);
    expect(sent).toMatchObject({ account: 'w', to: ANA, messageId: 'M2', degraded: 'template' });
  });

  it('sends no template if the message is accepted', async () => {
    const sent = await app.messaging.send(question(), { account: 'w', windowClosed: REMINDER });
    expect(gateway.endpoints).toHaveLength(1);
    expect(sent.degraded).toBeUndefined();
  });

  it('resolves ask() with a press of the template', async () => {
    gateway.server.next(CLOSED);
    const answer = app.messaging.ask(question(), { account: 'w', windowClosed: REMINDER });
    await until(() => gateway.endpoints.length === 2);
    const press = { from: ANA, id: 'A1', type: 'button', button: { payload: 'sales', text: 'Vendas' } };
    await app.hear('w', meta([{ ...press, timestamp: `${Math.floor(Date.now() / 1_000)}`, context: { id: 'M2' } }]));
    await expect(answer).resolves.toMatchObject({ button: { id: 'sales' } });
  });

  it('sends the template before it tries the next account of via', async () => {
    gateway.server.next(CLOSED);
    const sent = await app.messaging.send(question(), { via: ['w', 'z'], windowClosed: REMINDER });
    expect(sent).toMatchObject({ account: 'w', degraded: 'template' });
  });

  it('throws WindowClosedError if the account cannot send the template', async () => {
    gateway.server.next({ status: 406, body: { error: 'ERR_META_SESSION_EXPIRED_24H' } });
    const to = { conversation: 'conv-ana' };
    const failed = app.messaging.send(question(to), { account: 'c', windowClosed: REMINDER });
    expect(await errorOf(failed)).toBeInstanceOf(WindowClosedError);
    expect(gateway.endpoints).toEqual(['send-buttons']);
  });

  it('tries the next account of via if the account cannot send the template', async () => {
    gateway.server.next({ status: 406, body: { error: 'ERR_META_SESSION_EXPIRED_24H' } });
    const to = { conversation: 'conv-ana' };
    const sent = await app.messaging.send(question(to), { via: ['c', 'c'], windowClosed: REMINDER });
    expect(sent).toMatchObject({ account: 'c', tried: [{ account: 'c', code: 'window-closed' }] });
  });

  it('throws the error of the template if that fails, too', async () => {
    gateway.server.next(CLOSED, {
      status: 404,
      body: { error: { message: '(#132001) No such template', code: 132001 } },
    });
    const error = await errorOf(app.messaging.send(question(), { account: 'w', windowClosed: REMINDER }));
    expect(error).toMatchObject({ providerCode: '132001', category: 'template', outcome: 'not-sent' });
  });

  it('does not send the template twice for a template', async () => {
    gateway.server.next(CLOSED, CLOSED);
    const message = { to: ANA, template: REMINDER };
    const error = await errorOf(app.messaging.send(message, { account: 'w', windowClosed: REMINDER }));
    expect(error).toBeInstanceOf(WindowClosedError);
    expect(gateway.endpoints).toHaveLength(1);
  });

  it('sends once for repeated calls with one idempotency key', async () => {
    gateway.server.next(CLOSED);
    const options = { account: 'w', windowClosed: REMINDER, idempotencyKey: 'order-1' };
    const [first, second] = [
      await app.messaging.send(question(), options),
      await app.messaging.send(question(), options),
    ];
    expect(second).toEqual(first);
    expect(gateway.endpoints).toHaveLength(2);
  });

  it('lists the issues of the template with their paths, and sends nothing', async () => {
    const windowClosed = { name: '', language: 'pt_BR', body: [''] };
    const error = await errorOf(app.messaging.send(question(), { account: 'w', windowClosed }));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(error).toMatchObject({
      issues: [{ path: 'options.windowClosed.name' }, { path: 'options.windowClosed.body[0]' }],
    });
    expect(gateway.endpoints).toEqual([]);
  });
});

describe('windowClosed when a status says that the window was closed', () => {
  it('sends the template once, however often the status is repeated', async () => {
    const sent = await app.messaging.send(question(), { account: 'w', windowClosed: REMINDER });
    await Promise.all(['1', '1', '2'].map((timestamp) => app.hear('w', closedLater({ timestamp }))));
    await app.settled('w');
    await settled(() => gateway.endpoints.length);
    expect(gateway.server.bodies.slice(1)).toEqual([REMINDER_BODY]);
    const reply = firstValueFrom(app.events.buttonReplies$);
    const press = { from: ANA, id: 'A1', type: 'button', button: { payload: 'sales', text: 'Vendas' } };
    await app.hear('w', meta([{ ...press, timestamp: `${Math.floor(Date.now() / 1_000)}`, context: { id: 'M2' } }]));
    expect(await reply).toMatchObject({ button: { id: 'sales' }, sent: { id: sent.id, degraded: 'template' } });
  });

  it('sends nothing after a delivery', async () => {
    await app.messaging.send(question(), { account: 'w', windowClosed: REMINDER });
    await app.hear('w', meta([], [metaStatus('delivered', { id: 'M1' })]));
    await app.hear('w', closedLater());
    await app.settled('w');
    await settled(() => gateway.endpoints.length);
    expect(gateway.endpoints).toHaveLength(1);
  });

  it('sends nothing without the option', async () => {
    await app.messaging.send(question(), { account: 'w', lateFallback: 'text' });
    await app.hear('w', closedLater());
    await app.settled('w');
    await settled(() => gateway.endpoints.length);
    expect(gateway.endpoints).toHaveLength(1);
  });
});

describe('windowClosed with the simulated window', () => {
  it.each(['response', 'status'] as const)(
    'sends the template if the window is closed by %s, and the message after a press',
    async (mode) => {
      const sim = await SimulatedApp.start();
      try {
        sim.simulator.enforceWindow(mode);
        const buttons = [{ type: 'QUICK_REPLY', text: 'Vendas' }] as const;
        const body = { type: 'BODY', text: 'Hello {{1}}', example: { body_text: [['Ana']] } } as const;
        sim.simulator.addTemplate({
          name: 'reminder',
          language: 'pt_BR',
          components: [body, { type: 'BUTTONS', buttons }],
        });
        const options = { account: 'whatsapp-cloud', windowClosed: REMINDER };
        const first = await sim.messaging.send(question(), options);
        const template = await sim.withText('Hello Ana');
        await sim.simulator.press(template, 'Vendas');
        expect(await sim.messaging.send(question(), options)).not.toHaveProperty('degraded');
        expect(first.degraded).toBe(mode === 'response' ? 'template' : undefined);
      } finally {
        await sim.close();
      }
    },
  );
});

describe('windowClosed at Chatvolt', () => {
  it('sends the template if a status says that the message was blocked', async () => {
    const accounts = webhookAccounts(gateway.url).map((account) =>
      account.provider === 'chatvolt' ? { ...account, phoneNumberId: '1055', lookUpConversations: true } : account,
    );
    const volts = await apps.start({ options: { accounts } });
    gateway.server.next({ body: [{ id: 'conv-ana', channel: 'whatsapp', channelExternalId: ANA }] });
    const { messageId } = await volts.messaging.send(question(), { account: 'c', windowClosed: NAMED });
    await volts.hear('c', volt('AGENT_MESSAGE_BLOCKED', { conversationId: 'conv-ana', messageId }));
    await until(() => gateway.endpoints.at(-1) === 'template-message');
    expect(gateway.server.bodies.at(-1)).toMatchObject({ to: ANA, templateName: 'reminder', var_patient: 'Ana' });
  });
});
