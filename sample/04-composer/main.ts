import 'reflect-metadata';
import { startComposer } from './start-composer.js';

const { url, simulator, close } = await startComposer(Number(process.env.PORT ?? 0));

console.log(`
Compose a message at     ${url}
See the phones at        ${simulator.url}

End with Ctrl+C.
`);

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close());
