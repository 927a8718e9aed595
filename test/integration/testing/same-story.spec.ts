import { afterEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  type ButtonMessage,
  ButtonMessagingError,
  ButtonMessagingService,
  type MessageStatus,
  type MessagingEvent,
  ProviderUnavailableError,
  RateLimitedError,
  type SentMessage,
  UnknownOutcomeError,
} from '../../../lib/index.js';
import { ButtonMessagingTestingModule, RecordingTransport } from '../../../lib/testing/index.js';
import { SimulatedApp } from '../../support/simulated-app.js';
import { Heard } from '../../support/webhook-app.js';

const PROVIDERS = ['z-api', 'chatvolt', 'whatsapp-cloud'] as const;
type Provider = (typeof PROVIDERS)[number];
type Trouble = 'limited' | 'unavailable' | 'lost';

/** Runs a story against the simulator or the recording transport. */
interface Stage {
  messaging: ButtonMessagingService;
  trouble(provider: Provider, what: Trouble): void;
  press(sent: SentMessage, button: string): Promise<void>;
  type(sent: SentMessage, text: string): Promise<void>;
  deliver(sent: SentMessage, status: MessageStatus, reason?: string): Promise<void>;
  /** Returns the events that handlers received since the last call. */
  heard(): Promise<MessagingEvent[]>;
  close(): Promise<void>;
}

async function simulated(): Promise<Stage> {
  const { simulator, app, close } = await SimulatedApp.start().then((started) => ({
    simulator: started.simulator,
    app: started.app,
    close: () => started.close(),
  }));
  const idOf = ({ messageId, parts }: SentMessage) => messageId ?? parts?.at(-1)?.messageId ?? '';
  const faults = {
    limited: { retryAfterSeconds: 7 },
    unavailable: 'unavailable',
    lost: 'drop-after-accepting',
  } as const;
  return {
    messaging: app.messaging,
    trouble: (provider, what) => simulator.fail(provider, faults[what]),
    press: async (sent, button) => void (await simulator.press(idOf(sent), button)),
    type: async (sent, text) => void (await simulator.type(idOf(sent), text)),
    deliver: async (sent, status, reason) => void (await simulator.deliver(idOf(sent), status, reason)),
    heard: () => app.taken(),
    close,
  };
}

async function recorded(): Promise<Stage> {
  const imports = [ButtonMessagingTestingModule.forRoot({ logger: false })];
  const module: TestingModule = await Test.createTestingModule({ imports, providers: [Heard] }).compile();
  await module.init();
  const transport = module.get(RecordingTransport).addConversation('5511999990001', 'csimulatedconversation001');
  const errors = {
    limited: () => new RateLimitedError('Too many', { retryAfterMs: 7_000 }),
    unavailable: () => new ProviderUnavailableError('Away', { retryAfterMs: 1_000 }),
    lost: () => new UnknownOutcomeError('Lost'),
  };
  return {
    messaging: module.get(ButtonMessagingService),
    trouble: (_provider, what) => void transport.failNext(errors[what]()),
    press: (sent, button) => transport.press(button, { of: sent }),
    type: (sent, text) => transport.type(text, { of: sent }),
    deliver: (sent, status, reason) => transport.deliver(status, { of: sent, ...(reason !== undefined && { reason }) }),
    heard: async () => module.get(Heard).events.splice(0),
    close: () => module.close(),
  };
}

const toOf = (provider: Provider) =>
  provider === 'chatvolt' ? { conversation: 'csimulatedconversation001' } : '5511999999999';
const replies = (provider: Provider): ButtonMessage => ({
  to: toOf(provider),
  text: 'Tomorrow at 10:00?',
  buttons: [
    { type: 'reply', id: 'yes', title: 'Yes' },
    { type: 'reply', id: 'no', title: 'No' },
  ],
});
const mixed = (provider: Provider): ButtonMessage => ({
  ...replies(provider),
  buttons: [...replies(provider).buttons, { type: 'url', title: 'Map', url: 'https://example.com' }],
});

type Story = (stage: Stage, provider: Provider) => Promise<unknown[]>;

const STORIES: [name: string, story: Story, providers?: readonly Provider[]][] = [
  ['a message is accepted', async ({ messaging }, account) => [await messaging.send(replies(account), { account })]],
  [
    'a message is split',
    async ({ messaging }, account) => [await messaging.send(mixed(account), { account, mixed: 'split' })],
  ],
  [
    'a message is sent as a text',
    async ({ messaging }, account) => [await messaging.send(mixed(account), { account, fallback: 'text' })],
  ],
  [
    'mixed buttons are rejected',
    async ({ messaging }, account) => [await errorOf(messaging.send(mixed(account), { account }))],
  ],
  [
    'an invalid message is rejected',
    async ({ messaging }, account) => [await errorOf(messaging.send({ ...replies(account), text: '' }, { account }))],
  ],
  ...(['limited', 'unavailable', 'lost'] as const).map((what): [string, Story] => [
    `the provider fails: ${what}`,
    async (stage, account) => {
      stage.trouble(account, what);
      return [await errorOf(stage.messaging.send(replies(account), { account, idempotencyKey: 'once' }))];
    },
  ]),
  [
    'a button is pressed',
    async (stage, account) => {
      const sent = await stage.messaging.send(replies(account), { account });
      await stage.press(sent, 'no');
      return stage.heard();
    },
  ],
  [
    'a button is pressed again',
    async (stage, account) => {
      const sent = await stage.messaging.send(replies(account), { account });
      await stage.press(sent, 'no');
      await stage.press(sent, 'Yes');
      return stage.heard();
    },
  ],
  ...['Yes', ' yes. ', '1', 'something else'].map((text): [string, Story] => [
    `"${text}" is typed`,
    async (stage, account) => {
      const sent = await stage.messaging.send(replies(account), { account });
      await stage.type(sent, text);
      return stage.heard();
    },
  ]),
  ...['Yes', '2', '9'].map((text): [string, Story] => [
    `"${text}" is typed after a numbered text`,
    async (stage, account) => {
      const sent = await stage.messaging.send(mixed(account), { account, fallback: 'text' });
      await stage.type(sent, text);
      return stage.heard();
    },
  ]),
  ...(['sent', 'delivered', 'read', 'failed'] as const).map((status): [string, Story, readonly Provider[]] => [
    `the status is ${status}`,
    async (stage, account) => {
      const sent = await stage.messaging.send(replies(account), { account });
      await stage.deliver(sent, status);
      return stage.heard();
    },
    status === 'failed' ? PROVIDERS : ['z-api', 'whatsapp-cloud'],
  ]),
  ...['Phone number does not exist', 'in words of nobody'].map((reason): [string, Story] => [
    `the status is failed: ${reason}`,
    async (stage, account) => {
      const sent = await stage.messaging.send(replies(account), { account });
      await stage.deliver(sent, 'failed', reason);
      return stage.heard();
    },
  ]),
  [
    'the status of a text is failed',
    async (stage, account) => {
      const sent = await stage.messaging.send(mixed(account), { account, fallback: 'text' });
      await stage.deliver(sent, 'failed');
      return stage.heard();
    },
  ],
];

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no error',
    (error: unknown) => error,
  );
}

/** Removes ids, times and provider texts, which may differ between the two. */
function essence(value: unknown): unknown {
  if (value instanceof ButtonMessagingError) {
    const { name, code, outcome, retryable, category, retryAfterMs } = value;
    return { name, code, outcome, retryable, category, retryAfterMs };
  }
  // The simulator makes up the names of people.
  const dropped = ['raw', 'name'];
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      if (dropped.includes(key)) return undefined;
      if (key === 'providerIds' && Array.isArray(inner)) return 'ids';
      if (['at', 'acceptedAt'].includes(key)) return 'a time';
      if (['messageId', 'inReplyTo'].includes(key)) return 'an id';
      if (key === 'lid' && typeof inner === 'string') return inner.replace(/^\d+@/, 'digits@');
      if (key === 'userId' && typeof inner === 'string') return inner.replace(/\.\w+$/, '.id');
      if (key === 'messageIds') return ['ids'];
      // Short ids are those of our buttons. Longer ones are generated.
      if (key === 'id' && typeof inner === 'string' && inner.length > 10) return 'an id';
      return inner;
    }),
  );
}

describe.each(PROVIDERS)('Simulator and RecordingTransport for %s', (provider) => {
  const open: Stage[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((stage) => stage.close()));
  });

  it.each(STORIES.filter(([, , only = PROVIDERS]) => only.includes(provider)))(
    'produces the same results when %s',
    async (_name, story) => {
      const told: unknown[] = [];
      for (const start of [simulated, recorded]) {
        const stage = await start();
        open.push(stage);
        told.push((await story(stage, provider)).map(essence));
      }
      expect(told[1]).toEqual(told[0]);
      expect(told[0]).not.toEqual([]);
    },
  );
});
