import { deepStrictEqual } from 'node:assert';
import type { AcceptedMessage, GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { firstValueFrom, mergeMap } from 'rxjs';
import type { AppointmentsService } from './appointments.service.js';

/** Simulates three people who reply in different ways. Every reply arrives as a webhook. */
export async function playConversations(simulator: GatewaySimulator, appointments: AppointmentsService): Promise<void> {
  /** Resolves to the next message that a phone receives after the action. */
  async function received(action: () => Promise<unknown>): Promise<AcceptedMessage> {
    const accepted = firstValueFrom(
      simulator.events$.pipe(mergeMap((event) => (event.kind === 'accepted' ? [event.message] : []))),
    );
    await action();
    const message = await accepted;
    const buttons = message.buttons.map(({ title }) => `[ ${title} ]`).join(' ');
    console.log(`  app     ${message.text}${buttons && `\n          ${buttons}`}`);
    return message;
  }

  function press(message: AcceptedMessage, button: string): Promise<unknown> {
    console.log(`  person  presses [ ${button} ]`);
    return simulator.press(message.id, button);
  }

  console.log('\nAna confirms:');
  const ana = await received(() => appointments.askForConfirmation('+55 11 98888-0001'));
  const thanks = await received(() => press(ana, 'Confirm'));
  deepStrictEqual(thanks.text, 'Thank you. See you tomorrow at 10:00.');

  console.log('\nBruno asks for another time:');
  const bruno = await received(() => appointments.askForConfirmation('+55 11 98888-0002'));
  const times = await received(() => press(bruno, 'Another time'));
  const done = await received(() => press(times, '11:30'));
  deepStrictEqual(done.text, 'Done: tomorrow at 11:30.');

  console.log('\nCarla types the button’s title, and prefers to talk:');
  const carla = await received(() => appointments.askForConfirmation('+55 11 98888-0003'));
  const call = await received(() => {
    console.log('  person  writes "talk to us"');
    return simulator.type(carla.id, 'talk to us');
  });
  deepStrictEqual(call.buttons[0]?.title, 'Call us');

  console.log('\nAll three conversations are complete.');
}
