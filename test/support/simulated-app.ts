import { GatewaySimulator } from '../../lib/simulator/index.js';
import { until } from './time.js';
import { PLATFORMS, WebhookApp, type WebhookAppSetup } from './webhook-app.js';
import { webhookAccounts } from './webhook-requests.js';

/** An application and the simulator, whose presses reach it over HTTP. */
export class SimulatedApp {
  private constructor(
    readonly simulator: GatewaySimulator,
    readonly app: WebhookApp,
  ) {}

  /** The simulator's accounts, and the harness's own `z` for sentinels. */
  static async start({ options, ...setup }: WebhookAppSetup = {}): Promise<SimulatedApp> {
    const simulator = await GatewaySimulator.start();
    const sentinel = webhookAccounts().filter(({ name }) => name === 'z');
    const [, platform] = PLATFORMS[0] ?? [];
    const app = await WebhookApp.start({
      ...(platform && { platform }),
      ...setup,
      options: { accounts: [...simulator.accounts(), ...sentinel], defaultAccount: 'z-api', webhooks: {}, ...options },
    });
    simulator.webhooks(`${app.url}/webhooks`);
    return new SimulatedApp(simulator, app);
  }

  get messaging() {
    return this.app.messaging;
  }

  /** The id of the message that was accepted as the n-th, counted from 1, once it was. */
  async accepted(count: number): Promise<string> {
    await until(() => this.simulator.messages().length >= count);
    return this.simulator.messages()[count - 1]?.id ?? '';
  }

  /** The id of the message with this text, once it was accepted. */
  async withText(text: string): Promise<string> {
    const find = () => this.simulator.messages().find((message) => message.text === text)?.id;
    await until(() => find() !== undefined);
    return find() ?? '';
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.simulator.close();
  }
}
