import type { JsonObject } from '../json.js';
import type { InboundTraffic } from '../webhooks/inbound-traffic.js';
import type { WhatsAppCloudSimulation } from '../whatsapp-cloud/whatsapp-cloud.simulation.js';
import type { SimulatedTemplate, TemplateChange } from './template.interface.js';
import type { TemplateStore } from './template-store.js';

/** Adds templates and changes their status, as Meta's review does. */
export class TemplateApprovals {
  constructor(
    private readonly templates: TemplateStore,
    private readonly whatsAppCloud: WhatsAppCloudSimulation,
    private readonly traffic: InboundTraffic,
  ) {}

  /** Adds a template to the business account of an account. @throws TypeError, Error if one of them is invalid. */
  add(template: JsonObject, account: string): SimulatedTemplate {
    return this.templates.add(this.whatsAppCloud.accounts.get(account).businessAccountId, template);
  }

  /** Changes a template's status, and sends the webhook if it is announced. */
  async change(id: string, { status, reason = 'NONE', announce = false }: TemplateChange): Promise<SimulatedTemplate> {
    const template = this.templates.change(id, status, reason);
    const { name, language, businessAccountId } = template;
    const accounts = this.whatsAppCloud.accounts.list();
    const account = accounts.find((known) => known.businessAccountId === businessAccountId);
    if (announce && account) {
      const news = { type: 'template-status', template: name, id, language, now: status, reason } as const;
      await this.traffic.announce(account.name, news);
    }
    return template;
  }
}
