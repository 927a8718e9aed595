import 'reflect-metadata';
import { deepStrictEqual } from 'node:assert';
import { inspect } from 'node:util';
import { firstValueFrom } from 'rxjs';
import { AnswersService } from './answers.service.js';
import { startSample } from './start-app.js';

const sample = await startSample();
const { simulator } = sample;
if (!simulator) throw new Error('The demo plays with the simulator: unset the credentials in the environment first.');
const answers = sample.app.get(AnswersService);

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
  const response = await fetch(sample.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = JSON.parse(await response.text()) as Record<string, unknown>;
  show('answer', { status: response.status, body: answer });
  return { status: response.status, ...answer };
}

function lastAccepted() {
  const message = simulator?.messages().at(-1);
  if (!message) throw new Error('The simulator accepted no message.');
  show('accepted', { provider: message.provider, endpoint: message.endpoint, to: message.to, body: message.body });
  return message;
}

async function press(messageId: string, pressed: string): Promise<void> {
  const heard = firstValueFrom(answers.replies$);
  const webhook = await simulator?.press(messageId, pressed);
  show('webhook', { press: pressed, answered: webhook?.status });
  const { account, from, button, typed, sent } = await heard;
  show('heard', { account, from, button, ...(typed && { typed }), inAnswerTo: sent?.id });
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
  title('One message, by Z-API');
  await post('/messages', { to: '+55 11 99999-9999', text: 'See you tomorrow at 10:00?', buttons });
  await press(lastAccepted().id, 'confirm');

  title('The same, by the WhatsApp Cloud API');
  const headers = { 'X-Account': 'whatsapp-cloud' };
  await post('/messages', { to: '+55 11 99999-9999', text: 'See you tomorrow at 10:00?', buttons }, headers);
  await press(lastAccepted().id, 'reschedule');

  title('The same, by Chatvolt, into a conversation');
  const conversation = simulator.openConversation('5511999990001');
  const to = { conversation: conversation.id };
  await post('/messages', { to, text: 'See you tomorrow at 10:00?', buttons }, { 'X-Account': 'chatvolt' });
  await press(lastAccepted().id, 'Confirm');

  title('Z-API in its own words: a link and a call button');
  await post('/z-api/send-button-actions', {
    phone: '5511999999999',
    message: 'How can we help?',
    buttonActions: [
      { type: 'URL', label: 'Our site', url: 'https://example.com' },
      { type: 'CALL', label: 'Call us', phone: '+55 11 3333-4444' },
    ],
  });
  lastAccepted();

  title('A message with faults: nothing is sent, and every fault has its path');
  const refused = await post('/messages', {
    to: '12',
    text: '',
    buttons: [{ type: 'reply', id: 'a', title: 'x'.repeat(21) }],
  });
  deepStrictEqual(refused.status, 400);

  title('The provider takes the message and the answer is lost: the outcome is unknown, and nothing is sent twice');
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
    '\nEverything arrived: 3 messages at Z-API, 1 at Chatvolt, 1 at the WhatsApp Cloud API, 3 presses heard.',
  );
} finally {
  await sample.close();
}
