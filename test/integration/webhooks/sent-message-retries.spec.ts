import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ButtonMessagingModuleOptions, type RememberedMessage, SentMessageStore } from '../../../lib/index.js';
import { CountingProvider } from '../../support/counting-provider.js';
import { timed, until } from '../../support/time.js';
import { WebhookApps } from '../../support/webhook-app.js';
import { webhookAccounts } from '../../support/webhook-requests.js';
import { question } from './ask.js';

/** Fails while it is away, and always for the message that it never takes. */
class FailingStore extends SentMessageStore {
  readonly kept: RememberedMessage[] = [];
  asked = 0;
  isAway = true;
  neverTakes: string | undefined;

  override async remember(message: RememberedMessage): Promise<void> {
    this.asked += 1;
    if (this.isAway || message.sent.id === this.neverTakes) throw new Error('The store is away');
    this.kept.push(message);
  }

  override async byMessageId() {
    return undefined;
  }

  override async recentTo() {
    return [];
  }
}

const apps = new WebhookApps();
let gateway: CountingProvider;
let store: FailingStore;
let complaints: string[];
beforeEach(async () => {
  gateway = await CountingProvider.start();
  store = new FailingStore();
  complaints = [];
});
afterEach(async () => {
  await apps.close();
  await gateway.close();
});

const start = () => {
  const silent = () => undefined;
  const options: ButtonMessagingModuleOptions = {
    accounts: webhookAccounts(gateway.url),
    logger: { log: silent, warn: silent, debug: silent, error: (line: string) => void complaints.push(line) },
    http: { closeTimeoutMs: 300 },
    extraProviders: [{ provide: SentMessageStore, useValue: store }],
  };
  return apps.start({ options });
};

describe('SentMessageStore that fails', () => {
  it('receives its messages in order once it works again, with one log line', async () => {
    const { messaging } = await start();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push((await messaging.send(question(), { account: 'z' })).id);
    expect(store.kept).toEqual([]);
    store.isAway = false;
    await until(() => store.kept.length === ids.length);
    expect(store.kept.map(({ sent }) => sent.id)).toEqual(ids);
    expect(complaints).toEqual([expect.stringContaining('sent-message store failed')]);
  });

  it('receives other messages although it never takes one', async () => {
    const { messaging } = await start();
    const { id: refused } = await messaging.send(question(), { account: 'z' });
    const { id } = await messaging.send(question(), { account: 'z' });
    store.neverTakes = refused;
    // After enough attempts, the other messages go first.
    store.isAway = false;
    await until(() => store.kept.some(({ sent }) => sent.id === id), 60_000);
    expect(store.kept.map(({ sent }) => sent.id)).toEqual([id]);
  }, 90_000);

  it('is tried once more at shutdown, and then given up', async () => {
    const app = await start();
    await app.messaging.send(question(), { account: 'z' });
    const asked = store.asked;
    const { ms } = await timed(() => apps.close());
    expect(store.asked).toBeGreaterThan(asked);
    expect(ms).toBeLessThan(5_000);
    expect(complaints).toHaveLength(2);
    expect(complaints[1]).toContain('for too long');
  });
});
