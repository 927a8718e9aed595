import { createHmac } from 'node:crypto';
import { BodyCheck } from '../checks/body-check.js';
import { challenge, wamid } from '../identifiers.js';
import { isJsonObject, parsedJson } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { allReceipts } from '../phones/receipts.js';
import type { Handling, MessageAct, ProviderRequest, ProviderSimulation } from '../provider-simulation.interface.js';
import { type Answer, jsonAnswer } from '../server/answer.js';
import type { SimulatedWhatsAppCloudAccount } from '../simulated-account.interface.js';
import { cloudCallback } from './whatsapp-cloud.callbacks.js';
import { cloudDrawing } from './whatsapp-cloud.drawing.js';
import { graphError, metaBodyError, metaError } from './whatsapp-cloud.errors.js';
import { otherCloudTypes, readCloudMessage } from './whatsapp-cloud-bodies.js';

/** The WhatsApp Business Cloud API as documented, for messages of the types `interactive` and `text`. */
export class WhatsAppCloudSimulation implements ProviderSimulation {
  readonly name = 'whatsapp-cloud';
  readonly pathPrefix = '/whatsapp-cloud';
  readonly drawing = cloudDrawing;
  readonly receipts = allReceipts;
  private readonly credentials = {
    phoneNumberId: '100000000000002',
    accessToken: 'simulated-whatsapp-access-token-a1',
    appSecret: 'simulated-whatsapp-app-secret-a1',
    verifyToken: 'simulated-whatsapp-verify-token-a1',
  };

  constructor(private readonly root: string) {}

  account(): SimulatedWhatsAppCloudAccount {
    return { provider: this.name, name: this.name, ...this.credentials, baseUrl: this.root + this.pathPrefix };
  }

  handle(request: ProviderRequest): Handling {
    if (request.headers.authorization !== `Bearer ${this.credentials.accessToken}`) {
      const message = 'Invalid OAuth access token - Cannot parse access token';
      return { kind: 'refused', answer: graphError(401, 190, 'OAuthException', message) };
    }
    const [, phoneNumberId, edge] = /^\/v\d+\.\d+\/([^/]+)(?:\/([^/]+))?$/.exec(request.path) ?? [];
    const known = phoneNumberId === this.credentials.phoneNumberId;
    if (known && edge === 'messages' && request.method === 'POST') return this.send(request.body);
    if (known && edge === undefined && request.method === 'GET') {
      return { kind: 'read', answer: this.phoneNumber(request.query.get('fields')) };
    }
    return { kind: 'refused', answer: unknownAddress(request, phoneNumberId, edge) };
  }

  rateLimited(): Answer {
    return metaError(429, 130429, 'Cloud API message throughput has been reached');
  }

  callback(message: AcceptedMessage, act: MessageAct): ReturnType<typeof cloudCallback> {
    return cloudCallback(message, act, this.credentials.phoneNumberId);
  }

  addressee(message: AcceptedMessage): string {
    return message.to;
  }

  webhookCredentials(body: Buffer): Record<string, string> {
    const signature = createHmac('sha256', this.credentials.appSecret).update(body).digest('hex');
    return { 'x-hub-signature-256': `sha256=${signature}` };
  }

  /** The query of Meta's verification of a webhook's address. */
  verification(): URLSearchParams {
    return new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.challenge': challenge(),
      'hub.verify_token': this.credentials.verifyToken,
    });
  }

  private send(text: string): Handling {
    const body = parsedJson(text);
    if (!isJsonObject(body)) {
      return { kind: 'refused', answer: metaError(400, 100, 'The body must be a JSON object') };
    }
    const type = body.type;
    if (typeof type === 'string' && otherCloudTypes.includes(type)) {
      return {
        kind: 'refused',
        answer: metaError(400, 131051, `The simulator does not play messages of type ${type}`),
      };
    }
    const check = new BodyCheck(body);
    const reading = readCloudMessage(check);
    const [fault] = check.faults;
    if (fault) return { kind: 'refused', answer: metaBodyError(fault) };
    const waId = reading.to.replace(/\D/g, '');
    const id = wamid(waId);
    return {
      kind: 'accepted',
      answer: jsonAnswer(200, {
        messaging_product: 'whatsapp',
        contacts: [{ input: reading.to, wa_id: waId }],
        messages: [{ id }],
      }),
      message: { id, provider: this.name, account: this.name, endpoint: 'messages', ...reading, body },
    };
  }

  private phoneNumber(fields: string | null): Answer {
    const all = {
      verified_name: 'Simulated business',
      display_phone_number: '+1 555-010-0200',
      quality_rating: 'GREEN',
      code_verification_status: 'VERIFIED',
    };
    const wanted = fields?.split(',');
    const shown = Object.entries(all).filter(([name]) => !wanted || wanted.includes(name));
    return jsonAnswer(200, { ...Object.fromEntries(shown), id: this.credentials.phoneNumberId });
  }
}

function unknownAddress(request: ProviderRequest, id: string | undefined, edge: string | undefined): Answer {
  if (id === undefined || (edge !== undefined && edge !== 'messages')) {
    return graphError(400, 2500, 'OAuthException', `Unknown path components: ${request.path}`);
  }
  const verb = request.method.toLowerCase();
  const message = `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`;
  return graphError(400, 100, 'GraphMethodException', message);
}
