import { setMaxListeners } from 'node:events';
import { Subject } from 'rxjs';
import { Accounts } from './accounts/accounts.js';
import { PlannedCallbacks } from './callbacks/planned-callbacks.js';
import { ChatvoltSimulation } from './chatvolt/chatvolt.simulation.js';
import { FaultPlan } from './faults/fault-plan.js';
import type { GatewaySimulatorOptions } from './gateway-simulator.options.js';
import { MessageStore } from './messages/message-store.js';
import { PeopleStore } from './people/people-store.js';
import { PhoneFeed } from './phones/phone-feed.js';
import { PhonePageServer } from './phones/phone-page.server.js';
import { PhoneStore } from './phones/phone-store.js';
import type { ProviderSimulation } from './provider-simulation.js';
import { RequestHandler } from './server/request.handler.js';
import { RequestLog } from './server/request-log.js';
import type { SimulatorEvent } from './simulator-event.interface.js';
import { TemplateApprovals } from './templates/template-approvals.js';
import { TemplateStore } from './templates/template-store.js';
import { InboundTraffic } from './webhooks/inbound-traffic.js';
import { OutgoingWebhooks } from './webhooks/outgoing-webhooks.js';
import { SimulatedUser } from './webhooks/simulated-user.js';
import { WebhookPoster } from './webhooks/webhook-poster.js';
import { WhatsAppCloudSimulation } from './whatsapp-cloud/whatsapp-cloud.simulation.js';
import { AccountWindows } from './windows/account-windows.js';
import { CustomerWindows } from './windows/customer-windows.js';
import { SimulatorClock } from './windows/simulator-clock.js';
import { ZApiSimulation } from './z-api/z-api.simulation.js';

const DEFAULT_BODY_LIMIT = 16 * 1024 * 1024;

/** The parts of a simulator. */
export class SimulatorParts {
  readonly closed = new AbortController();
  readonly events = new Subject<SimulatorEvent>();
  readonly people = new PeopleStore();
  readonly faults = new FaultPlan();
  readonly poster = new WebhookPoster(this.events, this.closed.signal);
  readonly templates = new TemplateStore();
  readonly clock = new SimulatorClock();
  readonly windows = new CustomerWindows(this.clock, this.options.window ?? 'off');
  readonly zApi = new ZApiSimulation(this.url, this.people);
  readonly chatvolt = new ChatvoltSimulation(this.url, this.people);
  readonly whatsAppCloud = new WhatsAppCloudSimulation(this.url, this.people, this.templates, this.windows);
  readonly accountWindows = new AccountWindows(this.windows, this.whatsAppCloud, this.people);
  readonly simulations: readonly ProviderSimulation[] = [this.zApi, this.chatvolt, this.whatsAppCloud];
  readonly accounts = new Accounts(this.simulations);
  readonly messages = new MessageStore(this.options.keep ?? 10_000, this.events);
  readonly log = new RequestLog(this.options.keepRequests ?? 1_000);
  readonly webhooks = new OutgoingWebhooks(this.accounts, this.poster);
  readonly recipient = new SimulatedUser(this.accounts, this.messages, this.people, this.webhooks);
  readonly inboundTraffic = new InboundTraffic(this.accounts, this.people, this.webhooks);
  readonly approvals = new TemplateApprovals(this.templates, this.whatsAppCloud, this.inboundTraffic);
  readonly callbacks = new PlannedCallbacks(this.recipient);
  readonly records = new PhoneStore(this);
  readonly feed = new PhoneFeed(this.records, this.closed.signal);
  readonly phones = new PhonePageServer(this.options.host, this);
  readonly requests = new RequestHandler(this, this.options.bodyLimit ?? DEFAULT_BODY_LIMIT);

  constructor(
    private readonly url: string,
    private readonly options: GatewaySimulatorOptions & { readonly host: string },
  ) {
    // Every delayed response and pending webhook listens to this signal.
    setMaxListeners(0, this.closed.signal);
    for (const template of this.options.templates ?? []) this.approvals.add(template, 'whatsapp-cloud');
    this.windows.changed.subscribe(() => this.feed.tell({ windows: true }));
    this.events.subscribe((event) => {
      const change = this.records.note(event);
      if (change) this.feed.tell(change);
    });
  }
}
