import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { AcceptedMessage, GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { firstValueFrom, mergeMap } from 'rxjs';
import { AppModule } from '../src/app.module.js';
import { AppointmentsService } from '../src/appointments.service.js';
import { startSimulator } from '../src/simulator.js';

describe('02-conversation', () => {
  let simulator: GatewaySimulator;
  let app: INestApplication;

  beforeAll(async () => {
    const started = await startSimulator(process.env);
    if (!started) throw new Error('The test needs the simulator: remove the credentials from the environment.');
    simulator = started;
    const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = testing.createNestApplication();
    await app.listen(0, '127.0.0.1');
    simulator.webhooks(`${await app.getUrl()}/webhooks`);
  });
  afterAll(async () => {
    await app.close();
    await simulator.close();
  });

  async function received(action: () => Promise<unknown>): Promise<AcceptedMessage> {
    const accepted = firstValueFrom(
      simulator.events$.pipe(mergeMap((event) => (event.kind === 'accepted' ? [event.message] : []))),
    );
    await action();
    return accepted;
  }

  it('continues the conversation with what the person pressed', async () => {
    const appointments = app.get(AppointmentsService);
    const question = await received(() => appointments.askForConfirmation('+55 11 98888-0001'));
    expect(question.buttons.map(({ id }) => id)).toEqual(['confirm', 'reschedule', 'talk']);

    const times = await received(() => simulator.press(question.id, 'Another time'));
    expect(times.buttons.map(({ title }) => title)).toEqual(['09:00', '11:30', '16:00']);

    const done = await received(() => simulator.press(times.id, '11:30'));
    expect(done).toMatchObject({ to: question.to, text: 'Done: tomorrow at 11:30.' });
  });

  it('understands a typed button title', async () => {
    const appointments = app.get(AppointmentsService);
    const question = await received(() => appointments.askForConfirmation('+55 11 98888-0002'));
    const call = await received(() => simulator.type(question.id, 'talk to us'));
    expect(call.buttons).toMatchObject([{ title: 'Call us' }]);
  });
});
