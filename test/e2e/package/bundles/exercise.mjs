import assert from 'node:assert';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { ButtonMessagingModule, ButtonMessagingService } from 'nestjs-button-messaging';

export const MESSAGE = { to: '5511999999999', text: 'Hello', buttons: [{ type: 'reply', id: 'a', title: 'A' }] };

/** The account of a provider at this address. */
export function accountAt(baseUrl) {
  return { provider: 'z-api', name: 'z', instanceId: 'I', token: 'T', baseUrl };
}

/** Starts an application of these modules. */
export function start(...imports) {
  class AppModule {}
  return NestFactory.createApplicationContext({ module: AppModule, imports }, { logger: false, abortOnError: false });
}

/** Sends a message to a server, in an application that has these modules too, and gives it to what looks at it. */
export async function exercise(imports = [], look = () => undefined) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end('{"zaapId":"zaap","messageId":"m"}'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const accounts = [accountAt(`http://127.0.0.1:${server.address().port}`)];
  const app = await start(ButtonMessagingModule.forRoot({ accounts, logger: false, isGlobal: true }), ...imports);
  try {
    assert.strictEqual((await app.get(ButtonMessagingService, { strict: false }).send(MESSAGE)).messageId, 'm');
    await look(app);
  } finally {
    await app.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Runs an application to its end: no bundle of every form may wait at its top. */
export function run(application) {
  application().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
