import type { Observable } from 'rxjs';
import type { ConversationOptions, SimulatedConversation } from './chatvolt/conversation.interface.js';
import type { Fault, FaultChooser, FaultTarget } from './faults/fault.interface.js';
import type { GatewaySimulatorOptions } from './gateway-simulator.options.js';
import type { AnswerOptions, DeliverOptions } from './inbound/inbound.interface.js';
import type { AcceptedMessage, DeliveryFailure, MessageStatus } from './messages/accepted-message.interface.js';
import { HttpListener } from './server/http-listener.js';
import type { RecordedRequest } from './server/recorded-request.interface.js';
import type { SimulatedAccount, SimulatedProviderName } from './simulated-account.interface.js';
import { SimulatedBusiness } from './simulated-business.js';
import type { SimulatorEvent } from './simulator-event.interface.js';
import { SimulatorParts } from './simulator-parts.js';
import type { WebhookAnswer } from './webhooks/webhook-answer.interface.js';

const DEFAULT_HOST = '127.0.0.1';

/** The address of a simulated provider. @publicApi */
export interface SimulatedProvider {
  /** The `baseUrl` of an account. */
  readonly baseUrl: string;
}

/**
 * Simulates Z-API, Chatvolt and the WhatsApp Cloud API in a local HTTP server, for development and tests without
 * credentials. It validates credentials and bodies like the providers, returns their responses, injects faults, and
 * sends their webhooks when a recipient replies. No message leaves the machine.
 *
 * @example
 * const simulator = await GatewaySimulator.start();
 *
 * // in the application: ButtonMessagingModule.forRoot({ accounts: simulator.accounts(), webhooks: {} })
 * simulator.webhooks('http://127.0.0.1:3000/webhooks');
 *
 * const [message] = simulator.messages();
 * if (message) await simulator.press(message.id, 'Yes');
 * await simulator.close();
 *
 * @publicApi
 */
export class GatewaySimulator extends SimulatedBusiness {
  readonly zApi: SimulatedProvider;
  readonly chatvolt: SimulatedProvider;
  readonly whatsAppCloud: SimulatedProvider;
  /** Events from now on. Completes on `close()`. */
  readonly events$: Observable<SimulatorEvent>;

  private constructor(
    private readonly listener: HttpListener,
    /** The URL of the server, without a trailing slash: `http://127.0.0.1:40321`. It serves the phone page. */
    readonly url: string,
    private readonly parts: SimulatorParts,
  ) {
    super(parts);
    this.zApi = Object.freeze({ baseUrl: parts.zApi.baseUrl });
    this.chatvolt = Object.freeze({ baseUrl: parts.chatvolt.baseUrl });
    this.whatsAppCloud = Object.freeze({ baseUrl: parts.whatsAppCloud.baseUrl });
    this.events$ = parts.events.asObservable();
    listener.serve((request, response) => parts.requests.serve(request, response));
  }

  /** Starts a simulator. @throws Node's error if it cannot listen (`EADDRINUSE`, …). TypeError for a template. */
  static async start(options: GatewaySimulatorOptions = {}): Promise<GatewaySimulator> {
    const listener = new HttpListener();
    const host = options.host ?? DEFAULT_HOST;
    const url = await listener.listen(options.port ?? 0, host);
    try {
      return new GatewaySimulator(listener, url, new SimulatorParts(url, { ...options, host }));
    } catch (error) {
      await listener.close();
      throw error;
    }
  }

  /**
   * Returns the accounts for `ButtonMessagingModule.forRoot({ accounts })`. From the start, there is one of each
   * provider, named after it, with the same credentials in every simulator. Requests must use an account's credentials.
   */
  accounts(): SimulatedAccount[] {
    return this.parts.accounts.list();
  }

  /** Returns the stored messages, oldest first. Each is frozen. */
  messages(): AcceptedMessage[] {
    return this.parts.messages.list();
  }

  /** Returns the number of accepted messages of each provider since the start. */
  accepted(): Record<SimulatedProviderName, number> {
    return this.parts.messages.accepted();
  }

  /** Returns the stored requests, oldest first. Each is frozen, and credentials are masked. */
  requests(): RecordedRequest[] {
    return this.parts.log.list();
  }

  /**
   * Injects a fault into the next requests of a provider. Several faults apply in the order in which they were added.
   *
   * @param fault A `Fault`, or a function that is called for each request.
   * @param times The number of requests. A function also counts those without a fault. `Infinity` means until `heal()`.
   * @param target Requests that send a message, those that only read, or others. Other requests are not affected.
   * @throws TypeError, RangeError if the fault or `times` is invalid.
   *
   * @example
   * simulator.fail('z-api', 'drop-after-accepting');
   * simulator.fail('chatvolt', { retryAfterSeconds: 2 }, 3);
   * simulator.fail('whatsapp-cloud', () => (random() < 0.1 ? 'time-out' : undefined), Number.POSITIVE_INFINITY);
   */
  fail(provider: SimulatedProviderName, fault: Fault | FaultChooser, times = 1, target: FaultTarget = 'sends'): void {
    if (!this.parts.simulations.some(({ name }) => name === provider)) {
      throw new TypeError(`The simulator has no provider named "${provider}"`);
    }
    this.parts.faults.add(provider, fault, times, target);
  }

  /** Removes the planned faults and automatic callbacks of one provider, or of all. */
  heal(provider?: SimulatedProviderName): void {
    const { faults, callbacks, accounts } = this.parts;
    faults.clear(provider);
    const ofProvider = accounts.list().filter((account) => account.provider === provider);
    callbacks.clear(provider && ofProvider.map(({ name }) => name));
  }

  /**
   * Sets the URL of the application's webhook routes. Webhooks are sent to `{url}/z-api/{account}`,
   * `{url}/chatvolt/{account}` and `{url}/whatsapp-cloud/{account}`, with the credentials of `accounts()`. With
   * undefined, none are sent, as from the start.
   *
   * @throws TypeError if it is not an HTTP URL.
   */
  webhooks(url: string | URL | undefined): void {
    this.parts.poster.aim(url);
    this.parts.feed.tell();
  }

  /**
   * Verifies the application's Cloud API webhook URL like Meta does. The response's body is the challenge.
   *
   * @param account The name of a Cloud API account.
   */
  async verifyWebhook(account = 'whatsapp-cloud'): Promise<WebhookAnswer> {
    const { whatsAppCloud, poster } = this.parts;
    return poster.get(whatsAppCloud.accounts.get(account), whatsAppCloud.verification(account));
  }

  /**
   * Simulates the press of a reply button, or the choice of a list row. Adds it to the message's `answers`, then sends
   * the webhook.
   *
   * @param buttonIdOrTitle An ID, or a title that only one button of the message has.
   * @returns The application's response, whatever its status.
   * @throws Error if the message or button is unknown, or the button causes no webhook (`url`, `call`, `copy`). Also,
   * after the press is added, if no webhook URL is set or there is no response within 10 seconds.
   */
  press(messageId: string, buttonIdOrTitle: string, options?: AnswerOptions): Promise<WebhookAnswer> {
    return this.parts.recipient.press(messageId, buttonIdOrTitle, options);
  }

  /**
   * Simulates a text from the recipient. Adds it to the message's `answers`, then sends the webhook.
   *
   * @param options.quoting Whether the text quotes the message, and contains its ID. Chatvolt's webhook does not
   * support this. The default is false, as most people do not quote.
   * @throws Error like `press()`.
   */
  type(messageId: string, text: string, options: AnswerOptions & { quoting?: boolean } = {}): Promise<WebhookAnswer> {
    return this.parts.recipient.type(messageId, text, options.quoting ?? false, options);
  }

  /**
   * Simulates a status of a message. Sets the message's `status`, then sends the webhook. Statuses can be repeated and
   * in any order, like real ones.
   *
   * @param reason Why it failed. By default, Z-API rejects the buttons, or the phone number if there are none, and the
   * Cloud API reports 131026. Chatvolt has no reason. A `code` there is the event's type, such as
   * `AGENT_MESSAGE_NOTED`.
   * @throws Error like `press()`. Also for any status of Chatvolt except `failed`, because it has no receipts.
   */
  deliver(
    messageId: string,
    status: MessageStatus,
    reason?: string | DeliveryFailure,
    options?: DeliverOptions,
  ): Promise<WebhookAnswer> {
    return this.parts.recipient.deliver(messageId, status, reason, options);
  }

  /**
   * Opens a Chatvolt conversation with a phone number, or returns the open one.
   *
   * @param phone The digits with country and area code.
   * @param options The channel (by default `whatsapp`) and other properties. With other properties, the conversation is
   * always new.
   * @throws Error if the account does not exist.
   */
  openConversation(phone: string, options: string | ConversationOptions = {}): SimulatedConversation {
    return this.parts.chatvolt.open(phone, typeof options === 'string' ? { channel: options } : options);
  }

  /**
   * Returns Chatvolt's conversations, newest first. From the start there are two: `csimulatedconversation001` with
   * 5511999990001 on `whatsapp`, and `csimulatedconversation002` with 5511999990002 on `zapi`.
   */
  conversations(): SimulatedConversation[] {
    return this.parts.chatvolt.conversations.list();
  }

  /** Stops listening and closes every connection, including those that wait for a response. Can be called again. */
  async close(): Promise<void> {
    this.parts.closed.abort();
    await this.listener.close();
    this.parts.events.complete();
  }
}
