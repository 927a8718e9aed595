// Takes the screenshot of the simulator's page for the documentation. Run `npm run build` first:
//
//   node scripts/picture.mjs            CHROMIUM_PATH replaces /usr/bin/chromium
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { GatewaySimulator } from '../dist/esm/simulator/index.js';

const PICTURE = 'docs/pictures/simulator.png';
const ANA = '5511988880001';

const simulator = await GatewaySimulator.start({ port: 4010 });
const app = createServer((request, response) => request.resume().on('end', () => response.end()));
await new Promise((listening) => app.listen(3000, '127.0.0.1', listening));
simulator.webhooks('http://127.0.0.1:3000/webhooks');

const [zApiAccount, chatvoltAccount, cloudAccount] = simulator.accounts();

async function post(address, headers, body) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok && body.phone !== '') throw new Error(`${address} responded with ${response.status}`);
  return simulator.messages().at(-1)?.id ?? '';
}

function zApi(endpoint, body) {
  const { baseUrl, instanceId, token, clientToken } = zApiAccount;
  return post(`${baseUrl}/instances/${instanceId}/token/${token}/${endpoint}`, { 'client-token': clientToken }, body);
}

function cloud(body) {
  const { baseUrl, phoneNumberId, accessToken } = cloudAccount;
  const headers = { authorization: `Bearer ${accessToken}` };
  return post(`${baseUrl}/v26.0/${phoneNumberId}/messages`, headers, { messaging_product: 'whatsapp', ...body });
}

function chatvolt(body) {
  const { baseUrl, apiKey, agentId } = chatvoltAccount;
  const sent = { agentId, conversationId: 'csimulatedconversation001', ...body };
  return post(`${baseUrl}/messages/interactive/send-buttons`, { authorization: `Bearer ${apiKey}` }, sent);
}

await zApi('send-text', { phone: '447700900123', message: 'Your parcel arrives today, between *14:00* and *16:00*.' });
await cloud({ to: '15550100200', type: 'text', text: { body: 'Thank you for your order.' } });
await zApi('send-option-list', {
  phone: '120363019502650977-group',
  message: 'Which day suits the team?',
  optionList: { title: 'Days', buttonLabel: 'See the days', options: [{ title: 'Monday' }, { title: 'Friday' }] },
});
const support = await chatvolt({ body_text: 'How can we help?', button_1_id: 'sales', button_1_title: 'Sales' });
await simulator.press(support, 'sales');
await zApi('send-text', { phone: '', message: 'To an empty number' });
const question = await zApi('send-button-actions', {
  phone: ANA,
  title: 'Aurora Clinic',
  message: 'Hello *Ana*, your appointment is _tomorrow at 10:00_ with Dr. Helena. Does that suit you?',
  footer: 'Please answer by 18:00',
  buttonActions: [
    { type: 'REPLY', id: 'confirm', label: 'Confirm' },
    { type: 'REPLY', id: 'reschedule', label: 'Another time' },
    { type: 'CALL', phone: '+551133334444', label: 'Call us' },
  ],
});
await simulator.deliver(question, 'read');
await simulator.press(question, 'reschedule');
const times = await cloud({
  to: ANA,
  type: 'interactive',
  interactive: {
    type: 'list',
    body: { text: 'When would it suit you?' },
    action: {
      button: 'See the times',
      sections: [{ title: 'Tomorrow', rows: [{ id: '16', title: '16:00', description: 'Dr. Bruno, room 1' }] }],
    },
  },
});
await simulator.deliver(times, 'read');
await simulator.press(times, '16:00');
const done = await zApi('send-text', { phone: ANA, message: 'Done: tomorrow at *16:00*. See you!' });
await simulator.deliver(done, 'delivered');

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage({
  viewport: { width: 1280, height: 868 },
  deviceScaleFactor: 1.5,
  locale: 'en-GB',
  colorScheme: 'light',
});
await page.goto(`${simulator.url}/#phone=${ANA}`);
await page.getByText('Done: tomorrow').last().waitFor();
await page.evaluate(() => document.fonts.ready);
mkdirSync('docs/pictures', { recursive: true });
await page.screenshot({ path: PICTURE, animations: 'disabled' });
await browser.close();
app.close();
await simulator.close();
