import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { showApiDocument } from './api-document.js';
import { AppModule } from './app.module.js';
import { loopbackOnly } from './loopback-only.middleware.js';
import { pageHeaders } from './page-headers.js';

/** The built page, next to `src` and `dist`. */
const PAGE = fileURLToPath(new URL('../public', import.meta.url));

export interface RunningPlayground {
  /** The URL of the page. */
  url: string;
  simulator: GatewaySimulator;
  close: () => Promise<void>;
}

/** Starts the playground on this machine, with the simulator and an embedded queue. */
export async function startPlayground(port: string | number = 0): Promise<RunningPlayground> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    logger: ['error', 'warn'],
    // Open pages hold an event stream, which would delay the shutdown.
    forceCloseConnections: true,
  });
  const simulator = app.get(GatewaySimulator);
  const headers = pageHeaders(simulator.url);
  app.use(loopbackOnly);
  app.useStaticAssets(PAGE, {
    setHeaders: (response: ServerResponse) => {
      response.setHeaders(headers);
    },
  });
  showApiDocument(app);
  await app.listen(port, '127.0.0.1');
  const url = await app.getUrl();
  simulator.webhooks(`${url}/webhooks`);
  return { url, simulator, close: () => app.close() };
}
