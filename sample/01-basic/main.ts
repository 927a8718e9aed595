import 'reflect-metadata';
import { exampleRequest } from './example-request.js';
import { startSample } from './start-app.js';

const { url, simulator } = await startSample(Number(process.env.PORT ?? 0));

console.log(`
The sample runs at       ${url}
${simulator ? `The simulator runs at    ${simulator.url}   (it plays the providers; nothing leaves this machine)` : 'It uses the providers whose credentials are in the environment.'}

${exampleRequest(url)}
End with Ctrl+C.
`);
