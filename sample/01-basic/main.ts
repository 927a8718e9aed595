import 'reflect-metadata';
import { startSample } from './start-app.js';

const { url, simulator } = await startSample(Number(process.env.PORT ?? 0));

const message = {
  to: '+55 11 99999-9999',
  text: 'Your appointment is tomorrow at 10:00.',
  buttons: [
    { type: 'reply', id: 'confirm', title: 'Confirm' },
    { type: 'reply', id: 'reschedule', title: 'Another time' },
  ],
};

console.log(`
The sample runs at       ${url}
${simulator ? `The simulator runs at    ${simulator.url}   (it plays the providers; nothing leaves this machine)` : 'It uses the providers whose credentials are in the environment.'}

Send a message with two buttons:

  curl -X POST ${url}/messages -H 'Content-Type: application/json' -d '${JSON.stringify(message)}'

Ask which accounts can carry it: the same to ${url}/messages/carriers
Send it by another account:      add  -H 'X-Account: whatsapp-cloud'
Ask whether the accounts are up: curl ${url}/health
End with Ctrl+C.
`);
