import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import { MemorySentMessageStore, type RememberedMessage, SentMessageStore } from '../../../lib/index.js';
import { CountingProvider } from '../../support/counting-provider.js';
import { until } from '../../support/time.js';
import { WebhookApps } from '../../support/webhook-app.js';
import { webhookAccounts } from '../../support/webhook-requests.js';
import { ANA, question } from './ask.js';
import { zDelivery, zPress } from './fixtures.js';

/** A store that several applications share. */
class SharedStore extends SentMessageStore {
  asked = 0;
  private readonly kept = new MemorySentMessageStore(1_000);

  override async remember(message: RememberedMessage): Promise<void> {
    this.kept.remember(message);
  }

  override async byMessageId(account: string, messageId: string) {
    this.asked += 1;
    return this.kept.byMessageId(account, messageId);
  }

  override async recentTo(account: string, recipient: string) {
    return this.kept.recentTo(account, recipient);
  }
}

const apps = new WebhookApps();
let gateway: CountingProvider;
let store: SharedStore;
beforeEach(async () => {
  gateway = await CountingProvider.start();
  store = new SharedStore();
});
afterEach(async () => {
  await apps.close();
  await gateway.close();
});

const start = () =>
  apps.start({
    options: {
      accounts: webhookAccounts(gateway.url),
      extraProviders: [{ provide: SentMessageStore, useValue: store }],
    },
  });

describe('Webhook callback that arrives before its message is remembered', () => {
  it('matches the message as soon as another application remembers it', async () => {
    const [sender, hearer] = [await start(), await start()];
    const reply = firstValueFrom(hearer.events.buttonReplies$);
    const press = { referenceMessageId: 'M1', phone: ANA, senderLid: null };
    await hearer.hear('z', zPress({ ...press, buttonsResponseMessage: { buttonId: 'sales', message: 'Sales' } }));
    await until(() => store.asked > 0);
    const sent = await sender.messaging.send(question(), { account: 'z' });
    expect(await reply).toMatchObject({ button: { id: 'sales' }, sent: { id: sent.id, messageId: 'M1' } });
  });

  it('is emitted when the application shuts down', async () => {
    const hearer = await start();
    const status = firstValueFrom(hearer.events.statuses$);
    await hearer.hear('z', zDelivery({ messageId: 'NOT-OURS', zaapId: 'NEITHER' }));
    await until(() => store.asked > 0);
    await hearer.close();
    expect(await status).toMatchObject({ status: 'sent', messageIds: ['NOT-OURS', 'NEITHER'] });
  });
});
