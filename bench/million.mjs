// Sends a million messages through sendMany and shows what becomes of memory and pace. `node bench/million.mjs [count]`
import 'reflect-metadata';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ButtonMessagingModule, ButtonMessagingService } from 'nestjs-button-messaging';

const count = Number(process.argv[2] ?? 1_000_000);
const provider = fork(new URL('./provider.mjs', import.meta.url));
const [{ port }] = await once(provider, 'message');

class AppModule {}
Module({
  imports: [
    ButtonMessagingModule.forRoot({
      accounts: [{ provider: 'z-api', name: 'a', instanceId: 'I', token: 'T', baseUrl: `http://127.0.0.1:${port}` }],
      logger: false,
    }),
  ],
})(AppModule);
const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
const messaging = app.get(ButtonMessagingService);

function* messages() {
  for (let index = 0; index < count; index += 1) {
    const to = `55119${String(index % 100_000_000).padStart(8, '0')}`;
    yield { to, text: `Number ${index}`, buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }] };
  }
}

// What is kept for matching answers is bounded too; it is full after the first tenth, where the measure begins.
const tenth = Math.ceil(count / 10);
const residents = [];
let failed = 0;
let done = 0;
let began = performance.now();
for await (const { error } of messaging.sendMany(messages(), { concurrency: 50 })) {
  if (error) failed += 1;
  done += 1;
  if (done % tenth !== 0) continue;
  globalThis.gc?.();
  residents.push(process.memoryUsage.rss() / 1_048_576);
  const pace = tenth / ((performance.now() - began) / 1_000);
  console.log(
    `${done} done, ${failed} failed, ${residents.at(-1).toFixed(0)} MiB resident, ${pace.toFixed(0)}/s in this tenth`,
  );
  began = performance.now();
}
provider.send('count');
const [{ accepted }] = await once(provider, 'message');
console.log(`The provider accepted ${accepted} of ${count}.`);
console.log(`Resident memory from the first tenth to the last: ${(residents.at(-1) - residents[0]).toFixed(0)} MiB.`);
await app.close();
provider.disconnect();
