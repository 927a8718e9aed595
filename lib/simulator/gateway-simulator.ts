import { setMaxListeners } from 'node:events';
import { type Observable, Subject } from 'rxjs';
import { ChatvoltSimulation } from './chatvolt/chatvolt.simulation.js';
import type { SimulatedConversation } from './chatvolt/conversation.interface.js';
import type { Fault, FaultChooser, FaultTarget } from './faults/fault.interface.js';
import { FaultPlan } from './faults/fault-plan.js';
import type { GatewaySimulatorOptions } from './gateway-simulator.options.js';
import type { AcceptedMessage, DeliveryFailure, MessageStatus } from './messages/accepted-message.interface.js';
import { MessageStore } from './messages/message-store.js';
import { PageFiles } from './phones/page-files.js';
import { PhoneDesk } from './phones/phone-desk.js';
import { PhoneFeed } from './phones/phone-feed.js';
import { PhoneRecords } from './phones/phone-records.js';
import type { ProviderSimulation } from './provider-simulation.interface.js';
import { HttpListener } from './server/http-listener.js';
import type { RecordedRequest } from './server/recorded-request.interface.js';
import { RequestDesk } from './server/request-desk.js';
import { RequestLog } from './server/request-log.js';
import type { SimulatedAccount, SimulatedProviderName } from './simulated-account.interface.js';
import type { SimulatorEvent } from './simulator-event.interface.js';
import { Recipient } from './webhooks/recipient.js';
import type { WebhookAnswer } from './webhooks/webhook-answer.interface.js';
import { WebhookPoster } from './webhooks/webhook-poster.js';
import { WhatsAppCloudSimulation } from './whatsapp-cloud/whatsapp-cloud.simulation.js';
import { ZApiSimulation } from './z-api/z-api.simulation.js';

const defaultHost = '127.0.0.1';

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
export class GatewaySimulator {
  readonly zApi: SimulatedProvider;
  readonly chatvolt: SimulatedProvider;
  readonly whatsAppCloud: SimulatedProvider;
  /** What happens from now on. Completes on `close()`. */
  readonly events$: Observable<SimulatorEvent>;

  private readonly closed = new AbortController();
  private readonly events = new Subject<SimulatorEvent>();
  private readonly faults = new FaultPlan();
  private readonly poster = new WebhookPoster(this.events, this.closed.signal);
  private readonly simulatedChatvolt: ChatvoltSimulation;
  private readonly simulatedWhatsAppCloud: WhatsAppCloudSimulation;
  private readonly simulations: readonly ProviderSimulation[];
  private readonly store: MessageStore;
  private readonly log: RequestLog;
  private readonly recipient: Recipient;
  private readonly feed: PhoneFeed;

  private constructor(
    private readonly listener: HttpListener,
    /** The root of the server, without a slash at its end: `http://127.0.0.1:40321`. A page of phones is there. */
    readonly url: string,
    options: GatewaySimulatorOptions,
  ) {
    const zApi = new ZApiSimulation(url);
    this.simulatedChatvolt = new ChatvoltSimulation(url);
    this.simulatedWhatsAppCloud = new WhatsAppCloudSimulation(url);
    this.simulations = [zApi, this.simulatedChatvolt, this.simulatedWhatsAppCloud];
    this.zApi = Object.freeze({ baseUrl: zApi.account().baseUrl });
    this.chatvolt = Object.freeze({ baseUrl: this.simulatedChatvolt.account().baseUrl });
    this.whatsAppCloud = Object.freeze({ baseUrl: this.simulatedWhatsAppCloud.account().baseUrl });
    this.events$ = this.events.asObservable();
    this.store = new MessageStore(options.keep ?? 10_000, this.events);
    this.log = new RequestLog(options.keepRequests ?? 1_000);
    this.recipient = new Recipient(this.simulations, this.store, this.poster);
    // Every delayed answer and every webhook under way listens to this one signal.
    setMaxListeners(0, this.closed.signal);
    const records = new PhoneRecords(this.simulations, this.store, this.poster);
    this.feed = new PhoneFeed(records, this.closed.signal);
    this.events.subscribe((event) => {
      const change = records.note(event);
      if (change) this.feed.tell(change);
    });
    const { recipient, feed } = this;
    const host = options.host ?? defaultHost;
    const phones = new PhoneDesk({ host, files: new PageFiles(), records, feed, recipient });
    const desk = new RequestDesk({
      simulations: this.simulations,
      faults: this.faults,
      messages: this.store,
      log: this.log,
      events: this.events,
      bodyLimit: options.bodyLimit ?? 16 * 1024 * 1024,
      phones,
      closed: this.closed.signal,
    });
    listener.serve((request, response) => desk.serve(request, response));
  }

  /** Starts a simulator. Rejects with Node's own error where the address cannot be had (`EADDRINUSE`, …). */
  static async start(options: GatewaySimulatorOptions = {}): Promise<GatewaySimulator> {
    const listener = new HttpListener();
    const url = await listener.listen(options.port ?? 0, options.host ?? defaultHost);
    return new GatewaySimulator(listener, url, options);
  }

  /**
   * One made-up account for each provider, named after it, ready for `ButtonMessagingModule.forRoot({ accounts })`. The
   * credentials are the same for every simulator, and a request must bring them.
   */
  accounts(): SimulatedAccount[] {
    return this.simulations.map((simulation) => simulation.account());
  }

  /** The accepted messages that are kept, oldest first. Each is frozen. */
  messages(): AcceptedMessage[] {
    return this.store.list();
  }

  /** How many messages each provider accepted since the start, kept or not. */
  accepted(): Record<SimulatedProviderName, number> {
    return this.store.accepted();
  }

  /** The requests to the providers that are kept, oldest first, each frozen, with credentials masked. */
  requests(): RecordedRequest[] {
    return this.log.list();
  }

  /**
   * Makes the next requests of a provider misbehave. Faults asked for one after the other are played in that order.
   *
   * @param fault one of `Fault`, or a function that is asked for each request
   * @param times how many requests; a function counts also those it lets pass. `Infinity`: until `heal()`
   * @param target requests that send (POST), or those that only ask (GET); the others are left alone
   * @throws TypeError, RangeError where the fault cannot be played or is to be played less than once
   * @example
   * simulator.fail('z-api', 'drop-after-accepting');
   * simulator.fail('chatvolt', { retryAfterSeconds: 2 }, 3);
   * simulator.fail('whatsapp-cloud', () => (random() < 0.1 ? 'time-out' : undefined), Number.POSITIVE_INFINITY);
   */
  fail(provider: SimulatedProviderName, fault: Fault | FaultChooser, times = 1, target: FaultTarget = 'sends'): void {
    if (!this.simulations.some(({ name }) => name === provider)) {
      throw new TypeError(`The simulator plays no provider named "${provider}"`);
    }
    this.faults.add(provider, fault, times, target);
  }

  /** Forgets the faults still to come, of one provider or of all. */
  heal(provider?: SimulatedProviderName): void {
    this.faults.clear(provider);
  }

  /**
   * Where to post webhooks: the base of the app's webhook routes. They go to `{url}/z-api/{account}`,
   * `{url}/chatvolt/{account}` and `{url}/whatsapp-cloud/{account}`, with the credentials of `accounts()`. Undefined:
   * nowhere, as at the start.
   *
   * @throws TypeError where it is no http or https URL
   */
  webhooks(url: string | URL | undefined): void {
    this.poster.aim(url);
    this.feed.tell();
  }

  /** Verifies the app's Cloud API webhook address as Meta does when it is entered: the answer's body is the challenge. */
  verifyWebhook(): Promise<WebhookAnswer> {
    return this.poster.get(this.simulatedWhatsAppCloud.account(), this.simulatedWhatsAppCloud.verification());
  }

  /**
   * The recipient presses a reply button, or chooses a row of a list. Recorded in the message's `answers`, then posted.
   *
   * @param buttonIdOrTitle an id, or else a title that only one button of the message has
   * @returns the app's answer, whatever its status
   * @throws Error where the message or the button is unknown, where the button gives no callback (`url`, `call`, `copy`),
   * and, once the press is recorded, where no webhook address is set or nobody answers there within 10 seconds
   */
  press(messageId: string, buttonIdOrTitle: string): Promise<WebhookAnswer> {
    return this.recipient.press(messageId, buttonIdOrTitle);
  }

  /**
   * The recipient answers by text. Recorded in the message's `answers`, then posted.
   *
   * @param options.quoting whether the answer quotes the message, and so refers to its id. Chatvolt's webhook has no
   * field for it. Default: false, as most people just type
   * @throws Error as `press()` does
   */
  type(messageId: string, text: string, options: { quoting?: boolean } = {}): Promise<WebhookAnswer> {
    return this.recipient.type(messageId, text, options.quoting ?? false);
  }

  /**
   * The network says what became of a message. Recorded as the message's `status`, then posted. In any order, as often
   * as you like: real ones come late, twice and out of order too.
   *
   * @param reason why it failed. Default: Z-API's `Whatsapp rejected sending this message`, the Cloud API's 131026.
   * Chatvolt's webhook has no field for it
   * @throws Error as `press()` does; also for Chatvolt, which has no receipts, with any status but `failed`
   */
  deliver(messageId: string, status: MessageStatus, reason?: string | DeliveryFailure): Promise<WebhookAnswer> {
    return this.recipient.deliver(messageId, status, reason);
  }

  /**
   * Opens a Chatvolt conversation with a phone, or gives the one that is open.
   *
   * @param phone digits, with country and area code
   * @param channel `whatsapp`, `zapi`, … Default: `whatsapp`
   */
  openConversation(phone: string, channel = 'whatsapp'): SimulatedConversation {
    const conversation = this.simulatedChatvolt.conversations.with(phone.replace(/\D/g, ''), channel);
    this.simulatedChatvolt.conversations.add(conversation);
    return conversation;
  }

  /**
   * Chatvolt's conversations, newest first. Two are there from the start: `csimulatedconversation001` with 5511999990001
   * on `whatsapp`, and `csimulatedconversation002` with 5511999990002 on `zapi`.
   */
  conversations(): SimulatedConversation[] {
    return this.simulatedChatvolt.conversations.list();
  }

  /** Stops listening and ends every connection, also those that wait for an answer. May be called again. */
  async close(): Promise<void> {
    this.closed.abort();
    await this.listener.close();
    this.events.complete();
  }
}
