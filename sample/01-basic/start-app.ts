import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { appModule } from './app.module.js';

/** Credentials in the environment mean that real providers are to be used. */
const CREDENTIALS = ['Z_API_INSTANCE_ID', 'CHATVOLT_API_KEY', 'WHATSAPP_PHONE_NUMBER_ID'];

export interface RunningSample {
  app: INestApplication;
  url: string;
  /** Undefined where real providers are used. */
  simulator: GatewaySimulator | undefined;
  close(): Promise<void>;
}

/** Starts the sample, and the simulator beside it unless there are credentials; both on free ports of this machine. */
export async function startSample(port = 0): Promise<RunningSample> {
  const real = CREDENTIALS.some((name) => process.env[name]);
  const simulator = real ? undefined : await GatewaySimulator.start();
  const app = await NestFactory.create(appModule(simulator?.accounts()), { logger: ['error', 'warn'] });
  app.enableShutdownHooks();
  await app.listen(port, '127.0.0.1');
  const url = await app.getUrl();
  simulator?.webhooks(`${url}/webhooks`);
  return {
    app,
    url,
    simulator,
    async close() {
      await app.close();
      await simulator?.close();
    },
  };
}
