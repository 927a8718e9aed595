import { createHmac } from 'node:crypto';
import { BodyCheck } from '../checks/body-check.js';
import { challenge, wamid } from '../identifiers.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import type { Inbound } from '../inbound/inbound.js';
import { isJsonObject, type JsonObject, parsedJson } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { PeopleStore } from '../people/people-store.js';
import { type Handling, type ProviderRequest, ProviderSimulation, type StatusUpdate } from '../provider-simulation.js';
import { type HttpResponse, jsonResponse } from '../server/http-response.js';
import type { SimulatedWhatsAppCloudAccount } from '../simulated-account.interface.js';
import { metaJson } from './meta-json.js';
import { cloudAccounts, displayPhoneNumber } from './whatsapp-cloud.accounts.js';
import { cloudAccountNews, cloudEcho, cloudStatus, isCloudGroup } from './whatsapp-cloud.callbacks.js';
import { cloudNotSimulated, graphError, metaBodyError, metaError } from './whatsapp-cloud.errors.js';
import { cloudInbound } from './whatsapp-cloud.inbound.js';
import { ATTACHMENTS_PATH, cloudFile } from './whatsapp-cloud.media.js';
import { cloudContent } from './whatsapp-cloud.phone-content.js';
import { readCloudMessage } from './whatsapp-cloud-bodies.js';
import { cloudEnvelope, joinedCloudBodies, withCloudFields } from './whatsapp-cloud-envelope.js';
import { OTHER_INTERACTIVE_KINDS } from './whatsapp-cloud-interactive.js';

const MISSING_OBJECT = 33;

/** Simulates the WhatsApp Cloud API as documented. */
export class WhatsAppCloudSimulation extends ProviderSimulation {
  readonly phoneContent = cloudContent;
  override readonly addFields = withCloudFields;
  override readonly together = joinedCloudBodies;
  override readonly writeWebhook = metaJson;
  readonly accounts = cloudAccounts(this.baseUrl);

  constructor(root: string, people: PeopleStore) {
    super('whatsapp-cloud', root, people);
  }

  handle(request: ProviderRequest): Handling {
    const token = tokenOf(request);
    if (!this.accounts.find(({ accessToken }) => accessToken === token)) {
      const message = 'Invalid OAuth access token - Cannot parse access token';
      return rejected(graphError(401, 190, 'OAuthException', message));
    }
    if (request.path === ATTACHMENTS_PATH && request.method === 'GET') {
      return { kind: 'read', answer: this.files.download(request.query.get('mid') ?? '') };
    }
    const [, objectId, edge] = /^(?:\/v\d+\.\d+)?\/([^/]+)(?:\/([^/]+))?$/.exec(request.path) ?? [];
    const file = edge === undefined && request.method === 'GET' ? this.files.find(objectId ?? '') : undefined;
    if (file) return { kind: 'read', answer: jsonResponse(200, cloudFile(file, this.baseUrl)) };
    const account = this.accounts.find((known) => known.phoneNumberId === objectId && known.accessToken === token);
    if (!account) return rejected(unknownAddress(request, objectId, edge));
    if (edge === 'messages' && request.method === 'POST') return this.post(request.body, account);
    if (edge === undefined && request.method === 'GET') {
      return { kind: 'read', answer: phoneNumber(account, request.query.get('fields')) };
    }
    if (edge === 'messages') return rejected(unknownAddress(request, objectId, edge));
    return rejected(cloudNotSimulated(`${request.method} /{phone number id}${edge === undefined ? '' : `/${edge}`}`));
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
    return cloudEnvelope(cloudInbound(inbound, displayPhoneNumber(account), this.files), account, inbound.heardBy);
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

  private post(text: string, account: SimulatedWhatsAppCloudAccount): Handling {
    const body = parsedJson(text);
    if (!isJsonObject(body)) return rejected(metaError(400, 100, 'The body must be a JSON object'));
    if (body.status !== undefined) return markAsRead(new BodyCheck(body));
    const kind = isJsonObject(body.interactive) ? body.interactive.type : undefined;
    if (typeof kind === 'string' && OTHER_INTERACTIVE_KINDS.includes(kind)) {
      return rejected(cloudNotSimulated(`interactive messages of the type ${kind}`));
    }
    const check = new BodyCheck(body);
    const { recipient, ...reading } = readCloudMessage(check);
    const [issue] = check.issues;
    if (issue) return rejected(metaBodyError(issue));
    const person = this.people.at(reading.to);
    const isNumber = reading.to !== recipient && body.recipient_type !== 'group';
    const waId = person.phone ?? reading.to.replace(/\D/g, '');
    const id = wamid(isNumber ? waId : reading.to);
    const isTemplate = body.type === 'template';
    return {
      kind: 'accepted',
      answer: jsonResponse(200, {
        messaging_product: 'whatsapp',
        contacts: [{ input: reading.to, ...(isNumber && { wa_id: waId }), ...(recipient && { user_id: recipient }) }],
        messages: [{ id, ...(isTemplate && { message_status: 'accepted' }) }],
      }),
      message: { id, provider: this.name, account: account.name, endpoint: 'messages', ...reading, body },
    };
  }
}

function tokenOf({ headers, query }: ProviderRequest): string | undefined {
  const [, token] = /^(?:Bearer|OAuth) (.+)$/i.exec(headers.authorization ?? '') ?? [];
  return token ?? query.get('access_token') ?? undefined;
}

function rejected(answer: HttpResponse): Handling {
  return { kind: 'refused', answer };
}

function markAsRead(body: BodyCheck): Handling {
  body.word('messaging_product', ['whatsapp']);
  body.word('status', ['read']);
  body.text('message_id');
  body.optionalObject('typing_indicator')?.word('type', ['text']);
  const [issue] = body.issues;
  return issue ? rejected(metaBodyError(issue)) : { kind: 'done', answer: jsonResponse(200, { success: true }) };
}

function phoneNumber(account: SimulatedWhatsAppCloudAccount, fields: string | null): HttpResponse {
  const shown = displayPhoneNumber(account);
  const all = {
    verified_name: 'Simulated business',
    display_phone_number: shown.replace(/^1(\d{3})(\d{3})(\d{4})$/, '+1 $1-$2-$3'),
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
  };
  const wanted = fields?.split(',');
  const given = Object.entries(all).filter(([name]) => !wanted || wanted.includes(name));
  return jsonResponse(200, { ...Object.fromEntries(given), id: account.phoneNumberId });
}

function unknownAddress(request: ProviderRequest, id: string | undefined, edge: string | undefined): HttpResponse {
  if (id === undefined) return graphError(400, 2500, 'OAuthException', `Unknown path components: ${request.path}`);
  if (edge !== undefined && edge !== 'messages') return cloudNotSimulated(`${request.method} /{id}/${edge}`);
  const verb = request.method.toLowerCase();
  const message = `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`;
  return graphError(400, 100, 'GraphMethodException', message, MISSING_OBJECT);
}
