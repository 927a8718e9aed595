import 'reflect-metadata';
import assert from 'node:assert';
import { ButtonMessagingHealthIndicator, ButtonMessagingHealthModule } from 'nestjs-button-messaging/health';
import { exercise, run } from './exercise.mjs';

run(async () => {
  await exercise([ButtonMessagingHealthModule], (app) => {
    assert.ok(app.get(ButtonMessagingHealthIndicator, { strict: false }));
  });
});
