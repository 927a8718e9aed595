import type { Observable } from 'rxjs';
import type { ConversationOptions, SimulatedConversation } from './chatvolt/conversation.interface.js';
import type { Fault, FaultChooser, FaultTarget } from './faults/fault.interface.js';
import type { GatewaySimulatorOptions } from './gateway-simulator.options.js';
import type { AnswerOptions, DeliverOptions } from './inbound/inbound.interface.js';
import type { AcceptedMessage, DeliveryFailure, MessageStatus } from './messages/accepted-message.interface.js';
import { HttpListener } from './server/http-listener.js';
import type { RecordedRequest } from './server/recorded-request.interface.js';
import type { SimulatedAccount, SimulatedProviderName } from './simulated-account.interface.js';
import { SimulatedField } from './simulated-field.js';
import type { SimulatorEvent } from './simulator-event.interface.js';
import { SimulatorParts } from './simulator-parts.js';
import type { WebhookAnswer } from './webhooks/webhook-answer.interface.js';

const DEFAULT_HOST = '127.0.0.1';

/** Where one provider is played. */
export interface SimulatedProvider {
  /** To be given as an account's `baseUrl`. */
  readonly baseUrl: string;
}

/**
 * Z-API, Chatvolt and the WhatsApp Cloud API, played by a local HTTP server, so that an app can be developed and tested
 * without credentials. It checks credentials and bodies as the providers do and answers in their words, misbehaves where
 * it is told to, and posts their webhooks when a recipient answers. No message leaves the machine.
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
 */
export class GatewaySimulator extends SimulatedField {
  readonly zApi: SimulatedProvider;
  readonly chatvolt: SimulatedProvider;
  readonly whatsAppCloud: SimulatedProvider;
  /** What happens from now on. Completes on `close()`. */
  readonly events$: Observable<SimulatorEvent>;

  private constructor(
    private readonly listener: HttpListener,
    /** The root of the server, without a slash at its end: `http://127.0.0.1:40321`. A page of phones is there. */
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

  /** Starts a simulator. Rejects with Node's own error where the address cannot be had (`EADDRINUSE`, …). */
  static async start(options: GatewaySimulatorOptions = {}): Promise<GatewaySimulator> {
    const listener = new HttpListener();
    const host = options.host ?? DEFAULT_HOST;
    const url = await listener.listen(options.port ?? 0, host);
    return new GatewaySimulator(listener, url, new SimulatorParts(url, { ...options, host }));
  }

  /**
   * The accounts, ready for `ButtonMessagingModule.forRoot({ accounts })`. At the start there is a made-up one for each
   * provider, named after it, with the same credentials in every simulator. A request must bring an account's own.
   */
  accounts(): SimulatedAccount[] {
    return this.parts.accounts.list();
  }

  /** The accepted messages that are kept, oldest first. Each is frozen. */
  messages(): AcceptedMessage[] {
    return this.parts.messages.list();
  }

  /** How many messages each provider accepted since the start, kept or not. */
  accepted(): Record<SimulatedProviderName, number> {
    return this.parts.messages.accepted();
  }

  /** The requests to the providers that are kept, oldest first, each frozen, with credentials masked. */
  requests(): RecordedRequest[] {
    return this.parts.log.list();
  }

  /**
   * Makes the next requests of a provider misbehave. Faults asked for one after the other are played in that order.
   *
   * @param fault one of `Fault`, or a function that is asked for each request
   * @param times how many requests; a function counts also those it lets pass. `Infinity`: until `heal()`
   * @param target requests that send a message, those that only ask, or the others; the rest are left alone
   * @throws TypeError, RangeError where the fault cannot be played or is to be played less than once
   * @example
   * simulator.fail('z-api', 'drop-after-accepting');
   * simulator.fail('chatvolt', { retryAfterSeconds: 2 }, 3);
   * simulator.fail('whatsapp-cloud', () => (random() < 0.1 ? 'time-out' : undefined), Number.POSITIVE_INFINITY);
   */
  fail(provider: SimulatedProviderName, fault: Fault | FaultChooser, times = 1, target: FaultTarget = 'sends'): void {
    if (!this.parts.simulations.some(({ name }) => name === provider)) {
      throw new TypeError(`The simulator plays no provider named "${provider}"`);
    }
    this.parts.faults.add(provider, fault, times, target);
  }

  /** Forgets the faults still to come, and the callbacks that follow by themselves, of one provider or of all. */
  heal(provider?: SimulatedProviderName): void {
    const { faults, callbacks, accounts } = this.parts;
    faults.clear(provider);
    const ofProvider = accounts.list().filter((account) => account.provider === provider);
    callbacks.clear(provider && ofProvider.map(({ name }) => name));
  }

  /**
   * Where to post webhooks: the base of the app's webhook routes. They go to `{url}/z-api/{account}`,
   * `{url}/chatvolt/{account}` and `{url}/whatsapp-cloud/{account}`, with the credentials of `accounts()`. Undefined:
   * nowhere, as at the start.
   *
   * @throws TypeError where it is no http or https URL
   */
  webhooks(url: string | URL | undefined): void {
    this.parts.poster.aim(url);
    this.parts.feed.tell();
  }

  /**
   * Verifies the app's Cloud API webhook address as Meta does when it is entered: the answer's body is the challenge.
   *
   * @param account the name of a Cloud API account
   */
  async verifyWebhook(account = 'whatsapp-cloud'): Promise<WebhookAnswer> {
    const { whatsAppCloud, poster } = this.parts;
    return poster.get(whatsAppCloud.accounts.get(account), whatsAppCloud.verification(account));
  }

  /**
   * The recipient presses a reply button, or chooses a row of a list. Recorded in the message's `answers`, then posted.
   *
   * @param buttonIdOrTitle an id, or else a title that only one button of the message has
   * @returns the app's answer, whatever its status
   * @throws Error where the message or the button is unknown, where the button gives no callback (`url`, `call`, `copy`),
   * and, once the press is recorded, where no webhook address is set or nobody answers there within 10 seconds
   */
  press(messageId: string, buttonIdOrTitle: string, options?: AnswerOptions): Promise<WebhookAnswer> {
    return this.parts.recipient.press(messageId, buttonIdOrTitle, options);
  }

  /**
   * The recipient answers by text. Recorded in the message's `answers`, then posted.
   *
   * @param options.quoting whether the answer quotes the message, and so refers to its id. Chatvolt's webhook has no
   * field for it. Default: false, as most people just type
   * @throws Error as `press()` does
   */
  type(messageId: string, text: string, options: AnswerOptions & { quoting?: boolean } = {}): Promise<WebhookAnswer> {
    return this.parts.recipient.type(messageId, text, options.quoting ?? false, options);
  }

  /**
   * The network says what became of a message. Recorded as the message's `status`, then posted. In any order, as often
   * as you like: real ones come late, twice and out of order too.
   *
   * @param reason why it failed. Default: Z-API's refusal of the buttons, or of the number if the message has no buttons;
   *   the Cloud API's 131026.
   * Chatvolt's webhook has no field for it; a `code` there is the event's type, such as `AGENT_MESSAGE_NOTED`
   * @throws Error as `press()` does; also for Chatvolt, which has no receipts, with any status but `failed`
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
   * Opens a Chatvolt conversation with a phone, or gives the one that is open.
   *
   * @param phone digits, with country and area code
   * @param options the channel (default: `whatsapp`), or how else it is; a described one is always a new one
   * @throws Error if there is no such account
   */
  openConversation(phone: string, options: string | ConversationOptions = {}): SimulatedConversation {
    return this.parts.chatvolt.open(phone, typeof options === 'string' ? { channel: options } : options);
  }

  /**
   * Chatvolt's conversations, newest first. Two are there from the start: `csimulatedconversation001` with 5511999990001
   * on `whatsapp`, and `csimulatedconversation002` with 5511999990002 on `zapi`.
   */
  conversations(): SimulatedConversation[] {
    return this.parts.chatvolt.conversations.list();
  }

  /** Stops listening and ends every connection, also those that wait for an answer. May be called again. */
  async close(): Promise<void> {
    this.parts.closed.abort();
    await this.listener.close();
    this.parts.events.complete();
  }
}
