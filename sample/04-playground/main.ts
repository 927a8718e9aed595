import 'reflect-metadata';
import { exampleRequest } from '../01-basic/example-request.js';
import { startPlayground } from './start-playground.js';

const { url, simulator, close } = await startPlayground(Number(process.env.PORT ?? 0));

console.log(`
Compose messages at      ${url}
The phones are at        ${simulator.url}   (a simulator plays the providers; nothing leaves this machine)
The routes are at        ${url}/docs

${exampleRequest(url)}
With real providers:             npm run start:basic, with their credentials in the environment
End with Ctrl+C.
`);

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close());
