import 'reflect-metadata';
import { exampleRequest } from './example-request.js';
import { startPlayground } from './start-playground.js';

const { url, simulator, close } = await startPlayground(process.env.PORT);

console.log(`
Compose messages at      ${url}
The phones are at        ${simulator.url}   (it simulates the providers; nothing leaves this machine)
The API document is at   ${url}/docs

${exampleRequest(url)}
Stop it with Ctrl+C. For real providers, see the sample 01-basic.
`);

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close());
