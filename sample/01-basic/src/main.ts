import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { exampleRequest } from './example-request.js';
import { startSimulator } from './simulator.js';

const simulator = await startSimulator(process.env);
const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.enableShutdownHooks();
await app.listen(process.env.PORT ?? 0, '127.0.0.1');
const url = await app.getUrl();
simulator?.webhooks(`${url}/webhooks`);

const providers = simulator
  ? `The simulator runs at    ${simulator.url}   (it simulates the providers; nothing leaves this machine)`
  : 'It sends through the providers whose credentials are in the environment.';

console.log(`
The sample runs at       ${url}
${providers}

${exampleRequest(url)}
Stop it with Ctrl+C.
`);
