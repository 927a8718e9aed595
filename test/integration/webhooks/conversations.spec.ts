import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import {
  type ButtonMessage,
  ButtonMessagingService,
  type ListMessage,
  type Message,
  ReplyTimeoutError,
  SendAbortedError,
} from '../../../lib/index.js';
import { untyped } from '../../support/button-messages.js';
import { SimulatedApp } from '../../support/simulated-app.js';
import { timed, until } from '../../support/time.js';
import { get } from '../../support/webhook-client.js';
import { ANA, question } from './ask.js';

const ADDRESSES: [account: 'z-api' | 'chatvolt' | 'whatsapp-cloud', to: ButtonMessage['to']][] = [
  ['z-api', ANA],
  ['chatvolt', { conversation: 'csimulatedconversation001' }],
  ['whatsapp-cloud', ANA],
];

let sim: SimulatedApp;
beforeEach(async () => {
  sim = await SimulatedApp.start();
});
afterEach(() => sim.close());

const timesFor = (to: ButtonMessage['to']): ListMessage => ({
  to,
  text: 'Which time suits you?',
  list: {
    button: 'Choose a time',
    sections: [
      {
        title: 'Tuesday',
        rows: [
          { id: 'tue-9', title: '9:00' },
          { id: 'tue-10', title: '10:00' },
        ],
      },
    ],
  },
});

/** Returns the error of a promise, caught at once to avoid an unhandled rejection. */
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(ADDRESSES)('ButtonMessagingService.ask at %s', (account, to) => {
  it('resolves with the pressed button', async () => {
    const answer = sim.messaging.ask(question(to), { account });
    const id = await sim.accepted(1);
    expect((await sim.simulator.press(id, 'help')).status).toBe(200);
    const reply = await answer;
    expect(reply).toMatchObject({ kind: 'button-reply', account, button: { id: 'help', title: 'Support' } });
    expect(reply.sent).toMatchObject({ account, messageId: id });
    expect(await sim.app.taken()).toMatchObject([{ kind: 'button-reply', button: { id: 'help' } }]);
  });

  it.each([
    ['support', 'help'],
    ['Sales.', 'sales'],
    ['2', 'help'],
    ['1.', 'sales'],
  ])('resolves with the button that the typed text "%s" matches', async (text, id) => {
    const answer = sim.messaging.ask(question(to), { account });
    await sim.simulator.type(await sim.accepted(1), text);
    await expect(answer).resolves.toMatchObject({ kind: 'button-reply', typed: true, button: { id } });
  });

  it('resolves with the chosen row of a list', async () => {
    const answer = sim.messaging.ask(timesFor(to), { account });
    const id = await sim.accepted(1);
    expect((await sim.simulator.press(id, 'tue-10')).status).toBe(200);
    const reply = await answer;
    expect(reply).toMatchObject({ kind: 'button-reply', account, button: { id: 'tue-10', title: '10:00' } });
    expect(reply.sent).toMatchObject({ account, messageId: id, to });
  });

  it.each([
    ['10:00', 'tue-10'],
    ['1', 'tue-9'],
  ])('resolves with the row that the typed text "%s" matches', async (text, id) => {
    const answer = sim.messaging.ask(timesFor(to), { account });
    await sim.simulator.type(await sim.accepted(1), text);
    await expect(answer).resolves.toMatchObject({ kind: 'button-reply', typed: true, button: { id } });
  });

  it('resolves with the button of a typed synonym, and returns the metadata of the message', async () => {
    const asked = question(to);
    const buttons = asked.buttons.map((button) => ({ ...button, synonyms: [`${button.title} please`, '👍'] }));
    const [first, ...others] = buttons;
    const rest = others.map((button) => ({ ...button, synonyms: [`${button.title} please`] }));
    const given = { ...asked, buttons: first ? [first, ...rest] : rest };
    const answer = sim.messaging.ask(untyped(given), { account, metadata: { order: '42' } });
    await sim.simulator.type(await sim.accepted(1), '👍🏽');
    const reply = await answer;
    expect(reply).toMatchObject({ typed: true, button: { id: 'sales', title: 'Sales' } });
    expect(reply.sent?.metadata).toEqual({ order: '42' });
  });

  it('keeps waiting after a text that matches no button', async () => {
    const answer = sim.messaging.ask(question(to), { account });
    const id = await sim.accepted(1);
    await sim.simulator.type(id, 'what do you mean?');
    expect(await sim.app.taken()).toMatchObject([{ kind: 'text-message', text: 'what do you mean?' }]);
    await sim.simulator.press(id, 'sales');
    await expect(answer).resolves.toMatchObject({ button: { id: 'sales' } });
  });

  it('rejects with ReplyTimeoutError and still emits a late reply', async () => {
    const error = await failure(sim.messaging.ask(question(to), { account, answerWithinMs: 40 }));
    expect(error).toBeInstanceOf(ReplyTimeoutError);
    expect(error).toMatchObject({ code: 'reply-timeout' });
    const id = await sim.accepted(1);
    expect((await sim.simulator.press(id, 'sales')).status).toBe(200);
    expect(await sim.app.taken()).toMatchObject([{ kind: 'button-reply', button: { id: 'sales' } }]);
  });
});

describe('ButtonMessagingService.ask with a template', () => {
  it.each([
    ['chatvolt', 'Confirmar'],
    ['whatsapp-cloud', 'confirm'],
  ] as const)('resolves at %s with the payload of the pressed button', async (account, button) => {
    const template = {
      name: 'appointment_reminder',
      language: 'pt_BR',
      buttons: [{ type: 'reply' as const, index: 0, payload: 'confirm', title: 'Confirmar' }],
    };
    const answer = sim.messaging.ask({ to: ANA, template, text: 'Tomorrow at 10:00' }, { account });
    const id = await sim.accepted(1);
    if (account === 'chatvolt') await sim.simulator.type(id, button);
    else await sim.simulator.press(id, button);
    const reply = await answer;
    expect(reply.button.id).toBe('confirm');
    expect(reply.sent).toMatchObject({ account, to: ANA });
  });
});

describe('ButtonMessagingService.ask with several questions', () => {
  const people = Array.from({ length: 12 }, (_, index) => `55119900000${10 + index}`);

  it('resolves concurrent questions with the reply of each person', async () => {
    const answers = people.map((to) => sim.messaging.ask(question(to, `Question to ${to}`)));
    await sim.accepted(people.length);
    for (const [index, to] of [...people.entries()].reverse()) {
      const id = await sim.withText(`Question to ${to}`);
      if (index % 3 === 0) await sim.simulator.type(id, '2');
      else await sim.simulator.press(id, index % 3 === 1 ? 'sales' : 'help');
    }
    const expected = people.map((phone, index) => ({
      from: { phone },
      button: { id: index % 3 === 1 ? 'sales' : 'help' },
    }));
    expect(await Promise.all(answers)).toMatchObject(expected);
  });

  it('resolves the question under which the button is pressed', async () => {
    const first = sim.messaging.ask(question(ANA, 'First'));
    const firstId = await sim.withText('First');
    const second = sim.messaging.ask(question(ANA, 'Second'));
    const secondId = await sim.withText('Second');
    await sim.simulator.press(secondId, 'sales');
    await expect(second).resolves.toMatchObject({ button: { id: 'sales' }, inReplyTo: secondId });
    await sim.simulator.press(firstId, 'help');
    await expect(first).resolves.toMatchObject({ button: { id: 'help' }, inReplyTo: firstId });
  });

  it('ignores a press under an older message', async () => {
    await sim.messaging.send(question(ANA, 'Older'));
    const answer = sim.messaging.ask(question(ANA, 'Newer'));
    const newer = await sim.withText('Newer');
    await sim.simulator.press(await sim.withText('Older'), 'help');
    await sim.app.settled();
    await sim.simulator.press(newer, 'sales');
    await expect(answer).resolves.toMatchObject({ button: { id: 'sales' }, inReplyTo: newer });
  });

  it('ignores a press by another person', async () => {
    const answer = sim.messaging.ask(question(ANA, 'To Ana'));
    await sim.accepted(1);
    await sim.messaging.send(question('5511911112222', 'To Bea'));
    await sim.simulator.press(await sim.withText('To Bea'), 'help');
    await sim.app.settled();
    await sim.simulator.press(await sim.withText('To Ana'), 'sales');
    await expect(answer).resolves.toMatchObject({ from: { phone: ANA }, button: { id: 'sales' } });
  });

  it('resolves the next question after one timed out', async () => {
    await failure(sim.messaging.ask(question(ANA, 'First'), { answerWithinMs: 40 }));
    const answer = sim.messaging.ask(question(ANA, 'Second'));
    await sim.simulator.press(await sim.withText('Second'), 'help');
    await expect(answer).resolves.toMatchObject({ button: { id: 'help' } });
  });
});

describe('ButtonMessagingService.ask when it ends without a reply', () => {
  it('sends nothing if the signal is aborted before the request', async () => {
    const error = await failure(sim.messaging.ask(question(), { signal: AbortSignal.abort() }));
    expect(error).toBeInstanceOf(SendAbortedError);
    expect(error).toMatchObject({ outcome: 'not-sent' });
    expect(sim.simulator.messages()).toEqual([]);
  });

  it('rejects with an unknown outcome if aborted while it waits for the reply', async () => {
    const controller = new AbortController();
    const answer = failure(sim.messaging.ask(question(), { signal: controller.signal }));
    const id = await sim.accepted(1);
    await until(() => getEventListeners(controller.signal, 'abort').length > 0);
    await new Promise((done) => setImmediate(done));
    controller.abort();
    expect(await answer).toBeInstanceOf(SendAbortedError);
    expect(await answer).toMatchObject({ outcome: 'unknown' });
    expect((await sim.simulator.press(id, 'sales')).status).toBe(200);
    expect(await sim.app.taken()).toMatchObject([{ kind: 'button-reply' }]);
  });

  it('rejects at shutdown without delaying the shutdown', async () => {
    @Controller()
    class Asking {
      constructor(@Inject(ButtonMessagingService) private readonly messaging: ButtonMessagingService) {}

      // Otherwise the shutdown would wait for the client's connection.
      @Header('Connection', 'close')
      @Get('ask')
      async ask() {
        const error = await failure(this.messaging.ask(question()));
        return error instanceof SendAbortedError ? error.outcome : error;
      }
    }
    const closing = await SimulatedApp.start({ controllers: [Asking] });
    const answer = get(`${closing.app.url}/ask`);
    await closing.accepted(1);
    const { ms } = await timed(() => closing.close());
    expect(await answer).toMatchObject({ status: 200, text: 'unknown' });
    expect(ms).toBeLessThan(3_000);
  });

  it('rejects an invalid message as send() does', async () => {
    const error = await failure(sim.messaging.ask({ ...question(), buttons: [] }));
    expect(error).toMatchObject({ code: 'invalid-message' });
  });

  it.each<[what: string, message: Message, path: string]>([
    ['a text', { to: ANA, text: 'Hello' }, 'buttons'],
    [
      'links',
      { to: ANA, text: 'Look', buttons: [{ type: 'url', title: 'Site', url: 'https://example.com' }] },
      'buttons',
    ],
    ['a template without reply buttons', { to: ANA, template: { name: 'a', language: 'pt_BR' } }, 'template.buttons'],
  ])('rejects %s, which has no reply, and sends nothing', async (_what, message, path) => {
    const error = await failure(sim.messaging.ask(message));
    expect(error).toMatchObject({ code: 'invalid-message', issues: [{ path, rule: 'offersReply' }] });
    expect(sim.simulator.messages()).toEqual([]);
  });

  it('leaves no timers or listeners behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const { signal } = new AbortController();
    await sim.messaging.send(question(ANA, 'Before'));
    await sim.simulator.press(await sim.withText('Before'), 'sales');
    const before = timers();
    const people = Array.from({ length: 30 }, (_, index) => `55119900000${10 + index}`);
    const asked = people.map((to) => sim.messaging.ask(question(to), { signal }));
    await sim.accepted(people.length + 1);
    for (const { id, answers } of sim.simulator.messages()) {
      if (answers.length === 0) await sim.simulator.press(id, 'sales');
    }
    await Promise.all(asked);
    await failure(sim.messaging.ask(question(), { signal, answerWithinMs: 30 }));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await until(() => timers() <= before);
  });
});

describe('ButtonMessagingEvents.of', () => {
  it.each(['z-api', 'whatsapp-cloud'] as const)(
    'follows statuses and replies of one message at %s, never backwards',
    async (account) => {
      const sent = await sim.messaging.send(question(), { account });
      const id = sent.messageId ?? '';
      const other = await sim.messaging.send(question('5511911112222'), { account });
      const seen: string[] = [];
      const watched = (event: { kind: string; status?: string; button?: { id: string } }) =>
        void seen.push(event.status ?? event.button?.id ?? event.kind);
      const first = sim.app.events.of(sent).subscribe(watched as never);
      await sim.simulator.deliver(id, 'delivered');
      await sim.app.settled();
      await sim.simulator.deliver(id, 'sent');
      await sim.simulator.deliver(other.messageId ?? '', 'read');
      await sim.app.settled();
      await sim.simulator.deliver(id, 'read');
      await sim.app.settled();
      await sim.simulator.press(id, 'help');
      await sim.app.settled();
      expect(seen).toEqual(['delivered', 'read', 'help']);
      first.unsubscribe();

      seen.length = 0;
      sim.app.events.of(sent).subscribe(watched as never);
      await until(() => seen.length > 0);
      expect(seen[0]).toBe('read');
      await sim.simulator.deliver(id, 'delivered');
      await sim.app.settled();
      expect(seen.filter((name) => name === 'delivered')).toEqual([]);
      await sim.simulator.deliver(id, 'played');
      await until(() => seen.at(-1) === 'played');
    },
  );

  it('starts with the last known status, even without an earlier subscriber', async () => {
    const sent = await sim.messaging.send(question());
    for (const status of ['sent', 'read', 'delivered'] as const) {
      await sim.simulator.deliver(sent.messageId ?? '', status);
      await sim.app.settled();
    }
    const seen: unknown[] = [];
    sim.app.events.of(sent).subscribe((event) => seen.push(event));
    await until(() => seen.length > 0);
    await sim.app.settled();
    expect(seen).toMatchObject([{ kind: 'message-status', status: 'read', messageIds: [sent.messageId] }]);
  });

  it('emits the reason why a message failed', async () => {
    const sent = await sim.messaging.send(question(), { account: 'whatsapp-cloud' });
    const seen: unknown[] = [];
    sim.app.events.of(sent).subscribe((event) => seen.push(event));
    await sim.simulator.deliver(sent.messageId ?? '', 'failed', { text: 'Message undeliverable', code: 131026 });
    await until(() => seen.length > 0);
    expect(seen).toMatchObject([{ status: 'failed', reason: expect.stringContaining('Message undeliverable') }]);
  });
});
