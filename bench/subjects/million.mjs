// Sends messages with sendMany, in its own process to measure its memory. Arguments: the number of messages and the
// provider's URL.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ButtonMessagingModule, ButtonMessagingService } from 'nestjs-button-messaging';
import { nextPhone } from './messages.mjs';

const [count, url] = [Number(process.argv[2]), process.argv[3]];

class AppModule {}
const accounts = [{ provider: 'z-api', name: 'a', instanceId: 'I', token: 'T', baseUrl: url }];
Module({ imports: [ButtonMessagingModule.forRoot({ accounts })] })(AppModule);
const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });

function* messages() {
  for (let index = 0; index < count; index += 1) {
    yield { to: nextPhone(), text: `Number ${index}`, buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }] };
  }
}

const tenth = Math.ceil(count / 10);
const tenths = [];
let done = 0;
let failed = 0;
let began = performance.now();
for await (const { error } of app.get(ButtonMessagingService).sendMany(messages(), { concurrency: 50 })) {
  if (error) failed += 1;
  done += 1;
  if (done % tenth !== 0) continue;
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  tenths.push({ done, perSecond: tenth / ((performance.now() - began) / 1_000), rss, heapUsed });
  began = performance.now();
}
await app.close();
process.send({ done, failed, tenths });
