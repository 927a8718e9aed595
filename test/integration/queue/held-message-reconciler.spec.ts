import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { type ButtonMessage, ButtonMessagingModule } from '../../../lib/index.js';
import { ButtonMessagingQueue, ButtonMessagingQueueModule } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message } from '../../support/queue/queue-app.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);

describe.each(ENGINES)('HeldMessageReconciler on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let app: INestApplication;
  let queue: ButtonMessagingQueue;

  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    const messaging = ButtonMessagingModule.forRoot({
      logger: false,
      accounts: simulator.accounts(),
      defaultAccount: 'whatsapp-cloud',
      webhooks: {},
    });
    const imports = [messaging, ButtonMessagingQueueModule.forRoot({ engine: place.engine, name: place.name })];
    app = (await Test.createTestingModule({ imports }).compile()).createNestApplication({ logger: false });
    await app.listen(0, '127.0.0.1');
    simulator.webhooks(`${await app.getUrl()}/webhooks`);
    queue = app.get(ButtonMessagingQueue);
  });
  afterAll(async () => {
    await app?.close();
    await simulator.close();
    await place.remove();
  });

  const stateOf = async (id: string) => (await queue.find(id))?.state;
  const acceptedWith = (text: string) => simulator.messages().filter((accepted) => accepted.text === text);
  const held = async (toHold: ButtonMessage, options = {}) => {
    simulator.fail('whatsapp-cloud', 'drop-after-accepting');
    const { id } = await queue.enqueue(toHold, options);
    await until(async () => (await stateOf(id)) === 'held');
    return id;
  };

  it('settles a held message as sent when its status arrives', async () => {
    const id = await held(message('proven'));
    const [accepted] = acceptedWith('proven');
    await simulator.deliver(accepted?.id ?? '', 'delivered');
    await simulator.deliver(accepted?.id ?? '', 'read');
    await until(async () => (await stateOf(id)) === 'sent');
    const found = await queue.find(id);
    expect(found?.sent).toMatchObject({ id, account: 'whatsapp-cloud', messageId: accepted?.id, attempts: 1 });
    expect((await queue.counts()).held).toBe(0);
    await queue.release(id, 'resend');
    expect(acceptedWith('proven')).toHaveLength(1);
  });

  it('keeps a split message held when the status of one part arrives', async () => {
    const buttons: ButtonMessage['buttons'] = [
      { type: 'url', title: 'Shop', url: 'https://example.com' },
      { type: 'reply', id: 'a', title: 'A' },
    ];
    const id = await held({ ...message('in parts'), buttons }, { mixed: 'split' });
    const [first] = acceptedWith('in parts');
    await simulator.deliver(first?.id ?? '', 'delivered');
    // A later status was processed, so the first one had no effect.
    const other = await held(message('heard after it'));
    await simulator.deliver(acceptedWith('heard after it')[0]?.id ?? '', 'delivered');
    await until(async () => (await stateOf(other)) === 'sent');
    expect(await stateOf(id)).toBe('held');
    await queue.release(id, 'discard');
  });
});
