import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { firstValueFrom } from 'rxjs';
import {
  type ButtonMessage,
  ButtonMessagingEvents,
  ButtonMessagingModule,
  ButtonMessagingService,
  type ButtonReplyEvent,
  type MessagingEvent,
} from '../../../lib/index.js';
import { ButtonMessagingQueue, ButtonMessagingQueueModule } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { type Place, placeOn } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);

// Each application represents a process: they share only the engine. One receives webhooks, the other sends.
describeOnServers('Replies to messages of another process on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let hearing: INestApplication;
  let sending: INestApplication;
  let queue: ButtonMessagingQueue;
  const heard: MessagingEvent[] = [];
  let people = 0;

  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    const start = async (worker: boolean) => {
      const messaging = ButtonMessagingModule.forRoot({
        logger: false,
        accounts: simulator.accounts(),
        defaultAccount: 'z-api',
        // Keeps the simulated timeouts short.
        http: { timeoutMs: 300 },
        webhooks: {},
      });
      const { engine: where, name } = place;
      const imports = [messaging, ButtonMessagingQueueModule.forRoot({ engine: where, name, worker })];
      const app = (await Test.createTestingModule({ imports }).compile()).createNestApplication({ logger: false });
      await app.listen(0, '127.0.0.1');
      return app;
    };
    sending = await start(true);
    hearing = await start(false);
    await hears(hearing);
    hearing.get(ButtonMessagingEvents, { strict: false }).events$.subscribe((event) => heard.push(event));
    queue = sending.get(ButtonMessagingQueue);
  });
  afterEach(() => {
    simulator.heal();
    heard.length = 0;
  });
  afterAll(async () => {
    await hearing?.close();
    await sending?.close();
    await simulator.close();
    await place.remove();
  });

  /** Directs the webhooks of the provider to this application. */
  const hears = async (app: INestApplication) => simulator.webhooks(`${await app.getUrl()}/webhooks`);
  const nextPerson = () => {
    people += 1;
    const digits = String(people).padStart(4, '0');
    return { name: `Person ${digits}`, phone: `551197654${digits}`, lid: `8100000000${digits}@lid` };
  };
  const question = (to: string, text: string): ButtonMessage => ({
    to,
    text,
    buttons: [
      { type: 'reply', id: `yes to ${text}`, title: 'Yes' },
      { type: 'reply', id: `no to ${text}`, title: 'No' },
    ],
  });
  const accepted = (text: string) => simulator.messages().filter((message) => message.text === text);
  const presses = () => heard.filter((event): event is ButtonReplyEvent => event.kind === 'button-reply');

  it.each([
    ['a press', { type: 'press', id: 'yes to a press', title: 'Yes' }],
    ['a typed title', { type: 'text', text: 'Yes' }],
  ] as const)('matches %s by lid alone once a process received phone number and lid', async (text, content) => {
    const ana = nextPerson();
    const hello = firstValueFrom(sending.get(ButtonMessagingEvents, { strict: false }).events$);
    await hears(sending);
    await simulator.write('z-api', { from: ana, type: 'text', text: 'Hello' });
    await hello;
    await hears(hearing);
    const messaging = sending.get(ButtonMessagingService, { strict: false });
    const answer = messaging.ask(question(ana.phone, text), { answerWithinMs: 30_000 });
    await until(() => accepted(text).length === 1);
    const byLid = { ...ana, shows: 'ids' } as const;
    // A reply of another person, whose lid was never received with a phone number.
    await simulator.write('z-api', { from: { name: 'Bia', lid: '81000000000999@lid', shows: 'ids' }, ...content });
    await until(() => heard.length === 1);
    expect(heard[0]).not.toHaveProperty('sent');
    await simulator.write('z-api', { from: byLid, ...content });
    expect(await answer).toMatchObject({ button: { id: `yes to ${text}` }, from: { lid: ana.lid } });
    expect((await answer).from).not.toHaveProperty('phone');
    await until(() => heard.length === 2);
    expect(heard[1]).toMatchObject({ kind: 'button-reply', sent: { id: (await answer).sent?.id } });
  });

  it('settles a held message as sent only when its recipient presses its button', async () => {
    const [ana, bia] = [nextPerson(), nextPerson()];
    simulator.fail('z-api', 'time-out');
    const { id } = await queue.enqueue(question(ana.phone, 'held'));
    await until(async () => (await queue.find(id))?.state === 'held');
    const press = { type: 'press', id: 'yes to held', title: 'Yes', quoting: accepted('held')[0]?.id ?? '' } as const;
    await simulator.write('z-api', { from: bia, ...press });
    await simulator.write('z-api', { from: ana, ...press, id: 'of another message', title: 'Perhaps' });
    await until(() => presses().length === 2);
    expect(presses().filter(({ sent }) => sent)).toEqual([]);
    expect((await queue.find(id))?.state).toBe('held');
    await simulator.write('z-api', { from: ana, ...press });
    await until(async () => (await queue.find(id))?.state === 'sent');
    expect((await queue.find(id))?.sent).toMatchObject({ id, account: 'z-api', messageId: press.quoting });
    expect(presses()[2]).toMatchObject({ button: { id: 'yes to held' }, sent: { id } });
    expect((await queue.counts()).held).toBe(0);
    await queue.release(id, 'resend');
    expect(accepted('held')).toHaveLength(1);
  });
});
