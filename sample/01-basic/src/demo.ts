import 'reflect-metadata';
import { deepStrictEqual } from 'node:assert';
import { inspect } from 'node:util';
import { NestFactory } from '@nestjs/core';
import type { AcceptedMessage } from 'nestjs-button-messaging/simulator';
import { firstValueFrom } from 'rxjs';
import { AppModule } from './app.module.js';
import { RepliesService } from './replies.service.js';
import { startSimulator } from './simulator.js';

const simulator = await startSimulator(process.env);
if (!simulator) throw new Error('The demo needs the simulator: remove the credentials from the environment.');
const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
await app.listen(0, '127.0.0.1');
const url = await app.getUrl();
simulator.webhooks(`${url}/webhooks`);
const replies = app.get(RepliesService);

let step = 0;

function title(text: string): void {
  step += 1;
  console.log(`\n${String(step)}. ${text}`);
}

function show(label: string, value: unknown): void {
  const lines = inspect(value, { depth: 8, compact: 4, breakLength: 100, colors: process.stdout.isTTY }).split('\n');
  console.log(`   ${label.padEnd(10)}${lines.join(`\n${' '.repeat(13)}`)}`);
}

async function post(
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  show('request', { POST: path, ...headers, body });
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const result = JSON.parse(await response.text()) as Record<string, unknown>;
  show('response', { status: response.status, body: result });
  return { status: response.status, ...result };
}

function lastAccepted(): AcceptedMessage {
  const message = simulator?.messages().at(-1);
  if (!message) throw new Error('The simulator did not accept a message.');
  show('accepted', { provider: message.provider, endpoint: message.endpoint, to: message.to, body: message.body });
  return message;
}

async function press(messageId: string, pressed: string): Promise<void> {
  const received = firstValueFrom(replies.replies$);
  const webhook = await simulator?.press(messageId, pressed);
  show('webhook', { press: pressed, status: webhook?.status });
  const { account, from, button, typed, sent } = await received;
  show('reply', { account, from, button, ...(typed && { typed }), toMessage: sent?.id });
  deepStrictEqual(
    button.title,
    buttons.find(({ id, title }) => button.id === id && [id, title].includes(pressed))?.title,
  );
}

const buttons = [
  { type: 'reply', id: 'confirm', title: 'Confirm' },
  { type: 'reply', id: 'reschedule', title: 'Another time' },
];

try {
  title('Send a message through Z-API');
  await post('/messages', { to: '+55 11 99999-9999', text: 'See you tomorrow at 10:00?', buttons });
  await press(lastAccepted().id, 'confirm');

  title('Send the same message through the WhatsApp Cloud API');
  const headers = { 'X-Account': 'whatsapp-cloud' };
  await post('/messages', { to: '+55 11 99999-9999', text: 'See you tomorrow at 10:00?', buttons }, headers);
  await press(lastAccepted().id, 'reschedule');

  title('Send the same message to a Chatvolt conversation');
  const conversation = simulator.openConversation('5511999990001');
  const to = { conversation: conversation.id };
  await post('/messages', { to, text: 'See you tomorrow at 10:00?', buttons }, { 'X-Account': 'chatvolt' });
  await press(lastAccepted().id, 'Confirm');

  title("Send a link and a call button with Z-API's own DTO");
  await post('/z-api/send-button-actions', {
    phone: '5511999999999',
    message: 'How can we help?',
    buttonActions: [
      { type: 'URL', label: 'Our site', url: 'https://example.com' },
      { type: 'CALL', label: 'Call us', phone: '+55 11 3333-4444' },
    ],
  });
  lastAccepted();

  title('Send an invalid message: it is rejected, and each issue has its path');
  const rejected = await post('/messages', {
    to: '12',
    text: '',
    buttons: [{ type: 'reply', id: 'a', title: 'x'.repeat(21) }],
  });
  deepStrictEqual(rejected.status, 400);

  title('The provider accepts a message and its response is lost: the outcome is unknown, and it is not sent again');
  simulator.fail('z-api', 'drop-after-accepting');
  const before = simulator.accepted()['z-api'];
  const message = { to: '+55 11 99999-9999', text: 'Only once, please', buttons };
  const lost = await post('/messages', message, { 'Idempotency-Key': 'only-once' });
  deepStrictEqual(lost.outcome, 'unknown');
  const repeated = await post('/messages', message, { 'Idempotency-Key': 'only-once' });
  deepStrictEqual(repeated.outcome, 'unknown');
  deepStrictEqual(simulator.accepted()['z-api'] - before, 1);

  deepStrictEqual(simulator.accepted(), { 'z-api': 3, chatvolt: 1, 'whatsapp-cloud': 1 });
  console.log(
    '\nAll messages arrived: 3 through Z-API, 1 through Chatvolt, 1 through the WhatsApp Cloud API, and 3 replies.',
  );
} finally {
  await app.close();
  await simulator.close();
}
