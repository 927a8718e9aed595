import 'reflect-metadata';
import { startComposer } from './start-composer.js';

const { url, simulator, close } = await startComposer(Number(process.env.PORT ?? 0));

const message = {
  to: '+55 11 99999-9999',
  text: 'Your appointment is tomorrow at 10:00.',
  buttons: [
    { type: 'reply', id: 'confirm', title: 'Confirm' },
    { type: 'reply', id: 'reschedule', title: 'Another time' },
  ],
};

console.log(`
Compose messages at      ${url}
The phones are at        ${simulator.url}   (a simulator plays the providers; nothing leaves this machine)
The routes are at        ${url}/docs

Send a message with two buttons:

  curl -X POST ${url}/messages -H 'Content-Type: application/json' -d '${JSON.stringify(message)}'

Ask which accounts can carry it: the same to ${url}/messages/carriers
Send it by another account:      add  -H 'X-Account: whatsapp-cloud'
With real providers:             npm run start:basic, with their credentials in the environment
End with Ctrl+C.
`);

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close());
