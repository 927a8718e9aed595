// Compares webhooks, from the socket to the handler, with a Nest controller that only parses the body.
import 'reflect-metadata';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ButtonMessagingModule, OnButtonReply } from 'nestjs-button-messaging';
import { Pool } from 'undici';
import { interleave, load, ratios, spread } from '../measure.mjs';

const BARE = 'bare controller';
const OURS = 'webhook to handler';

class BareController {
  receive() {}
}
decorate(BareController, 'receive', Post('bare'));
Body()(BareController.prototype, 'receive', 0);
Controller()(BareController);

class Handlers {
  handled = 0;

  pressed() {
    this.handled += 1;
  }
}
decorate(Handlers, 'pressed', OnButtonReply());

function decorate(type, method, decorator) {
  Reflect.decorate([decorator], type.prototype, method, Object.getOwnPropertyDescriptor(type.prototype, method));
}

class AppModule {}
Module({
  imports: [
    ButtonMessagingModule.forRoot({
      accounts: [{ provider: 'z-api', name: 'a', instanceId: 'I', token: 'T', baseUrl: 'http://127.0.0.1:9' }],
      webhooks: { path: 'webhooks' },
    }),
  ],
  controllers: [BareController],
  providers: [Handlers],
})(AppModule);

export async function run({ quick }) {
  const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  const pool = new Pool(await app.getUrl(), { connections: 50 });
  let sent = 0;
  const post = (path) => async () => {
    sent += 1;
    const headers = { 'content-type': 'application/json', 'z-api-token': 'T' };
    const { statusCode, body } = await pool.request({ path, method: 'POST', headers, body: callback(sent) });
    await body.dump();
    if (statusCode >= 300) throw new Error(`The webhook was answered with ${statusCode}.`);
  };
  let pressed = 0;
  const pressing = post('/webhooks/z-api/a');
  const subjects = {
    [BARE]: post('/bare'),
    [OURS]: () => {
      pressed += 1;
      return pressing();
    },
  };
  const measure = (work) => load(work, 50, quick ? 300 : 700);
  await interleave(subjects, 2, measure);
  const measured = await interleave(subjects, quick ? 5 : 11, measure);
  await pool.close();
  await app.close();
  const { handled } = app.get(Handlers);
  return {
    title: 'Webhooks, 50 at a time',
    notes: [
      'Client and server are one process: the cost of the client is in both figures.',
      `${pressed} presses of a button were posted, and the handler was called ${handled} times.`,
    ],
    tables: [
      {
        title: 'from the wire to the handler',
        columns: ['subject', 'of the bare controller', 'range', 'requests/s', 'p50 ms', 'p99 ms'],
        rows: Object.entries(measured).map(([name, rounds]) => {
          const rate = ratios(rounds, measured[BARE], 'perSecond');
          const of = (key) => spread(rounds.map((round) => round[key])).median;
          return [
            name,
            rate.median.toFixed(2),
            `${rate.min.toFixed(2)}–${rate.max.toFixed(2)}`,
            of('perSecond').toFixed(0),
            of('p50').toFixed(2),
            of('p99').toFixed(2),
          ];
        }),
      },
    ],
    charts: [],
    targets: [
      {
        name: 'webhook to handler of a bare controller',
        value: ratios(measured[OURS], measured[BARE], 'perSecond').median,
        least: 0.6,
      },
      { name: 'presses that reached no handler', value: pressed - handled, most: 0 },
    ],
  };
}

function callback(number) {
  return JSON.stringify({
    type: 'ReceivedCallback',
    instanceId: 'I',
    messageId: `M${number}`,
    phone: '5544999999999',
    fromMe: false,
    momment: Date.now(),
    buttonsResponseMessage: { buttonId: '1', message: 'Great' },
  });
}
