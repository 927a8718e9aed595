import { setMaxListeners } from 'node:events';
import { Subject } from 'rxjs';
import { Accounts } from './accounts/accounts.js';
import { CallbackPlan } from './callbacks/callback-plan.js';
import { CallbackRunner } from './callbacks/callback-runner.js';
import { ChatvoltSimulation } from './chatvolt/chatvolt.simulation.js';
import { ControlServer } from './control/control.server.js';
import { FaultPlan } from './faults/fault-plan.js';
import type { GatewaySimulatorOptions } from './gateway-simulator.options.js';
import { MessageStore } from './messages/message-store.js';
import { PeopleStore } from './people/people-store.js';
import { PageFiles } from './phones/page-files.js';
import { PhoneFeed } from './phones/phone-feed.js';
import { PhonePageServer } from './phones/phone-page.server.js';
import { PhoneStore } from './phones/phone-store.js';
import type { ProviderSimulation } from './provider-simulation.js';
import { RequestHandler } from './server/request.handler.js';
import { RequestLog } from './server/request-log.js';
import type { SimulatorEvent } from './simulator-event.interface.js';
import { InboundTraffic } from './webhooks/inbound-traffic.js';
import { OutgoingWebhooks } from './webhooks/outgoing-webhooks.js';
import { SimulatedUser } from './webhooks/simulated-user.js';
import { WebhookPoster } from './webhooks/webhook-poster.js';
import { WhatsAppCloudSimulation } from './whatsapp-cloud/whatsapp-cloud.simulation.js';
import { ZApiSimulation } from './z-api/z-api.simulation.js';

/** The parts of a simulator. */
export class SimulatorParts {
  readonly closed = new AbortController();
  readonly events = new Subject<SimulatorEvent>();
  readonly people = new PeopleStore();
  readonly faults = new FaultPlan();
  readonly callbacks = new CallbackPlan();
  readonly poster = new WebhookPoster(this.events, this.closed.signal);
  readonly zApi: ZApiSimulation;
  readonly chatvolt: ChatvoltSimulation;
  readonly whatsAppCloud: WhatsAppCloudSimulation;
  readonly simulations: readonly ProviderSimulation[];
  readonly accounts: Accounts;
  readonly messages: MessageStore;
  readonly log: RequestLog;
  readonly recipient: SimulatedUser;
  readonly inboundTraffic: InboundTraffic;
  readonly feed: PhoneFeed;
  readonly requests: RequestHandler;

  constructor(url: string, options: GatewaySimulatorOptions & { readonly host: string }) {
    this.zApi = new ZApiSimulation(url, this.people);
    this.chatvolt = new ChatvoltSimulation(url, this.people);
    this.whatsAppCloud = new WhatsAppCloudSimulation(url, this.people);
    this.simulations = [this.zApi, this.chatvolt, this.whatsAppCloud];
    this.accounts = new Accounts(this.simulations);
    this.messages = new MessageStore(options.keep ?? 10_000, this.events);
    this.log = new RequestLog(options.keepRequests ?? 1_000);
    const webhooks = new OutgoingWebhooks(this.accounts, this.poster);
    this.recipient = new SimulatedUser(this.accounts, this.messages, this.people, webhooks);
    this.inboundTraffic = new InboundTraffic(this.accounts, this.people, webhooks);
    // Every delayed response and pending webhook listens to this signal.
    setMaxListeners(0, this.closed.signal);
    const records = new PhoneStore(this.simulations, this.messages, this.people, this.poster);
    this.feed = new PhoneFeed(records, this.closed.signal);
    this.events.subscribe((event) => {
      const change = records.note(event);
      if (change) this.feed.tell(change);
    });
    this.requests = new RequestHandler({
      simulations: this.simulations,
      faults: this.faults,
      messages: this.messages,
      log: this.log,
      events: this.events,
      bodyLimit: options.bodyLimit ?? 16 * 1024 * 1024,
      callbacks: new CallbackRunner(this.callbacks, this.recipient),
      phones: this.phones(options.host, records),
      closed: this.closed.signal,
    });
  }

  private phones(host: string, records: PhoneStore): PhonePageServer {
    const { recipient, inboundTraffic, feed } = this;
    const control = new ControlServer(this);
    return new PhonePageServer({
      host,
      files: new PageFiles(),
      records,
      feed,
      actors: { recipient, inboundTraffic },
      control,
    });
  }
}
