// Webhooks from the wire to a handler, against a bare Nest controller that only parses the body; interleaved.
import 'reflect-metadata';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ButtonMessagingModule, OnButtonReply } from 'nestjs-button-messaging';
import { Pool } from 'undici';

const CONCURRENCY = 50;
const REQUESTS = 4_000;
const ROUNDS = 7;
let handled = 0;

class Bare {
  receive() {}
}
Reflect.decorate([Post('bare')], Bare.prototype, 'receive', Object.getOwnPropertyDescriptor(Bare.prototype, 'receive'));
Body()(Bare.prototype, 'receive', 0);
Controller()(Bare);

class Handlers {
  pressed() {
    handled += 1;
  }
}
OnButtonReply()(Handlers.prototype, 'pressed', Object.getOwnPropertyDescriptor(Handlers.prototype, 'pressed'));

class AppModule {}
Module({
  imports: [
    ButtonMessagingModule.forRoot({
      accounts: [{ provider: 'z-api', name: 'a', instanceId: 'I', token: 'T', baseUrl: 'http://127.0.0.1:9' }],
      webhooks: { path: 'webhooks' },
      logger: false,
    }),
  ],
  controllers: [Bare],
  providers: [Handlers],
})(AppModule);
const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
const pool = new Pool(await app.getUrl(), { connections: CONCURRENCY });

let number = 0;
function callback() {
  number += 1;
  return JSON.stringify({
    type: 'ReceivedCallback',
    messageId: `M${number}`,
    phone: '5544999999999',
    fromMe: false,
    momment: 1634645380000,
    buttonsResponseMessage: { buttonId: '1', message: 'Great' },
  });
}

async function round(path) {
  let left = REQUESTS;
  const began = performance.now();
  const headers = { 'content-type': 'application/json', 'z-api-token': 'T' };
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (left-- > 0) {
        const { body } = await pool.request({ path, method: 'POST', headers, body: callback() });
        await body.dump();
      }
    }),
  );
  return REQUESTS / ((performance.now() - began) / 1_000);
}

const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];
await round('/bare');
await round('/webhooks/z-api/a');
const bare = [];
const ours = [];
for (let index = 0; index < ROUNDS; index += 1) {
  bare.push(await round('/bare'));
  ours.push(await round('/webhooks/z-api/a'));
}
console.log(`bare controller   ${median(bare).toFixed(0)}/s (median of ${ROUNDS})`);
console.log(`webhook, handled  ${median(ours).toFixed(0)}/s, ratio ${(median(ours) / median(bare)).toFixed(2)}`);
await pool.close();
await app.close();
console.log(`${handled} handler calls for ${REQUESTS * (ROUNDS + 1)} callbacks`);
