import { createHmac } from 'node:crypto';
import type { SimulatedFile } from '../files/file-store.js';
import { UploadStore } from '../files/upload-store.js';
import { challenge, wamid } from '../identifiers.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import type { Inbound } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { PeopleStore } from '../people/people-store.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import { type Handling, type ProviderRequest, ProviderSimulation, type StatusUpdate } from '../provider-simulation.js';
import type { HttpResponse } from '../server/http-response.js';
import type { TemplateStore } from '../templates/template-store.js';
import type { CustomerWindows } from '../windows/customer-windows.js';
import { metaJson } from './meta-json.js';
import { cloudAccounts, displayPhoneNumber } from './whatsapp-cloud.accounts.js';
import { cloudAccountNews, cloudEcho, cloudStatus, isCloudGroup } from './whatsapp-cloud.callbacks.js';
import { cloudNotSimulated, graphError, metaError } from './whatsapp-cloud.errors.js';
import { cloudInbound, numberIn } from './whatsapp-cloud.inbound.js';
import { cloudContent } from './whatsapp-cloud.phone-content.js';
import { CloudBusiness } from './whatsapp-cloud-business.js';
import { cloudEnvelope, joinedCloudBodies, withCloudFields } from './whatsapp-cloud-envelope.js';
import { phoneNumber, unknownAddress } from './whatsapp-cloud-phone-number.js';
import { CloudSends } from './whatsapp-cloud-sends.js';
import { CloudUploads } from './whatsapp-cloud-uploads.js';

/** Simulates the WhatsApp Cloud API as documented. */
export class WhatsAppCloudSimulation extends ProviderSimulation {
  readonly phoneContent = cloudContent;
  override readonly addFields = withCloudFields;
  override readonly together = joinedCloudBodies;
  override readonly writeWebhook = metaJson;
  readonly accounts = cloudAccounts(this.baseUrl);

  private readonly sends = new CloudSends(this.people, this.templates, this.windows);
  private readonly uploads = new CloudUploads(new UploadStore(), this.files, this.baseUrl);
  private readonly business = new CloudBusiness(this.templates, this.baseUrl);

  constructor(
    root: string,
    people: PeopleStore,
    private readonly templates: TemplateStore,
    private readonly windows: CustomerWindows,
  ) {
    super('whatsapp-cloud', root, people);
  }

  handle(request: ProviderRequest): Handling | Promise<Handling> {
    const token = tokenOf(request);
    if (!this.accounts.find(({ accessToken }) => accessToken === token)) {
      const message = 'Invalid OAuth access token - Cannot parse access token';
      return rejected(graphError(401, 190, 'OAuthException', message));
    }
    const [, objectId, edge] = /^(?:\/v\d+\.\d+)?\/([^/]+)(?:\/([^/]+))?$/.exec(request.path) ?? [];
    const about = edge === undefined ? this.uploads.handle(request, objectId ?? '') : undefined;
    if (about) return about;
    const own = this.accounts.list().filter(({ accessToken }) => accessToken === token);
    const business = own.find(({ businessAccountId }) => businessAccountId === objectId);
    if (business && edge !== undefined) return this.business.handle(request, business.businessAccountId, edge);
    const account = own.find(({ phoneNumberId }) => phoneNumberId === objectId);
    if (!account) return rejected(unknownAddress(request, objectId, edge));
    if (edge === 'messages' && request.method === 'POST') return this.sends.handle(request.body, account);
    if (edge === 'media' && request.method === 'POST') return this.uploads.upload(request, account.phoneNumberId);
    if (edge === undefined && request.method === 'GET') {
      return { kind: 'read', answer: phoneNumber(account, request.query.get('fields')) };
    }
    if (edge === 'messages') return rejected(unknownAddress(request, objectId, edge));
    return rejected(cloudNotSimulated(`${request.method} /{phone number id}${edge === undefined ? '' : `/${edge}`}`));
  }

  /** Returns the URL that the application set for the business account. */
  override webhookAddress(account: string): string | undefined {
    return this.business.callbackUrl(this.accounts.get(account).businessAccountId);
  }

  override rateLimited(): HttpResponse {
    return metaError(429, 130429, 'Cloud API message throughput has been reached');
  }

  statusUpdate(message: AcceptedMessage, statusUpdate: StatusUpdate): JsonObject {
    const member = statusUpdate.participant === undefined ? undefined : this.people.at(statusUpdate.participant);
    const change = cloudStatus(message, statusUpdate, this.people.at(message.to), member);
    return cloudEnvelope(change, this.accounts.get(message.account), statusUpdate.heardBy);
  }

  inbound(name: string, inbound: Inbound): JsonObject {
    const account = this.accounts.get(name);
    const change = cloudInbound(inbound, displayPhoneNumber(account), this.files);
    const body = cloudEnvelope(change, account, inbound.heardBy);
    if (inbound.group === undefined && !inbound.content.type.startsWith('changed-')) {
      this.windows.open(name, inbound.from);
    }
    return body;
  }

  override fileOnPhone(id: string): SimulatedFile | undefined {
    return this.uploads.find(id);
  }

  override inboundId(from: SimulatedPerson): string {
    return wamid(numberIn(from) ?? from.userId);
  }

  echo(message: AcceptedMessage): JsonObject {
    const account = this.accounts.get(message.account);
    return cloudEnvelope(cloudEcho(message, this.people.at(message.to), displayPhoneNumber(account)), account);
  }

  accountNews(name: string, news: AccountNews): JsonObject {
    return cloudEnvelope(cloudAccountNews(news), this.accounts.get(name));
  }

  groupOf(message: AcceptedMessage): string | undefined {
    return isCloudGroup(message) ? message.to : undefined;
  }

  webhookCredentials(account: string, body: Buffer): Record<string, string> {
    const signature = createHmac('sha256', this.accounts.get(account).appSecret).update(body).digest('hex');
    return { 'x-hub-signature-256': `sha256=${signature}` };
  }

  /** Returns the query of Meta's webhook verification. */
  verification(account: string): URLSearchParams {
    return new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.challenge': challenge(),
      'hub.verify_token': this.accounts.get(account).verifyToken,
    });
  }
}

function tokenOf({ headers, query }: ProviderRequest): string | undefined {
  const [, token] = /^(?:Bearer|OAuth) (.+)$/i.exec(headers.authorization ?? '') ?? [];
  return token ?? query.get('access_token') ?? undefined;
}

function rejected(answer: HttpResponse): Handling {
  return { kind: 'refused', answer };
}
