import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { showApiDocument } from './api-document.js';
import { appModule } from './app.module.js';
import { AttemptsSpanProcessor } from './attempts.span-processor.js';
import { loopbackOnly } from './loopback-only.middleware.js';
import { pageHeaders } from './page-headers.js';
import { TimelinesService } from './timelines.service.js';

export interface RunningPlayground {
  /** The page is at its root. */
  url: string;
  simulator: GatewaySimulator;
  close: () => Promise<void>;
}

/** Starts the playground, with the simulator beside it and an embedded queue that is forgotten afterwards. */
export async function startPlayground(port = 0): Promise<RunningPlayground> {
  const directory = await mkdtemp(join(tmpdir(), 'playground-'));
  const simulator = await GatewaySimulator.start();
  const timelines = new TimelinesService();
  new AttemptsSpanProcessor(timelines).install();
  const module = appModule({ simulator, timelines, engine: { kind: 'embedded', directory } });
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: ['error', 'warn'],
    // The pages that listen would hold the end up.
    forceCloseConnections: true,
  });
  app.use(loopbackOnly);
  const headers = pageHeaders(simulator.url);
  app.useStaticAssets(fileURLToPath(new URL('page', import.meta.url)), {
    setHeaders: (response: ServerResponse) => {
      response.setHeaders(headers);
    },
  });
  showApiDocument(app);
  await app.listen(port, '127.0.0.1');
  const url = await app.getUrl();
  simulator.webhooks(`${url}/webhooks`);
  return {
    url,
    simulator,
    async close() {
      await app.close();
      await simulator.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
