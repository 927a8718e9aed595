import 'reflect-metadata';
import assert from 'node:assert';
import { ButtonMessagingModule, ButtonMessagingService } from 'nestjs-button-messaging';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { MESSAGE, run, start } from './exercise.mjs';

run(async () => {
  const simulator = await GatewaySimulator.start();
  const { provider, instanceId, token, clientToken, baseUrl } = simulator
    .accounts()
    .find((account) => account.provider === 'z-api');
  const account = { provider, name: 'z', instanceId, token, clientToken, baseUrl };
  const app = await start(ButtonMessagingModule.forRoot({ accounts: [account], logger: false }));
  await app.get(ButtonMessagingService, { strict: false }).send(MESSAGE);
  assert.strictEqual(simulator.messages().length, 1);
  // The page is files, which a bundle leaves behind; what its place says is one sentence.
  const page = await fetch(simulator.url);
  assert.match(await page.text(), /mark nestjs-button-messaging as external|<!doctype html>/i);
  await app.close();
  await simulator.close();
});
