import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { AppointmentsService } from './appointments.service.js';
import { playConversations } from './conversations.js';
import { startSimulator } from './simulator.js';

/**
 * Plays conversations with the simulator. With credentials of Z-API in the environment, it writes to a real phone:
 *
 *     npm start -- +5511999999999
 */
const simulator = await startSimulator(process.env);
const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.enableShutdownHooks();
await app.listen(process.env.PORT ?? 0, '127.0.0.1');
const webhooks = `${await app.getUrl()}/webhooks`;
const appointments = app.get(AppointmentsService);

if (simulator) {
  simulator.webhooks(webhooks);
  try {
    await playConversations(simulator, appointments);
  } finally {
    await app.close();
    await simulator.close();
  }
} else {
  const [phone] = process.argv.slice(2);
  if (phone === undefined) throw new Error('Pass the phone number to write to, or remove the credentials of Z-API.');
  await appointments.askForConfirmation(phone);
  console.log(`Sent. The replies must reach ${webhooks}/z-api/z-api. Stop it with Ctrl+C.`);
}
