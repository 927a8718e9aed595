import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ButtonMessagingModuleOptions, type RememberedMessage, SentMessageStore } from '../../../lib/index.js';
import { CountingProvider } from '../../support/counting-provider.js';
import { timed, until } from '../../support/time.js';
import { WebhookApps } from '../../support/webhook-app.js';
import { webhookAccounts } from '../../support/webhook-requests.js';
import { question } from './ask.js';

/** Is away for a while, except for what it never takes. */
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

describe('What the store of sent messages failed to remember', () => {
  it('is remembered once it works again, in order, and complained of once', async () => {
    const { messaging } = await start();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push((await messaging.send(question(), { account: 'z' })).id);
    expect(store.kept).toEqual([]);
    store.isAway = false;
    await until(() => store.kept.length === ids.length);
    expect(store.kept.map(({ sent }) => sent.id)).toEqual(ids);
    expect(complaints).toEqual([expect.stringContaining('store of sent messages failed')]);
  });

  it('does not wait for what the store never takes', async () => {
    const { messaging } = await start();
    const { id: refused } = await messaging.send(question(), { account: 'z' });
    const { id } = await messaging.send(question(), { account: 'z' });
    store.neverTakes = refused;
    // It has been tried often enough to let others go first.
    store.isAway = false;
    await until(() => store.kept.some(({ sent }) => sent.id === id), 60_000);
    expect(store.kept.map(({ sent }) => sent.id)).toEqual([id]);
  }, 90_000);

  it('is tried once more when the application ends, and then given up', async () => {
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
