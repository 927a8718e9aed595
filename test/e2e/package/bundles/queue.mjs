import 'reflect-metadata';
import assert from 'node:assert';
import { ButtonMessagingModule, ConfigurationError } from 'nestjs-button-messaging';
import { ButtonMessagingQueueModule } from 'nestjs-button-messaging/queue';
import { accountAt, exercise, run, start } from './exercise.mjs';

run(async () => {
  await exercise();
  // The embedded engine runs files of its packages, which a bundle leaves behind.
  const core = ButtonMessagingModule.forRoot({ accounts: [accountAt('http://127.0.0.1:9')], logger: false });
  const engine = { kind: 'embedded', directory: 'queue' };
  const refusal = await start(core, ButtonMessagingQueueModule.forRoot({ engine })).then(
    (app) => app.close(),
    (error) => error,
  );
  assert.ok(refusal instanceof ConfigurationError, String(refusal));
  assert.match(refusal.message, /"embedded" .*: keep nestjs-button-messaging, @electric-sql\/pglite and/);
});
