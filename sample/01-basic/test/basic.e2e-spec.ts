import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { firstValueFrom } from 'rxjs';
import { AppModule } from '../src/app.module.js';
import { RepliesService } from '../src/replies.service.js';
import { startSimulator } from '../src/simulator.js';

const MESSAGE = {
  to: '+55 11 99999-9999',
  text: 'See you tomorrow at 10:00?',
  buttons: [{ type: 'reply', id: 'confirm', title: 'Confirm' }],
};

describe('01-basic', () => {
  let simulator: GatewaySimulator;
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    const started = await startSimulator(process.env);
    if (!started) throw new Error('The test needs the simulator: remove the credentials from the environment.');
    simulator = started;
    const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = testing.createNestApplication();
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    simulator.webhooks(`${url}/webhooks`);
  });
  afterAll(async () => {
    await app.close();
    await simulator.close();
  });

  function send(message: object, account: string): Promise<Response> {
    return fetch(`${url}/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Account': account },
      body: JSON.stringify(message),
    });
  }

  it.each(['z-api', 'whatsapp-cloud'])('sends a message through %s and receives the reply', async (account) => {
    const response = await send(MESSAGE, account);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ account, attempts: 1 });

    const message = simulator.messages().at(-1);
    expect(message).toMatchObject({ provider: account, text: MESSAGE.text });
    const reply = firstValueFrom(app.get(RepliesService).replies$);
    await simulator.press(message?.id ?? '', 'confirm');
    expect(await reply).toMatchObject({ account, button: { id: 'confirm', title: 'Confirm' } });
  });

  it('rejects an invalid message and sends nothing', async () => {
    const before = simulator.messages().length;
    const response = await send({ ...MESSAGE, text: '' }, 'z-api');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ issues: [{ path: 'text' }] });
    expect(simulator.messages()).toHaveLength(before);
  });

  it('reports that the accounts can send', async () => {
    const response = await fetch(`${url}/health`);
    expect(response.status).toBe(200);
  });
});
