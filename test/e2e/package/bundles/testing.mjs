import 'reflect-metadata';
import assert from 'node:assert';
import { ButtonMessagingService } from 'nestjs-button-messaging';
import { ButtonMessagingTestingModule, RecordingTransport } from 'nestjs-button-messaging/testing';
import { MESSAGE, run, start } from './exercise.mjs';

run(async () => {
  const app = await start(ButtonMessagingTestingModule.forRoot());
  await app.get(ButtonMessagingService, { strict: false }).send(MESSAGE);
  assert.strictEqual(app.get(RecordingTransport, { strict: false }).sent.length, 1);
  await app.close();
});
