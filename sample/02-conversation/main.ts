import 'reflect-metadata';
import { deepStrictEqual } from 'node:assert';
import { NestFactory } from '@nestjs/core';
import { type AcceptedMessage, GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { firstValueFrom, mergeMap } from 'rxjs';
import { appModule } from './app.module.js';
import { AppointmentsService } from './appointments.service.js';

/** Plays the recipients: three of them answer, each in another way, and every press travels as a webhook. */
const simulator = await GatewaySimulator.start();
const zApiOnly = simulator.accounts().filter(({ provider }) => provider === 'z-api');
const app = await NestFactory.create(appModule(zApiOnly), { logger: ['error', 'warn'] });
await app.listen(0, '127.0.0.1');
simulator.webhooks(`${await app.getUrl()}/webhooks`);

const appointments = app.get(AppointmentsService);

/** The next message that reaches somebody's phone while something is done. */
async function received(doing: () => Promise<unknown>): Promise<AcceptedMessage> {
  const accepted = firstValueFrom(
    simulator.events$.pipe(mergeMap((event) => (event.kind === 'accepted' ? [event.message] : []))),
  );
  await doing();
  const message = await accepted;
  const buttons = message.buttons.map(({ title }) => `[ ${title} ]`).join(' ');
  console.log(`  app     ${message.text}${buttons && `\n          ${buttons}`}`);
  return message;
}

function press(message: AcceptedMessage, button: string) {
  return () => {
    console.log(`  person  presses [ ${button} ]`);
    return simulator.press(message.id, button);
  };
}

try {
  console.log('\nAna is content:');
  const ana = await received(() => appointments.askForConfirmation('+55 11 98888-0001'));
  const thanks = await received(press(ana, 'Confirm'));
  deepStrictEqual(thanks.text, 'Thank you. See you tomorrow at 10:00.');

  console.log('\nBruno wants another time:');
  const bruno = await received(() => appointments.askForConfirmation('+55 11 98888-0002'));
  const times = await received(press(bruno, 'Another time'));
  const done = await received(press(times, '11:30'));
  deepStrictEqual(done.text, 'Done: tomorrow at 11:30.');

  console.log('\nCarla types what she means, and would rather talk:');
  const carla = await received(() => appointments.askForConfirmation('+55 11 98888-0003'));
  const call = await received(() => {
    console.log('  person  writes "talk to us"');
    return simulator.type(carla.id, 'talk to us');
  });
  deepStrictEqual(call.buttons[0]?.title, 'Call us');

  console.log('\nThree conversations, each heard to its end.');
} finally {
  await app.close();
  await simulator.close();
}
